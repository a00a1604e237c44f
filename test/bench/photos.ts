/** Makes photos as a camera writes them, for the other benches: 12 megapixels, 2 to 3 MB, most with an embedded preview. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cameraPhoto } from '../../src-main/packs/index.ts';

const samples = fileURLToPath(new URL('../../../shared/photos/samples', import.meta.url));

export async function run([folder, count = '60', share = '0.85', from = samples]: readonly string[]): Promise<void> {
  if (folder === undefined) throw new Error('photos FOLDER COUNT [SHARE] [FROM]: which folder?');
  mkdirSync(folder, { recursive: true });
  const originals = readdirSync(from).filter((name) => /\.(jpg|png|webp)$/i.test(name));
  const made = new Map<string, Buffer>();
  for (let i = 0; i < Number(count); i++) {
    const name = originals[i % originals.length]!;
    const photo = made.get(name) ?? (await cameraPhoto(join(from, name)));
    made.set(name, photo);
    const hasPreview = (i * 37) % 100 < Number(share) * 100;
    writeFileSync(join(folder, `${String(i).padStart(5, '0')}.jpg`), hasPreview ? photo : withoutPreview(photo));
  }
  console.log(`${count} photos in ${folder}, ${share} of them with an embedded preview`);
}

/** The orientation stays: only the link from IFD0 to IFD1, which tells of the preview, is taken out (packs/previews.ts writes both). */
function withoutPreview(jpeg: Buffer): Buffer {
  const copy = Buffer.from(jpeg);
  copy.writeUInt32LE(0, 34);
  return copy;
}

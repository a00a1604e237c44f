/** Photographs for journeys: the samples that ship with Squint, and made ones where many are needed. */
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

export const samples = fileURLToPath(new URL('../../models/samples', import.meta.url));
export const sampleNames: readonly string[] = readdirSync(samples).filter((name) => name.endsWith('.jpg'));

/** Copies a sample to a path whose folders are made. @returns the path */
export function place(sample: string, path: string): string {
  mkdirSync(dirname(path), { recursive: true });
  copyFileSync(join(samples, sample), path);
  return path;
}

/** Every file of a folder and what is in it. */
export const contentsOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder).map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ]),
  );

/** Squares cut from the samples, each another one: enough like photographs that networks differ about them. @returns their names */
export async function makePhotos(folder: string, many: number, side = 320): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const pictures = await Promise.all(
    sampleNames.map((name) =>
      sharp(join(samples, name))
        .resize(2 * side, 2 * side)
        .raw()
        .toBuffer({ resolveWithObject: true }),
    ),
  );
  const names: string[] = [];
  for (let i = 0; i < many; i++) {
    const { data, info } = pictures[i % pictures.length]!;
    const at = Math.floor(i / pictures.length);
    const name = `photo-${String(i + 1).padStart(4, '0')}.jpg`;
    await sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } })
      .extract({ left: (at * 13) % side, top: (at * 29) % side, width: side, height: side })
      .jpeg()
      .toFile(join(folder, name));
    names.push(name);
  }
  return names;
}

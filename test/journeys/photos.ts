/** Photographs for journeys: the samples that ship with Squint, and copies of them where many are needed. */
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

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

/**
 * Many photographs: the samples over and over, each with another end, behind the picture. So every file is another content, and none costs
 * more than its copy.
 */
export function placeMany(folder: string, many: number): void {
  mkdirSync(folder, { recursive: true });
  const pictures = sampleNames.map((name) => readFileSync(join(samples, name)));
  for (let i = 1; i <= many; i++) {
    const picture = pictures[i % pictures.length]!;
    writeFileSync(join(folder, `photo-${String(i).padStart(4, '0')}.jpg`), Buffer.concat([picture, Buffer.from(`copy ${i}`)]));
  }
}

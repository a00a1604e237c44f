/**
 * A person's photos, made up so that moving them is as hard as it gets: equal names in several folders, equal bytes under one name and under
 * two, equal sizes with other bytes, RAW files and sidecars, names in both Unicode forms; and targets where somebody else has files of those
 * very names. A tree is told by what can be seen of it from outside: paths, hashes of all bytes, times.
 */
import { mkdirSync, readFileSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import sharp from 'sharp';
import { hashOf } from '../tree-of.ts';

/** Path -> hash and time, as one text. */
export type Tree = ReadonlyMap<string, string>;

const day = 86_400;
const folders = ['2019 Trip', '2020 Cafe\u0301', '2021 Café', 'deep/er/2022'];

/**
 * @param count of photos; about half of them take a RAW, a sidecar or both along
 * @returns the files of each photo that has several
 */
export async function plantPhotos(folder: string, count: number, random: () => number): Promise<string[][]> {
  const [picture, raw] = [await jpeg(96, 64), Buffer.from('II*\0 no picture')];
  const together: string[][] = [];
  let twin = Buffer.alloc(0);
  for (let i = 0; i < count; i += 1) {
    const into = join(folder, folders[i % folders.length]!);
    const stem = `IMG_${String(Math.floor(i / folders.length)).padStart(4, '0')}`; // the same names in every folder
    // Of each folder's photos one in seven has the bytes of the one before: the same name elsewhere, or another name here.
    const isTwin = i % 7 === 6;
    const bytes = isTwin ? twin : Buffer.concat([picture, noise(random, i % 25 === 9 ? 3_000_000 : 400 + 100 * Math.floor(random() * 8))]);
    twin = bytes;
    const files = [join(into, `${stem}.jpg`)];
    plant(files[0]!, bytes, random);
    if (isTwin || i % 7 === 5) continue; // so that whose companions they are is told by bytes alone
    if (i % 4 === 1) files.push(join(into, `${stem}.CR2`));
    if (i % 3 === 1) files.push(join(into, `${stem}.xmp`));
    if (i % 8 === 5) files.push(join(into, `${stem}.CR2.xmp`));
    for (const path of files.slice(1)) plant(path, Buffer.concat([raw, noise(random, 600)]), random);
    if (files.length > 1) together.push(files);
  }
  return together;
}

/**
 * Files of somebody else where photos are to go.
 *
 * @param photos paths of photos, whose names they take
 * @param titles of the collections that have a folder; the last has its name taken by a file
 */
export function plantStrangers(target: string, photos: readonly string[], titles: readonly string[], random: () => number): void {
  for (const title of titles.slice(0, -1)) {
    for (const [i, photo] of photos.entries()) {
      const name = basename(photo);
      const [stem, ending] = [name.slice(0, name.indexOf('.')), name.slice(name.indexOf('.'))];
      if (i % 9 === 0) plantOnce(join(target, title, name), noise(random, 500), random);
      if (i % 9 === 1) plantOnce(join(target, title, name), Buffer.alloc(0), random);
      if (i % 9 === 2) plantOnce(join(target, title, name), readFileSync(photo), random);
      if (i % 9 === 3) plantOnce(join(target, title, `${stem} (2)${ending}`), noise(random, statSync(photo).size), random);
    }
  }
  plantOnce(join(target, titles.at(-1)!), Buffer.from('a file where a folder should be'), random);
  plantOnce(join(target, 'notes.txt'), Buffer.from('notes'), random);
}

export function plant(path: string, bytes: Buffer, random: () => number): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes, { flag: 'wx' });
  const at = 1_400_000_000 + Math.floor(random() * 3000) * day + Math.floor(random() * 1e6) / 1e6; // seconds, with their fractions
  utimesSync(path, at, at);
}

/** Everything below some folders; none where they are not there. */
export function look(...roots: readonly string[]): Tree {
  return new Map(filesIn(roots).map((path) => [path, `${hashOf(path)} ${statSync(path, { bigint: true }).mtimeNs}`]));
}

export const filesIn = (roots: readonly string[]): string[] => entriesIn(roots, true);
export const foldersIn = (roots: readonly string[]): string[] => entriesIn(roots, false);

/** The same random bytes for the same random numbers. */
export function noise(random: () => number, bytes: number): Buffer {
  const block = Buffer.from(Array.from({ length: Math.min(bytes, 256) }, () => Math.floor(random() * 256)));
  return Buffer.alloc(bytes, block);
}

function plantOnce(path: string, bytes: Buffer, random: () => number): void {
  if (!filesIn([dirname(path)]).includes(path)) plant(path, bytes, random);
}

function entriesIn(roots: readonly string[], files: boolean): string[] {
  const entries = roots.flatMap((root) => {
    try {
      return readdirSync(root, { recursive: true, withFileTypes: true });
    } catch {
      return [];
    }
  });
  return entries
    .filter((entry) => entry.isDirectory() !== files)
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
}

const jpeg = (width: number, height: number): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: '#888', noise: { type: 'gaussian', mean: 120, sigma: 30 } } })
    .jpeg()
    .toBuffer();

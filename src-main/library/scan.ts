/**
 * Finds the photos among what the person named: goes through folders in natural order, one listing at a time, so that memory does not grow
 * with the tree. Which files are tried, their names decide: endings of pictures, and files without an ending.
 */
import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { pictureNames } from '../reader/index.ts';
import { inNaturalOrder, isHidden, resolveInputs } from './inputs.ts';

export type Found =
  | { readonly kind: 'photo'; readonly path: string } // absolute; to be tried, what it is the reader finds out
  | {
      readonly kind: 'other';
      readonly path: string;
      readonly code: 'not-a-picture-name' | 'folder-not-readable';
      readonly message: string;
    };

export interface ScanOptions {
  readonly from?: string; // the folder that relative inputs start at; the working folder if left out
  readonly limit?: number; // photos, after which the scan ends
  readonly signal?: AbortSignal; // ends it too, without an error
}

/**
 * Every file once, however the inputs overlap. Symbolic links to folders are not followed: inside the tree their files are found where they
 * lie, and outside it nothing is touched; so loops end. Links to files count where the file lies inside the tree but the scan does not come
 * to it itself, as in archives that keep their files under a hidden folder.
 *
 * @param inputs files, folders and patterns; files are tried whatever their names
 * @throws {FileError} `input-missing`, `nothing-matches`, `input-not-readable`, before anything is found
 */
export async function* scan(inputs: readonly string[], options: ScanOptions = {}): AsyncGenerator<Found> {
  const { from = process.cwd(), limit = Infinity, signal } = options;
  const { entries, files } = await resolveInputs(inputs, from);
  let photos = 0;
  for (const entry of entries) {
    const found = entry.folder ? inFolder(entry.path, entry.real, entry.real, files) : [{ kind: 'photo', path: entry.path } as const];
    for await (const file of found) {
      if (signal?.aborted || photos >= limit) return;
      if (file.kind === 'photo') photos += 1;
      yield file;
    }
  }
}

/**
 * @param real the folder without symbolic links
 * @param root the real folder that the scan began at
 * @param named real paths of files that have their own place in the scan
 */
async function* inFolder(folder: string, real: string, root: string, named: ReadonlySet<string>): AsyncGenerator<Found> {
  let listing: Dirent[];
  try {
    listing = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    yield { kind: 'other', path: folder, code: 'folder-not-readable', message: `The folder could not be opened (${code}).` };
    return;
  }
  listing.sort((a, b) => inNaturalOrder(a.name, b.name));
  for (const item of listing) {
    if (isHidden(item.name)) continue;
    const path = join(folder, item.name);
    if (item.isDirectory()) yield* inFolder(path, join(real, item.name), root, named);
    else if (named.has(join(real, item.name))) continue;
    else if (item.isFile() || (item.isSymbolicLink() && (await isHiddenFileOf(root, path)))) yield byName(path);
  }
}

/** Whether a symbolic link leads to a file inside the tree that the scan does not come to, because something on its way is hidden. */
async function isHiddenFileOf(root: string, link: string): Promise<boolean> {
  try {
    const [first, ...rest] = relative(root, await realpath(link)).split(sep);
    return first !== '..' && [first!, ...rest].some(isHidden) && (await stat(link)).isFile();
  } catch {
    return false; // it leads nowhere, or in a circle
  }
}

function byName(path: string): Found {
  const ending = extname(path).toLowerCase();
  if (ending === '' || pictureNames.has(ending)) return { kind: 'photo', path };
  return { kind: 'other', path, code: 'not-a-picture-name', message: `Files named ${ending} are no pictures.` };
}

/** What a person named to be added, folder or file by its real path, against what is in the library already. */
import { realpath, stat } from 'node:fs/promises';
import { basename, extname, isAbsolute, relative, sep } from 'node:path';
import { pictureNames } from '../reader/index.ts';

export type Place =
  | { readonly kind: 'folder'; readonly path: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'refused'; readonly why: string }; // for people

/** @param path absolute */
export async function placeAt(path: string): Promise<Place> {
  const name = basename(path);
  try {
    const real = await realpath(path);
    const about = await stat(real);
    if (about.isDirectory()) return { kind: 'folder', path: real };
    if (!about.isFile()) return { kind: 'refused', why: `${name} is neither a file nor a folder.` };
    const ending = extname(name).toLowerCase();
    if (ending !== '' && !pictureNames.has(ending)) return { kind: 'refused', why: `${name} is no picture.` };
    return { kind: 'file', path: real };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'refused', why: `There is no file or folder ${path}.` };
    if (code === 'EACCES' || code === 'EPERM') return { kind: 'refused', why: `Squint may not look at ${path}.` };
    return { kind: 'refused', why: `Squint cannot look at ${path} (${code}).` };
  }
}

/** Whether a folder is another one or holds it, or a file in it, at any depth. */
export function holds(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || !(isAbsolute(way) || way === '..' || way.startsWith(`..${sep}`));
}

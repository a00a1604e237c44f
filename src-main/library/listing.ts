/**
 * One folder as a scan sees it: its photos with their companions, the folders in it, and what is left aside. It asks the disk for names and
 * kinds only. A name is kept as the system gave it, in whichever Unicode form: no other one opens the file.
 */
import { type Dirent, lstatSync } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import {
  type Aside,
  hidden,
  isHidden,
  isPassedOver,
  isSystemFolder,
  linkBroken,
  linkInside,
  linkOutside,
  notAFile,
  notAPicture,
  notUnicode,
  ofSystem,
} from './aside.ts';
import { type Together, together } from './companions.ts';

/** Names, in no order. */
export interface Listing {
  readonly photos: readonly Together[];
  readonly folders: readonly string[];
  readonly aside: readonly (Aside & { readonly name: string })[];
}

/**
 * Symbolic links to folders are not followed: inside the tree their files are found where they lie, and outside it nothing is touched; so
 * circles end. Links to files count where the file lies inside the tree but a scan does not come to it itself, as in archives that keep
 * their files under a hidden folder.
 *
 * @param folder absolute
 * @param root the real folder that the scan began at
 * @param isElsewhere whether a file, by name, has its own place in the scan and is left out here
 * @throws the system's error where the folder cannot be opened
 */
export async function list(folder: string, root: string, isElsewhere: (name: string) => boolean = () => false): Promise<Listing> {
  const files: string[] = [];
  const folders: string[] = [];
  const aside: (Aside & { name: string })[] = [];
  for (const item of await readdir(folder, { withFileTypes: true })) {
    const { name } = item;
    const isFolder = item.isDirectory();
    const reason = reasonOf(item, isFolder, folder) ?? (item.isSymbolicLink() ? await whyNotFollowed(root, below(folder, name)) : null);
    if (reason) aside.push({ name, ...reason });
    else if (isFolder) folders.push(name);
    else if (!isElsewhere(name)) files.push(name);
  }
  const { photos, others } = together(files);
  for (const name of others) aside.push({ name, ...notAPicture(name) });
  return { photos, folders, aside };
}

/** `join` without changing anything. */
export const below = (folder: string, name: string): string => (folder.endsWith(sep) ? folder + name : folder + sep + name);

function reasonOf(item: Dirent, isFolder: boolean, folder: string): Aside | null {
  if (isFolder && isSystemFolder(item.name)) return ofSystem;
  if (isHidden(item.name)) return hidden;
  if (item.name.includes('\u{FFFD}') && !opens(below(folder, item.name))) return notUnicode;
  return isFolder || item.isFile() || item.isSymbolicLink() ? null : notAFile;
}

/** Bytes that are no Unicode arrive as U+FFFD, and the name that has it in their place is another one. */
const opens = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

/** Null for a link to a file inside the tree that the scan does not come to, because something on its way is passed over. */
async function whyNotFollowed(root: string, link: string): Promise<Aside | null> {
  try {
    const [first, ...rest] = relative(root, await realpath(link)).split(sep);
    if (first === '..') return linkOutside;
    return [first!, ...rest].some(isPassedOver) && (await stat(link)).isFile() ? null : linkInside;
  } catch {
    return linkBroken;
  }
}

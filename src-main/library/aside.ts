/**
 * What a scan leaves aside, and why: one code and one sentence per reason, so that a person sees each reason once with its count.
 * Nothing is left out in silence.
 */
import { extname } from 'node:path';

export type AsideCode =
  | 'not-a-picture-name'
  | 'hidden'
  | 'system-folder'
  | 'link-inside'
  | 'link-outside'
  | 'link-broken'
  | 'not-a-file'
  | 'name-not-unicode'
  | 'path-too-long'
  | 'folder-not-readable'
  | 'file-not-readable';

export interface Aside {
  readonly code: AsideCode;
  readonly message: string;
}

/** Of a file by its name. */
export const notAPicture = (name: string): Aside => ({
  code: 'not-a-picture-name',
  message: `Files named ${extname(name).toLowerCase()} are no pictures.`,
});

export const hidden: Aside = { code: 'hidden', message: 'Hidden files and folders are left out.' };
export const ofSystem: Aside = { code: 'system-folder', message: 'Folders that belong to the system are left out.' };
export const linkInside: Aside = { code: 'link-inside', message: 'Links are not followed: what they lead to is found where it lies.' };
export const linkOutside: Aside = { code: 'link-outside', message: 'Links that lead out of the folder are not followed.' };
export const linkBroken: Aside = { code: 'link-broken', message: 'Links that lead nowhere or in a circle are left out.' };
export const notAFile: Aside = { code: 'not-a-file', message: 'Devices, sockets and pipes are no pictures.' };
export const notUnicode: Aside = { code: 'name-not-unicode', message: 'The name is not valid Unicode, so it cannot be opened.' };

const tooLong: Aside = { code: 'path-too-long', message: 'The path is too long for this system.' };

/** @param error of the system's */
export function folderNotReadable(error: unknown): Aside {
  const code = codeOf(error);
  return code === 'ENAMETOOLONG' ? tooLong : { code: 'folder-not-readable', message: `The folder could not be opened (${code}).` };
}

/** @param error of the system's */
export function fileNotReadable(error: unknown): Aside {
  const code = codeOf(error);
  return code === 'ENAMETOOLONG' ? tooLong : { code: 'file-not-readable', message: `The file could not be looked at (${code}).` };
}

export const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown';

/** Folders that systems and storage devices keep for themselves, hidden or not, in lower case. */
const systemFolders: ReadonlySet<string> = new Set([
  ...['$recycle.bin', 'recycler', 'system volume information', 'found.000', 'config.msi', '$windows.~bt', '$windows.~ws'], // Windows
  ...['.trash', '.trashes', '.spotlight-v100', '.fseventsd', '.documentrevisions-v100', '.temporaryitems', '.apdisk'], // macOS
  ...['lost+found'], // Linux
  ...['@eadir', '#recycle', '#snapshot', '@recycle', '@recently-snapshot', '.@__thumb', '.snapshot', '.zfs'], // network storage
]);

export const isSystemFolder = (name: string): boolean => systemFolders.has(name.toLowerCase()) || name.startsWith('.Trash-');

export const isHidden = (name: string): boolean => name.startsWith('.');

/** Whether the scan of a folder does not go into another one in it, by its name; it is read when it is named itself. */
export const isPassedOver = (name: string): boolean => isHidden(name) || isSystemFolder(name);

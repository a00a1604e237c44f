/**
 * Names that files get. One that is in use gets a number, the same for all files of a photo, so that they keep belonging together:
 * `IMG_1.JPG` and `IMG_1.CR2.xmp` become `IMG_1 (2).JPG` and `IMG_1 (2).CR2.xmp`.
 */
import { basename, extname } from 'node:path';

/** What most file systems allow for one name; bytes of UTF-8. */
export const longestName = 255;

/**
 * @param path of a file
 * @param main path of the photo's main file
 * @param number from 2; 1 leaves the name as it is
 */
export function numbered(path: string, main: string, number: number): string {
  const name = basename(path);
  if (number === 1) return name;
  const stem = basename(main, extname(main));
  const end = name.slice(0, stem.length).toLowerCase() === stem.toLowerCase() ? stem.length : name.length - extname(name).length;
  const suffix = ` (${number})`;
  return shortened(name.slice(0, end), longestName - bytes(suffix) - bytes(name.slice(end))) + suffix + name.slice(end);
}

/** One folder's name from a title: without what some system refuses, so that the folder can be carried to any. '' where nothing is left. */
export function folderName(title: string): string {
  const name = title
    .normalize('NFC')
    .replaceAll(/[<>:"/\\|?*\p{Cc}]/gu, '-')
    .replace(/^[ .]+/, '') // a dot would hide it
    .replace(/[ .]+$/, ''); // Windows takes them off
  const safe = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i.test(name) ? `${name}_` : name;
  return shortened(safe, longestName);
}

/**
 * What two names have in common that a volume may take for one: always the Unicode form, since some volumes change it and people cannot
 * tell; letter case where the volume folds it.
 */
export const keyOf = (name: string, foldsCase: boolean): string => {
  const composed = name.normalize('NFC');
  return foldsCase ? composed.toUpperCase().toLowerCase() : composed; // by way of upper case, which joins more: ß and SS
};

const bytes = (text: string): number => Buffer.byteLength(text);

/** By whole characters. */
function shortened(text: string, most: number): string {
  let left = text;
  while (bytes(left) > most) left = left.slice(0, left.length - (/[\uDC00-\uDFFF]$/.test(left) ? 2 : 1));
  return left;
}

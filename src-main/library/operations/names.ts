/**
 * Names that files get. One that is in use gets a number, the same for all files of a photo, so that they keep belonging together:
 * `IMG_1.JPG` and `IMG_1.CR2.xmp` become `IMG_1 (2).JPG` and `IMG_1 (2).CR2.xmp`.
 */
import { basename, extname } from 'node:path';

/** What most file systems allow for one name; bytes of UTF-8. */
export const longestName = 255;

/**
 * @param paths of a photo's files, its main one first
 * @param number from 2; 1 leaves the names as they are
 * @returns names, in the same order
 */
export function numberedNames(paths: readonly string[], number: number): string[] {
  const names = paths.map((path) => basename(path));
  if (number === 1) return names;
  const stem = basename(names[0]!, extname(names[0]!));
  const parts = names.map((name) => {
    const end = endOfStem(name, stem);
    return { start: name.slice(0, end), rest: ` (${number})${name.slice(end)}` };
  });
  if (parts.every(({ start, rest }) => bytes(start + rest) <= longestName)) return parts.map(({ start, rest }) => start + rest);
  // All are cut to as many letters as the longest has room for: they must go on belonging together.
  const most = Math.min(...parts.map(({ start, rest }) => roomFor(lettersOf(start), longestName - bytes(rest))));
  return parts.map(({ start, rest }) => lettersOf(start).slice(0, most).join('') + rest);
}

/** Where a name goes on after what it has in common with the photo's others, which may be written in another case or Unicode form. */
function endOfStem(name: string, stem: string): number {
  if (name.startsWith(stem) && !/^\p{M}/u.test(name.slice(stem.length))) return stem.length;
  const key = keyOf(stem, true);
  for (let end = name.length; end > 0; end -= 1) if (keyOf(name.slice(0, end), true) === key) return end;
  return name.length - extname(name).length;
}

/** One folder's name from a title: without what some system refuses, so that the folder can be carried to any. '' where nothing is left. */
export function folderName(title: string): string {
  const name = title
    .toWellFormed()
    .normalize('NFC')
    .replaceAll(/[<>:"/\\|?*\p{Cc}]/gu, '-')
    .replace(/^[ .]+/, ''); // a dot would hide it
  const letters = lettersOf(name);
  const short = letters
    .slice(0, roomFor(letters, longestName - 1))
    .join('')
    .replace(/[ .]+$/, ''); // Windows takes them off
  return /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i.test(short) ? `${short}_` : short;
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

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** As people see them: with their accents, and emoji whole. */
const lettersOf = (text: string): string[] => Array.from(segmenter.segment(text), ({ segment }) => segment);

/** How many letters fit. @param most bytes */
function roomFor(text: readonly string[], most: number): number {
  let sum = 0;
  const end = text.findIndex((letter) => (sum += bytes(letter)) > most);
  return end < 0 ? text.length : end;
}

/**
 * The folders that photos are sorted into: `{collection}/{year}` is two folders, the second inside the first. Text around the placeholders
 * stays as it is.
 */
import { SquintError } from '../../contract/errors.ts';
import { folderName } from './names.ts';

export interface Facts {
  readonly collection: string; // its title, that of its group, or "Review"
  readonly taken: string | null; // as the camera wrote it, ISO 8601
}

export type Pattern = (facts: Facts) => string; // folders below the target, joined by '/'

const placeholders: Readonly<Record<string, (facts: Facts) => string>> = {
  collection: ({ collection }) => collection,
  year: ({ taken }) => taken?.slice(0, 4) ?? undated,
  month: ({ taken }) => taken?.slice(5, 7) ?? undated,
};

const undated = 'No date';
const deepest = 8;

/** @throws {SquintError} `bad-pattern`, with what is wrong with it */
export function patternOf(text: string): Pattern {
  const folders = text
    .split(/[/\\]/)
    .map((folder) => folder.trim())
    .filter((folder) => folder !== '');
  if (folders.length === 0) throw bad('It names no folder.');
  if (folders.length > deepest) throw bad(`It makes ${folders.length} folders inside one another; ${deepest} are allowed.`);
  for (const folder of folders) {
    if (/^\.+$/.test(folder)) throw bad(`"${folder}" is no name for a folder.`);
    for (const [whole, name] of folder.matchAll(/\{([^{}]*)\}/g)) {
      if (!Object.hasOwn(placeholders, name!)) throw bad(`${whole} is not known.`);
    }
    if (/[{}]/.test(folder.replaceAll(/\{[^{}]*\}/g, ''))) throw bad('A brace is open or closed alone.');
  }
  return (facts) => folders.map((folder) => filled(folder, facts)).join('/');
}

/** A photo without a date has one folder of that name, also where a folder's name has year and month. */
function filled(folder: string, facts: Facts): string {
  if (facts.taken === null && /\{(year|month)\}/.test(folder) && !folder.includes('{collection}')) return undated;
  return folderName(folder.replaceAll(/\{([^{}]*)\}/g, (_, name: string) => placeholders[name]!(facts))) || '-';
}

const bad = (what: string): SquintError =>
  new SquintError('bad-pattern', what, { hint: 'Placeholders are {collection}, {year} and {month}, such as {collection}/{year}.' });

/**
 * What the person named: files, folders and patterns, turned into the files and folders that a scan goes through. Everything named is
 * looked for before anything is read, so that a slip of the pen ends the command at once and not after an hour.
 */
import { glob, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { FileError } from '../contract/errors.ts';
import { isPassedOver } from './aside.ts';
import { inNaturalOrder } from './order.ts';

export interface Inputs {
  /** In the order named, each once; folders that lie in another named folder are left out, for that one's scan comes to them. */
  readonly entries: readonly Entry[];
  /** Real paths of the files among them: the scan of a folder leaves them out. */
  readonly files: ReadonlySet<string>;
}

export interface Entry {
  readonly path: string; // as named, absolute
  readonly real: string; // without symbolic links
  readonly folder: boolean;
}

/**
 * Patterns are for shells that leave them as they are; what they match is held in memory, as a shell would.
 *
 * @param from the folder that relative inputs start at
 * @throws {FileError} `input-missing`, `nothing-matches`, `input-not-readable`
 */
export async function resolveInputs(inputs: readonly string[], from: string): Promise<Inputs> {
  const entries = new Map<string, Entry>(); // by real path
  for (const input of inputs) {
    for (const path of await pathsOf(input, from)) {
      const real = await realpath(path);
      const about = await stat(path);
      if (!entries.has(real)) entries.set(real, { path, real, folder: about.isDirectory() });
    }
  }
  const all = [...entries.values()];
  const folders = all.filter((entry) => entry.folder);
  const kept = all.filter((entry) => !entry.folder || !folders.some((other) => reaches(other.real, entry.real)));
  return { entries: kept, files: new Set(all.filter((entry) => !entry.folder).map((entry) => entry.real)) };
}

/** Whether the scan of a folder comes to another one: it lies inside, on a way that is not passed over. */
function reaches(folder: string, other: string): boolean {
  const way = relative(folder, other);
  if (way === '' || isAbsolute(way)) return false;
  return way.split(sep).every((step) => !isPassedOver(step)); // `..` begins with a dot too
}

async function pathsOf(input: string, from: string): Promise<string[]> {
  const path = resolve(from, input);
  if (await exists(path)) return [path]; // also one whose name looks like a pattern
  if (!/[*?[{]/.test(input)) {
    throw new FileError(path, 'input-missing', `There is no file or folder ${path}.`, {
      hint: `Relative paths start at ${from}. A path with spaces needs quotation marks.`,
    });
  }
  const matches: string[] = [];
  // A star finds hidden names here, unlike in a shell: only those count that the pattern itself spells out.
  for await (const match of glob(input, { cwd: from })) {
    const found = resolve(from, match);
    if (hiddenSteps(match) <= hiddenSteps(input) && (await leadsSomewhere(found))) matches.push(found);
  }
  if (matches.length === 0) {
    throw new FileError(path, 'nothing-matches', `No file matches the pattern ${input}.`, {
      hint: `It was looked for in ${dirname(path)}.`,
    });
  }
  return matches.sort(inNaturalOrder);
}

const hiddenSteps = (path: string): number => path.split(/[\\/]/).filter((step) => /^\.[^.]/.test(step)).length;

const leadsSomewhere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return false;
    throw new FileError(path, 'input-not-readable', `Squint cannot look at ${path} (${code ?? 'unknown'}).`, { cause: error });
  }
}

/**
 * What a sort would do, file by file: from what the catalogue knows of the photos and what lies at the target. It touches nothing and asks
 * nothing: the same photos and surroundings always give the same plan.
 */
import { basename, dirname, join } from 'node:path';
import { keyOf, longestName, numberedNames } from './names.ts';
import { alreadyThere } from './reasons.ts';
import type { Reason } from './steps.ts';

export interface PlannedPhoto {
  readonly id: number;
  readonly files: readonly PlannedFile[]; // its main file first
  readonly folder: string; // below the target, '/' between
}

export interface PlannedFile {
  readonly path: string; // absolute
  readonly size: number; // bytes
  readonly mtimeMs: number;
}

export interface Surroundings {
  /** The names in a folder below the target, as they are there; none where it is not there yet. */
  readonly namesIn: (folder: string) => Iterable<string>;
  /** Whether two files, by their absolute paths, have the same bytes. */
  readonly isSame: (one: string, other: string) => boolean;
  readonly foldsCase: boolean; // the target's volume takes A and a for one
}

export interface PlanOptions {
  readonly target: string; // absolute
  readonly collisions: 'number' | 'skip';
}

export interface PlannedMove {
  readonly photo: number;
  readonly folder: string;
  readonly isRenamed: boolean;
  readonly files: readonly (PlannedFile & { readonly target: string })[]; // target: absolute
}

export interface Plan {
  readonly moves: readonly PlannedMove[];
  readonly staying: readonly { readonly photo: PlannedPhoto; readonly reason: Reason }[];
}

const longestPath = 4000; // bytes; Linux takes 4,096 with the end
const inPlace: Reason = { code: 'in-place', message: 'already in that place' };
const nameTaken: Reason = { code: 'name-taken', message: 'another file has the name there' };
const tooLong: Reason = { code: 'too-long', message: 'their new path would be too long' };

export function planSort(photos: Iterable<PlannedPhoto>, { target, collisions }: PlanOptions, surroundings: Surroundings): Plan {
  const moves: PlannedMove[] = [];
  const staying: { photo: PlannedPhoto; reason: Reason }[] = [];
  const folders = new FoldersTaken(target, surroundings);
  for (const photo of photos) {
    const result = placeFor(photo, target, collisions, folders, surroundings);
    if ('reason' in result) staying.push({ photo, reason: result.reason });
    else moves.push(result.move);
  }
  return { moves, staying };
}

function placeFor(
  { id, files, folder }: PlannedPhoto,
  target: string,
  collisions: PlanOptions['collisions'],
  taken: FoldersTaken,
  { isSame }: Surroundings,
): { readonly move: PlannedMove } | { readonly reason: Reason } {
  const main = files[0]!;
  const into = join(target, folder);
  if (dirname(main.path) === into) return { reason: inPlace };
  for (let number = 1; ; number += 1) {
    const names = numberedNames(
      files.map(({ path }) => path),
      number,
    );
    const there = names.map((name) => taken.holder(folder, name));
    if (there.every((holder) => holder === undefined)) {
      const placed = files.map((file, i) => ({ ...file, target: join(into, names[i]!) }));
      if (placed.some((file) => Buffer.byteLength(file.target) > longestPath || Buffer.byteLength(basename(file.target)) > longestName))
        return { reason: tooLong };
      placed.forEach((file, i) => taken.take(folder, names[i]!, file.path));
      return { move: { photo: id, folder, isRenamed: number > 1, files: placed } };
    }
    if (there.every((holder, i) => holder !== undefined && isSame(files[i]!.path, holder))) return { reason: alreadyThere };
    if (collisions === 'skip') return { reason: nameTaken };
  }
}

/** The names that are in use at the target, and those that this plan will use. */
class FoldersTaken {
  readonly #target: string;
  readonly #surroundings: Surroundings;
  readonly #folders = new Map<string, Map<string, string>>(); // folder -> key of name -> absolute path of the file whose bytes will be there

  constructor(target: string, surroundings: Surroundings) {
    this.#target = target;
    this.#surroundings = surroundings;
  }

  holder(folder: string, name: string): string | undefined {
    return this.#of(folder).get(keyOf(name, this.#surroundings.foldsCase));
  }

  take(folder: string, name: string, source: string): void {
    this.#of(folder).set(keyOf(name, this.#surroundings.foldsCase), source);
  }

  #of(folder: string): Map<string, string> {
    const { namesIn, foldsCase } = this.#surroundings;
    const key = keyOf(folder, foldsCase);
    let names = this.#folders.get(key);
    if (!names) {
      names = new Map([...namesIn(folder)].map((name) => [keyOf(name, foldsCase), join(this.#target, folder, name)]));
      this.#folders.set(key, names);
    }
    return names;
  }
}

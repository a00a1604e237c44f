/** A sort before it is begun: which photos go where, and why others stay. Nothing is done here; the last plan is kept until it is begun or another is made. */
import { basename, dirname, join, relative } from 'node:path';
import type { NewStep, PhotoToSort } from '../../catalog/index.ts';
import { type Problem, SquintError } from '../../contract/errors.ts';
import type { Left, PlannedFile, SortPlan, SortRequest, Target } from '../../contract/operations.ts';
import {
  type Disk,
  type Gathered,
  type Pattern,
  type PlannedPhoto,
  type Reason,
  gather,
  groundOf,
  holds,
  patternOf,
} from '../../library/index.ts';
import type { Context } from './context.ts';

export interface Planned {
  readonly id: number;
  readonly request: SortRequest;
  readonly target: Target;
  readonly gathered: Gathered;
  readonly photos: ReadonlyMap<number, PhotoToSort>; // of those that go
  readonly roots: readonly string[]; // folders that they come from
  readonly problem: Problem | null;
}

const page = 1000; // photos looked at in one go: some milliseconds
const examplesKept = 3;

export class Sorting {
  readonly #context: Context;
  readonly #disk: Disk;
  #last: Planned | null = null;
  #plans = 0;

  constructor(context: Context, disk: Disk) {
    this.#context = context;
    this.#disk = disk;
  }

  /** Those chosen last first, then the folders in the list. */
  targets(): Target[] {
    const { catalog } = this.#context;
    const roots = catalog.roots().filter(({ state }) => state === 'online');
    for (const { path } of roots) catalog.grantTarget(path, 0);
    const offered = catalog.targets().filter(({ path, used }) => used > 0 || roots.some((root) => root.path === path));
    return offered.map(toTarget);
  }

  /**
   * @param path absolute; a folder that is there, or a new one in a folder that is there
   * @throws {SquintError} `not-a-target`
   */
  async grant(path: string): Promise<Target> {
    const ground = await groundOf(path, this.#disk);
    const refuse = (why: string): SquintError => new SquintError('not-a-target', why, { hint: 'Choose another folder.' });
    if (ground.entry.kind !== 'folder') throw refuse(`${ground.path} is no folder.`);
    if (ground.path !== path && ground.path !== dirname(path)) throw refuse(`There is no folder ${dirname(path)}.`);
    if (holds(this.#context.home, path)) throw refuse('That is where Squint keeps its own files.');
    return toTarget({ id: this.#context.catalog.grantTarget(path, Date.now()), path });
  }

  /** @throws {SquintError} `bad-pattern`, `no-such-target` */
  async plan(request: SortRequest): Promise<SortPlan> {
    const id = ++this.#plans;
    const target = this.#context.catalog.targets().find((one) => one.id === request.target);
    if (!target) throw new SquintError('no-such-target', 'This folder was never chosen.', { hint: 'Choose it once more.' });
    const pattern = patternOf(request.pattern);
    const { going, photos, staying, roots } = await this.#choose(request, pattern);
    const isCopy = request.how === 'copy';
    const gathered = await gather(going, { target: target.path, collisions: request.collisions, isCopy }, this.#disk);
    for (const { photo, reason } of gathered.staying) {
      staying.add(reason, photo.files);
      photos.delete(photo.id);
    }
    const problem = await this.#problemOf(target.path, gathered);
    const planned: Planned = { id, request, target: toTarget(target), gathered, photos, roots: [...roots], problem };
    if (id === this.#plans) this.#last = planned; // else a newer one is under way
    return summaryOf(planned, staying.list());
  }

  /** Lines of the last plan. @throws {SquintError} `no-such-plan` */
  files({ plan, folder, from, limit }: { plan: number; folder: string; from: number; limit: number }): PlannedFile[] {
    const { gathered, target, photos } = this.planned(plan);
    const moves = gathered.moves.filter((move) => move.folder === folder).slice(from, from + limit);
    return moves.map(({ photo, files, isRenamed }) => {
      const { root } = photos.get(photo)!;
      const main = files[0]!;
      return {
        photo,
        from: join(basename(root), relative(root, main.path)),
        to: relative(target.path, main.target),
        renamed: isRenamed,
      };
    });
  }

  /** @throws {SquintError} `no-such-plan` */
  planned(id: number): Planned {
    if (this.#last?.id === id) return this.#last;
    throw new SquintError('no-such-plan', 'This plan does not hold any more.', { hint: 'Open the dialog once more.' });
  }

  /** It has been begun. */
  forget(): void {
    this.#last = null;
  }

  /** Who goes, by what the catalogue knows. */
  async #choose(
    request: SortRequest,
    pattern: Pattern,
  ): Promise<{ going: PlannedPhoto[]; photos: Map<number, PhotoToSort>; staying: Staying; roots: Set<string> }> {
    const going: PlannedPhoto[] = [];
    const photos = new Map<number, PhotoToSort>();
    const staying = new Staying();
    const roots = new Set<string>();
    for await (const photo of this.#photosOf(request)) {
      const place = this.#placeOf(photo, request, pattern);
      if (typeof place !== 'string') {
        staying.add(place, photo.files);
        continue;
      }
      going.push({ id: photo.id, files: photo.files, folder: place });
      photos.set(photo.id, photo);
      roots.add(photo.root);
    }
    return { going, photos, staying, roots };
  }

  async *#photosOf({ of }: SortRequest): AsyncGenerator<PhotoToSort> {
    const { catalog } = this.#context;
    if (of.kind === 'photos') {
      for (let i = 0; i < of.ids.length; i += page, await new Promise(setImmediate)) yield* catalog.photosToSort(of.ids.slice(i, i + page));
      return;
    }
    for (let after: string | null = null; ; await new Promise(setImmediate)) {
      const { ids, next } = catalog.idsOf({ filter: of.filter, order: 'name', after, limit: page });
      yield* catalog.photosToSort(ids);
      if (next === null) return;
      after = next;
    }
  }

  /** The folder below the target, or why the photo stays. */
  #placeOf(photo: PhotoToSort, { review, rejects }: SortRequest, pattern: Pattern): string | Reason {
    if (photo.isOffline) return { code: 'offline', message: 'the folder or drive is not there' };
    if (photo.files.length === 0) return { code: 'missing', message: 'their file is not there' };
    if (photo.flag === 'reject') return rejects ? 'Rejects' : { code: 'reject', message: 'rejects stay where they are' };
    const title = this.#titleOf(photo);
    if (title !== null) return pattern({ collection: title, taken: photo.taken });
    if (photo.state === 'waiting') return { code: 'waiting', message: 'they were not looked at yet' };
    if (photo.state !== 'sorted') return { code: 'not-sorted', message: 'they could not be sorted' };
    if (!review) return { code: 'review', message: 'they are in Review' };
    return pattern({ collection: 'Review', taken: photo.taken });
  }

  /** Of the pile that it lies in, the person's word first; null where that is none to sort by. */
  #titleOf({ decided, state, pile, collection, group }: PhotoToSort): string | null {
    const info = this.#context.use?.info;
    const collectionTitle = (key: string): string => info?.collections.find((one) => one.key === key)?.title ?? key;
    if (decided !== null) return collectionTitle(decided);
    if (state !== 'sorted') return null;
    if (pile === 'collection') return collectionTitle(collection!);
    if (pile === 'group') return info?.groups.find((one) => one.key === group)?.title ?? group;
    return null;
  }

  async #problemOf(target: string, { moves, copied, space }: Gathered): Promise<Problem | null> {
    const ground = await groundOf(target, this.#disk);
    if (ground.path !== target && ground.path !== dirname(target)) {
      return {
        code: 'target-gone',
        message: `${target} is not there any more.`,
        hint: 'Is its drive connected? Else choose another folder.',
      };
    }
    if (!(await this.#disk.mayWrite(ground.path))) {
      return { code: 'target-read-only', message: `Squint may not write to ${ground.path}.`, hint: 'Choose another folder.' };
    }
    if (space && copied.bytes > space.bytes) {
      return {
        code: 'disk-full',
        message: `The copies need ${sizeOf(copied.bytes)}, and ${sizeOf(space.bytes)} are free there.`,
        hint: 'Choose fewer photos or another folder.',
      };
    }
    return moves.length === 0 ? { code: 'nothing-to-do', message: 'No photo would change its place.' } : null;
  }
}

/** The steps of a plan, for the journal. */
export function stepsOf({ request, gathered, photos }: Planned): NewStep[] {
  return gathered.moves.flatMap(({ photo, files }, unit) => {
    const known = photos.get(photo)!.files;
    return files.map(({ path, target, size, mtimeMs }, i) => {
      const { id, hash } = known[i]!;
      return { unit, photo, file: id, kind: request.how, source: path, target, size, mtimeMs, hash, reverses: null };
    });
  });
}

/** Why photos stay, counted by reason. */
class Staying {
  readonly #reasons = new Map<string, { code: string; message: string; files: number; examples: string[] }>();

  add({ code, message }: Reason, files: readonly { readonly path: string }[]): void {
    const left = this.#reasons.get(code) ?? { code, message, files: 0, examples: [] };
    left.files += Math.max(1, files.length);
    if (files.length > 0 && left.examples.length < examplesKept) left.examples.push(basename(files[0]!.path));
    this.#reasons.set(code, left);
  }

  list(): Left[] {
    return [...this.#reasons.values()].sort((a, b) => b.files - a.files);
  }
}

const natural = new Intl.Collator('en', { numeric: true });

function summaryOf({ id, target, gathered, problem }: Planned, staying: Left[]): SortPlan {
  const { moves, copied, space } = gathered;
  const folders = new Map<string, { path: string; files: number; bytes: number }>();
  let files = 0;
  let bytes = 0;
  let renamed = 0;
  for (const move of moves) {
    const folder = folders.get(move.folder) ?? { path: move.folder, files: 0, bytes: 0 };
    const size = move.files.reduce((sum, file) => sum + file.size, 0);
    folder.files += move.files.length;
    folder.bytes += size;
    folders.set(move.folder, folder);
    files += move.files.length;
    bytes += size;
    if (move.isRenamed) renamed += move.files.length;
  }
  return {
    ...{ id, target, photos: moves.length, files, bytes, renamed, staying, copied, free: space, problem },
    withCompanions: moves.filter((move) => move.files.length > 1).length,
    folders: [...folders.values()].sort((a, b) => natural.compare(a.path, b.path)),
  };
}

const toTarget = ({ id, path }: { readonly id: number; readonly path: string }): Target => ({ id, path, name: nameOf(path) });

/** "Photos › Sorted" */
export function nameOf(path: string): string {
  const above = basename(dirname(path));
  const own = basename(path);
  return above === '' || own === '' ? path : `${above} › ${own}`;
}

const sizes = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const sizeOf = (bytes: number): string => (bytes < 1e9 ? `${sizes.format(bytes / 1e6)} MB` : `${sizes.format(bytes / 1e9)} GB`);

/**
 * Thumbnails of what is on screen, and of nothing else: a decode for its own sake would undo what a coarse look saved. The newest wish
 * replaces the one before; what nobody wants any more and has not begun is dropped. Two levels: the embedded preview stands in at once
 * where there is one, the thumbnail follows.
 *
 * With nothing to make nothing happens here: no timer, no disk.
 */
import { SquintError } from '../contract/errors.ts';
import type { Want } from '../reader/index.ts';
import { type Keeping, type PhotoFile, kept, keyOf, notInThisRead, preview, thumbnail } from './media.ts';
import type { Answer, Reading } from './reading.ts';

export type Level = 'preview' | 'thumb';

export interface Ready {
  readonly id: number;
  readonly level: Level;
}

export interface ThumbnailMeans extends Keeping {
  readonly reading: Pick<Reading, 'read' | 'make'>;
  readonly photo: (id: number) => PhotoFile | null; // null where it is not in the library
  readonly tell: (ready: readonly Ready[]) => void; // their files are there
}

/** Asked of the reader at once: as many as it decodes beside the run, and a few that wait. */
const underWay = 4;

/** Why a picture is not to be had now, but may be later. */
const passing: ReadonlySet<string> = new Set(['missing', 'no-permission', 'read-error', 'not-kept']);

/** The wish is what is on screen and two screens either side, most wanted first: so much of it is on screen. */
const onScreen = 1 / 5;

/** Photos whose pictures are known; older ones are looked up again. */
const remembered = 50_000;

interface Known {
  readonly level: Level | null; // the best that is there
  readonly final: boolean; // no better one is to be had
}

export class Thumbnails {
  readonly #means: ThumbnailMeans;
  readonly #known = new Map<number, Known>();
  readonly #promised = new Set<number>(); // by a read of the run
  #wish: readonly number[] = [];
  #wishedPaths: Map<string, number> | null = null; // of the wish, once a run asks
  #tasks: Ready[] = []; // of the wish, not begun, the next one last
  #working = 0;
  #cleared = 0; // how often the cache was emptied when #known was right

  constructor(means: ThumbnailMeans) {
    this.#means = means;
  }

  /**
   * What is already there is told at once, also what was told before: a view may have been loaded anew.
   *
   * @param ids what is to be seen, most wanted first; an empty list drops what has not begun
   */
  show(ids: readonly number[]): void {
    if (this.#means.cache.cleared !== this.#cleared) this.#known.clear();
    this.#cleared = this.#means.cache.cleared;
    this.#wish = ids;
    this.#wishedPaths = null;
    const screen = Math.ceil(ids.length * onScreen);
    this.#tasks = [ids.slice(0, screen), ids.slice(screen)]
      .flatMap((part) => [...part.map((id) => ({ id, level: 'preview' as const })), ...part.map((id) => ({ id, level: 'thumb' as const }))])
      .filter((task) => !this.#isDone(task))
      .reverse();
    const there = ids.flatMap((id) => {
      const level = this.#known.get(id)?.level;
      return level ? [{ id, level }] : [];
    });
    if (there.length > 0) this.#means.tell(there);
    this.#work();
  }

  /** Looks at these photos again: their files have changed. */
  forget(ids: Iterable<number>): void {
    for (const id of ids) this.#known.delete(id);
  }

  /**
   * A run's read. Where the photo is on screen and its decode gives the thumbnail away (of a HEIC, a second that is not spent twice), it is
   * written in passing.
   *
   * @throws {SquintError} as `Reading.read`
   */
  async read(path: string, want: Want, urgent: boolean, signal?: AbortSignal): Promise<Answer> {
    const { reading, cache, photo } = this.#means;
    const id = /\.(hei[cf]|hif)$/i.test(path) ? this.#wished(path) : undefined;
    const file = id === undefined || this.#isDone({ id, level: 'thumb' }) ? null : photo(id);
    const key = file && keyOf(thumbnail, file);
    if (id === undefined || key === null || cache.isMaking(key)) return reading.read(path, want, urgent, signal);
    this.#promised.add(id);
    try {
      let answer: Answer | undefined;
      if ((await cache.find(key)) === null) {
        await cache.make(key, async (to) => {
          answer = await reading.read(path, { ...want, thumbnail: to }, urgent, signal);
          return answer.ok && answer.pixels.thumbnail ? null : notInThisRead;
        });
      }
      return answer ?? (await reading.read(path, want, urgent, signal));
    } finally {
      this.#promised.delete(id);
      if (this.#wish.includes(id)) this.#tasks.push({ id, level: 'thumb' }); // finds it, or makes it after all
      this.#work();
    }
  }

  #wished(path: string): number | undefined {
    this.#wishedPaths ??= new Map(this.#wish.flatMap((id) => [[this.#means.photo(id)?.path ?? '', id] as const]));
    return this.#wishedPaths.get(path);
  }

  #isDone({ id, level }: Ready): boolean {
    const known = this.#known.get(id);
    return known !== undefined && (known.final || level === 'preview');
  }

  #work(): void {
    while (this.#working < underWay) {
      const task = this.#tasks.pop();
      if (!task) return;
      if (this.#isDone(task) || this.#promised.has(task.id)) continue;
      this.#working += 1;
      void this.#make(task).finally(() => {
        this.#working -= 1;
        this.#work();
      });
    }
  }

  async #make({ id, level }: Ready): Promise<void> {
    const photo = this.#means.photo(id);
    if (!photo) return;
    try {
      if (level === 'preview' && (await this.#means.cache.find(keyOf(thumbnail, photo))) !== null) {
        this.#got(id, { level: 'thumb', final: true });
        return;
      }
      const file = await kept(level === 'preview' ? preview : thumbnail, photo, this.#means, false);
      if ('path' in file) this.#got(id, { level, final: level === 'thumb' });
      else if (level === 'thumb' && !passing.has(file.problem.code))
        this.#got(id, { level: this.#known.get(id)?.level ?? null, final: true });
    } catch (error) {
      if (!(error instanceof SquintError)) throw error; // stopped, or no reader starts: who runs or adds photos is told
      this.#tasks = [];
    }
  }

  #got(id: number, known: Known): void {
    if (this.#isDone({ id, level: 'thumb' })) return; // a preview that comes after its thumbnail
    this.#known.delete(id);
    this.#known.set(id, known);
    if (this.#known.size > remembered) this.#known.delete(this.#known.keys().next().value!);
    if (known.level) this.#means.tell([{ id, level: known.level }]);
  }
}

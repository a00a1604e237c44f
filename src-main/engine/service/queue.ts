/**
 * What a run has still to do. It may grow while the run goes: it ends when all is taken and nobody finds more. What the person asked to be
 * looked at closer comes first, then what is on screen.
 *
 * Photos stand here by id only, some thirty bytes each; whether they are still to be run is looked up when their turn comes.
 */
import type { Catalog, PackKey, PhotoToRun } from '../../catalog/index.ts';

export interface Item extends PhotoToRun {
  readonly closer: boolean; // through every exit, by the person's wish
}

const lot = 16; // looked up at once

export class Queue implements AsyncIterable<Item> {
  readonly #catalog: Pick<Catalog, 'photosNamed' | 'photosStillToRun'>;
  readonly #pack: PackKey;
  readonly #found = new Set<number>();
  readonly #closer = new Set<number>();
  #shown: readonly number[] = [];
  #finders = 0;
  #isPaused = false;
  #isEnded = false; // nothing is taken any more; what is added later belongs to another run
  #changed = Promise.withResolvers<null>(); // settled whenever something changes
  /** Photos of the run, so far: those that turned out not to be run are not among them. */
  photos = 0;

  constructor(catalog: Pick<Catalog, 'photosNamed' | 'photosStillToRun'>, pack: PackKey) {
    this.#catalog = catalog;
    this.#pack = pack;
  }

  add(ids: readonly number[]): void {
    this.#addTo(this.#found, ids);
  }

  addCloser(ids: readonly number[]): void {
    this.#addTo(this.#closer, ids);
  }

  /** What is on screen, most wanted first. */
  show(ids: readonly number[]): void {
    this.#shown = ids;
  }

  /** Somebody looks for more photos: the queue does not end before they are through. @returns says that they are */
  expectMore(): () => void {
    this.#finders += 1;
    let through = false;
    return () => {
      if (through) return;
      through = true;
      this.#finders -= 1;
      this.#wake();
    };
  }

  /** Whether it is through, for good. */
  get ended(): boolean {
    return this.#isEnded;
  }

  /** Whether more may come. */
  get grows(): boolean {
    return this.#finders > 0;
  }

  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
    this.#wake();
  }

  /** Nothing more is taken. */
  end(): void {
    this.#isEnded = true;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item> {
    for (;;) {
      await this.#whilePaused();
      if (this.#isEnded) return;
      const changed = this.#changed.promise;
      const items = this.#take();
      if (items.length === 0) await new Promise(setImmediate); // many may not be to be run any more: others get their turn
      for (const item of items) {
        await this.#whilePaused();
        if (this.ended) return;
        yield item;
      }
      if (this.#found.size + this.#closer.size > 0) continue;
      if (this.#finders === 0) {
        this.#isEnded = true;
        return;
      }
      await changed;
    }
  }

  async #whilePaused(): Promise<void> {
    while (this.#isPaused && !this.#isEnded) await this.#changed.promise;
  }

  #addTo(set: Set<number>, ids: readonly number[]): void {
    const before = set.size;
    for (const id of ids) set.add(id);
    this.photos += set.size - before;
    this.#wake();
  }

  /** The next few that are still to be run. */
  #take(): Item[] {
    if (this.#closer.size > 0) {
      const ids = this.#takeFrom(this.#closer, this.#closer);
      return this.#counted(ids, this.#catalog.photosNamed(ids)).map((photo) => ({ ...photo, closer: true }));
    }
    this.#shown = this.#shown.filter((id) => this.#found.has(id));
    const ids = this.#takeFrom(this.#found, this.#shown.length > 0 ? this.#shown : this.#found);
    return this.#counted(ids, this.#catalog.photosStillToRun(ids, this.#pack)).map((photo) => ({ ...photo, closer: false }));
  }

  #takeFrom(set: Set<number>, order: Iterable<number>): number[] {
    const ids: number[] = [];
    for (const id of order) {
      if (ids.length === lot) break;
      ids.push(id);
    }
    for (const id of ids) set.delete(id);
    return ids;
  }

  #counted(ids: readonly number[], photos: readonly PhotoToRun[]): readonly PhotoToRun[] {
    this.photos -= ids.length - photos.length;
    return photos;
  }

  #wake(): void {
    this.#changed.resolve(null);
    this.#changed = Promise.withResolvers();
  }
}

/**
 * The photos that are shown: a filter and an order, the ids in that order, and rows of those that someone looks at.
 *
 * Ids come in pages by key until all are here; half a million are two megabytes, so every position of the grid can be reached without
 * asking. Rows are fetched when a tile shows them and kept up to date by notices while they are kept. What the engine does not answer is
 * asked again with the next look; an engine that was started again says so, and everything is read anew.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { Filter, Order, Row } from '../../src-main/contract/library.ts';
import type { Client } from './client.ts';

const firstPage = 500;
const page = 20_000;
const rowsKept = 2_000; // a few screens of the smallest tiles on the largest window
const readAgainMs = 1000;

export class Photos {
  readonly #client: Client;
  #filter = $state.raw<Filter>({});
  #order = $state.raw<Order>('added');
  #ids = $state.raw<readonly number[]>([]);
  #complete = $state(false);
  #list = $state(0);
  readonly #rows = new SvelteMap<number, Row>();
  readonly #thumbs = new SvelteMap<number, 'preview' | 'thumb'>();
  readonly #asked = new Set<number>();
  #places = new Int32Array(0);
  #placesOf: readonly number[] = [];
  #isNew = false; // the filter or the order changed, and none of its ids are here
  #reading = 0; // the latest reading of ids; an older one that is still under way gives up
  #readMs = 0; // what the last whole one took
  #later: ReturnType<typeof setTimeout> | undefined;

  constructor(client: Client) {
    this.#client = client;
    client.onNotice((notice) => {
      switch (notice.type) {
        case 'added':
          if (this.#isEverything && this.#order === 'added' && this.#complete) this.#ids = [...this.#ids, ...notice.ids];
          else this.#readSoon();
          break;
        case 'removed': {
          const gone = notice.ids && new Set(notice.ids);
          if (gone) this.#ids = this.#ids.filter((id) => !gone.has(id));
          else void this.#tryToRead();
          break;
        }
        case 'rows':
          for (const row of notice.rows) {
            const before = this.#rows.get(row.id);
            if (!before) continue;
            if (before.version !== row.version) this.#thumbs.delete(row.id); // they are of the file as it was
            this.#rows.set(row.id, row);
          }
          if (this.#dependsOnVerdicts) this.#readSoon();
          break;
        case 'changed':
        case 'restarted':
          void this.#refreshRows();
          if (this.#dependsOnVerdicts) this.#readSoon();
          break;
        case 'thumbs':
          for (const { id, level } of notice.thumbs) if (this.#thumbs.get(id) !== 'thumb') this.#thumbs.set(id, level);
          break;
        default:
          break;
      }
    });
  }

  get filter(): Filter {
    return this.#filter;
  }

  get order(): Order {
    return this.#order;
  }

  /** In the order shown. */
  get ids(): readonly number[] {
    return this.#ids;
  }

  /** Whether all ids are here; until then the end of the grid grows. */
  get complete(): boolean {
    return this.#complete;
  }

  /** Counts the lists that were shown: another filter or order is another list, the same one read anew is not. */
  get list(): number {
    return this.#list;
  }

  /** Its position in the list; -1 where it is not in it. */
  indexOf(id: number): number {
    if (this.#placesOf !== this.#ids) {
      this.#placesOf = this.#ids;
      this.#places = placesOf(this.#ids);
    }
    return (this.#places[id] ?? 0) - 1;
  }

  /** Undefined until it is here; `want` asks for it. */
  row(id: number): Row | undefined {
    return this.#rows.get(id);
  }

  /** The best picture of it that the engine said is ready. */
  thumb(id: number): 'preview' | 'thumb' | undefined {
    return this.#thumbs.get(id);
  }

  /** Its picture could not be loaded: the cache was cleared, or needed the room. The engine says when there is one again. */
  lostThumb(id: number): void {
    this.#thumbs.delete(id);
  }

  /** What was shown stays until the first ids of the new list are here. */
  async show(filter: Filter, order: Order = this.#order): Promise<void> {
    this.#filter = filter;
    this.#order = order;
    this.#complete = false;
    this.#isNew = true;
    await this.read();
  }

  /** Reads the ids anew; what is shown stays until the new ones are here. */
  async read(): Promise<void> {
    clearTimeout(this.#later);
    this.#later = undefined;
    const reading = ++this.#reading;
    const began = performance.now();
    const wasComplete = this.#complete;
    let ids: number[] = [];
    let after: string | null = null;
    do {
      const answer: { ids: number[]; next: string | null } = await this.#client.request('photos.ids', {
        filter: this.#filter,
        order: this.#order,
        after,
        limit: after === null && !wasComplete ? firstPage : page,
      });
      if (reading !== this.#reading) return;
      ids = ids.length === 0 ? answer.ids : ids.concat(answer.ids);
      after = answer.next;
      if (wasComplete) continue;
      this.#ids = ids;
      if (this.#isNew) this.#list += 1;
      this.#isNew = false;
    } while (after !== null);
    this.#ids = ids;
    this.#complete = true;
    this.#readMs = performance.now() - began;
  }

  /** Fetches the rows of ids that are looked at, most wanted first, and tells the engine to see to these. */
  async want(ids: readonly number[]): Promise<void> {
    const missing = ids.filter((id) => !this.#rows.has(id) && !this.#asked.has(id));
    for (const id of missing) this.#asked.add(id);
    try {
      const told = this.#client.request('photos.show', { ids: [...ids] });
      this.#forgetOthers(ids);
      await Promise.all([told, missing.length > 0 && this.#fetch(missing)]); // both fail where the engine ends
    } catch {
      // Asked again with the next look.
    } finally {
      for (const id of missing) this.#asked.delete(id);
    }
  }

  async #fetch(ids: number[]): Promise<void> {
    for (const row of await this.#client.request('photos.rows', { ids })) this.#rows.set(row.id, row);
  }

  get #isEverything(): boolean {
    return Object.keys(this.#filter).length === 0;
  }

  /** Whether a verdict, a decision or what a read tells may change which photos are in the list, or their order. */
  get #dependsOnVerdicts(): boolean {
    const isNarrowed = Object.keys(this.#filter).some((part) => part !== 'root');
    return isNarrowed || this.#order === 'confidence' || this.#order === 'taken';
  }

  /** While verdicts stream in, such a list changes all the time: once a second is enough, and less often where reading it takes long. */
  #readSoon(): void {
    this.#later ??= setTimeout(() => void this.#tryToRead(), Math.max(readAgainMs, 10 * this.#readMs));
  }

  async #tryToRead(): Promise<void> {
    try {
      await this.read();
    } catch {
      // What is shown stays.
    }
  }

  async #refreshRows(): Promise<void> {
    try {
      for (const row of await this.#client.request('photos.rows', { ids: [...this.#rows.keys()] })) this.#rows.set(row.id, row);
    } catch {
      // What is shown stays.
    }
  }

  #forgetOthers(wanted: readonly number[]): void {
    const keep = new Set(wanted);
    for (const kept of [this.#rows, this.#thumbs]) {
      if (kept.size < rowsKept) continue;
      for (const id of kept.keys()) {
        if (kept.size < rowsKept / 2) break;
        if (!keep.has(id)) kept.delete(id);
      }
    }
  }
}

/** Position + 1 by id, 0 where there is none. Ids are rows of a table, numbered from 1 without large gaps: an array is a tenth of a Map. */
function placesOf(ids: readonly number[]): Int32Array<ArrayBuffer> {
  let highest = 0;
  for (const id of ids) if (id > highest) highest = id;
  const places = new Int32Array(highest + 1);
  for (const [position, id] of ids.entries()) places[id] = position + 1;
  return places;
}

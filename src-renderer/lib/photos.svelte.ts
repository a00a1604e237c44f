/**
 * The photos that are shown: a filter and an order, the ids in that order, and rows of those that someone looks at.
 *
 * Ids come in pages by key until all are here; half a million are two megabytes, so every position of the grid can be reached without
 * asking. Rows are fetched when a tile shows them and kept up to date by notices while they are kept.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { Filter, Order, Row } from '../../src-main/contract/library.ts';
import type { Client } from './client.ts';

const firstPage = 500;
const page = 20_000;
const rowsKept = 2_000; // a few screens of the smallest tiles on the largest window

export class Photos {
  readonly #client: Client;
  #filter = $state.raw<Filter>({});
  #order = $state.raw<Order>('added');
  #ids = $state.raw<readonly number[]>([]);
  #complete = $state(false);
  readonly #rows = new SvelteMap<number, Row>();
  readonly #thumbs = new SvelteMap<number, 'preview' | 'thumb'>();
  readonly #asked = new Set<number>();
  #loading = 0; // the latest reading of ids; an older one that is still under way gives up
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
          else void this.read();
          break;
        }
        case 'rows':
          for (const row of notice.rows) if (this.#rows.has(row.id)) this.#rows.set(row.id, row);
          if (!this.#isEverything || this.#order === 'confidence') this.#readSoon();
          break;
        case 'changed':
          this.#refreshRows();
          if (!this.#isEverything || this.#order === 'confidence') this.#readSoon();
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

  /** Undefined until it is here; `want` asks for it. */
  row(id: number): Row | undefined {
    return this.#rows.get(id);
  }

  /** The best picture of it that the engine said is ready. */
  thumb(id: number): 'preview' | 'thumb' | undefined {
    return this.#thumbs.get(id);
  }

  async show(filter: Filter, order: Order = this.#order): Promise<void> {
    this.#filter = filter;
    this.#order = order;
    this.#complete = false;
    this.#ids = [];
    await this.read();
  }

  /** Reads the ids anew; what is shown stays until the new ones are here. */
  async read(): Promise<void> {
    clearTimeout(this.#later);
    this.#later = undefined;
    const loading = ++this.#loading;
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
      if (loading !== this.#loading) return;
      ids = ids.length === 0 ? answer.ids : ids.concat(answer.ids);
      after = answer.next;
      if (!wasComplete) this.#ids = ids;
    } while (after !== null);
    this.#ids = ids;
    this.#complete = true;
  }

  /** Fetches the rows of ids that are looked at, most wanted first, and tells the engine to see to these. */
  async want(ids: readonly number[]): Promise<void> {
    void this.#client.request('photos.show', { ids: [...ids] });
    const missing = ids.filter((id) => !this.#rows.has(id) && !this.#asked.has(id));
    if (missing.length === 0) return;
    for (const id of missing) this.#asked.add(id);
    try {
      this.#forgetOthers(ids);
      for (const row of await this.#client.request('photos.rows', { ids: missing })) this.#rows.set(row.id, row);
    } finally {
      for (const id of missing) this.#asked.delete(id);
    }
  }

  get #isEverything(): boolean {
    return Object.keys(this.#filter).length === 0;
  }

  /** While verdicts stream in, a filtered list changes all the time: once a second is enough, and nothing jumps in between. */
  #readSoon(): void {
    this.#later ??= setTimeout(() => void this.read(), 1000);
  }

  #refreshRows(): void {
    const ids = [...this.#rows.keys()];
    void this.#client.request('photos.rows', { ids }).then((rows) => {
      for (const row of rows) this.#rows.set(row.id, row);
    });
  }

  #forgetOthers(wanted: readonly number[]): void {
    if (this.#rows.size < rowsKept) return;
    const keep = new Set(wanted);
    for (const id of this.#rows.keys()) {
      if (this.#rows.size < rowsKept / 2) return;
      if (!keep.has(id)) {
        this.#rows.delete(id);
        this.#thumbs.delete(id);
      }
    }
  }
}

/**
 * Which photos are selected, and the current one: by id, so that a selection stays while the list changes. What is not in the list is not
 * acted on. The current photo may have left it (it was decided, and Review shows what is not): then keys go on from where it was. In another
 * list that does not have it they begin at the first photo.
 */
import type { Photos } from './photos.svelte.ts';

export class Selection {
  readonly #photos: Photos;
  #ids = $state.raw<ReadonlySet<number>>(new Set());
  #current = $state<number | null>(null);
  #anchor: number | null = null; // where a range begins
  #last = { list: 0, position: 0 }; // of the current photo, when it became that

  constructor(photos: Photos) {
    this.#photos = photos;
  }

  /** The photo that keys act on; null where nothing was chosen yet. */
  get current(): number | null {
    return this.#current;
  }

  /** Its position in the list; -1 where it is not in it. */
  readonly position = $derived.by(() => (this.#current === null ? -1 : this.#photos.indexOf(this.#current)));

  /** Its position in the list, or the one that it had when it left. */
  get place(): number {
    if (this.position >= 0) return this.position;
    return this.#hasLeft ? Math.min(this.#last.position, Math.max(0, this.#photos.ids.length - 1)) : 0;
  }

  readonly #shown = $derived.by(() => [...this.#ids].filter((id) => this.#photos.indexOf(id) >= 0));

  has(id: number): boolean {
    return this.#ids.has(id);
  }

  /** How many of the list. */
  get size(): number {
    return this.#shown.length;
  }

  /** What a verb acts on: the selection, else the current photo. */
  get targets(): readonly number[] {
    return this.#shown.length > 0 || this.#current === null || this.position < 0 ? this.#shown : [this.#current];
  }

  only(id: number): void {
    this.#ids = new Set([id]);
    this.#become(id);
    this.#anchor = id;
  }

  toggle(id: number): void {
    const ids = new Set(this.#ids);
    if (!ids.delete(id)) ids.add(id);
    this.#ids = ids;
    this.#become(id);
    this.#anchor = id;
  }

  /** From the anchor to it. */
  extendTo(id: number): void {
    const from = this.#anchor === null ? -1 : this.#photos.indexOf(this.#anchor);
    const to = this.#photos.indexOf(id);
    if (from < 0 || to < 0) {
      this.only(id);
      return;
    }
    this.#ids = new Set(this.#photos.ids.slice(Math.min(from, to), Math.max(from, to) + 1));
    this.#become(id);
  }

  all(): void {
    this.#ids = new Set(this.#photos.ids);
  }

  /** The current photo stays what it is. */
  clear(): void {
    this.#ids = new Set();
  }

  /** Moves the current photo by so many positions, within the list; the first move chooses the first photo. */
  move(by: number, extend = false): void {
    const { ids } = this.#photos;
    const begins = this.position < 0 && !this.#hasLeft;
    const to = begins && Number.isFinite(by) ? 0 : this.#from(by) + by;
    const id = ids[Math.min(ids.length - 1, Math.max(0, to))];
    if (id === undefined) return;
    if (extend) this.extendTo(id);
    else this.only(id);
  }

  /** Where moving begins. Where the current photo has left, the next one has taken its position. */
  #from(by: number): number {
    if (this.position >= 0) return this.position;
    return by > 0 ? this.#last.position - 1 : this.#last.position;
  }

  /** Whether this very list had the current photo. */
  get #hasLeft(): boolean {
    return this.#current !== null && this.position < 0 && this.#last.list === this.#photos.list;
  }

  #become(id: number): void {
    this.#current = id;
    this.#last = { list: this.#photos.list, position: Math.max(0, this.#photos.indexOf(id)) };
  }
}

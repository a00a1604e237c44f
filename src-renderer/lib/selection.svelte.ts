/** Which photos are selected, and the current one: by id, so that a selection stays while the list changes. Positions are those of the list shown. */
import { SvelteSet } from 'svelte/reactivity';
import type { Photos } from './photos.svelte.ts';

export class Selection {
  readonly #photos: Photos;
  readonly #ids = new SvelteSet<number>();
  #current = $state<number | null>(null);
  #anchor: number | null = null; // where a range begins

  constructor(photos: Photos) {
    this.#photos = photos;
  }

  /** The photo that keys act on; null where nothing was chosen yet. */
  get current(): number | null {
    return this.#current;
  }

  /** Its place in the list; -1 where it is not in it. */
  readonly position = $derived.by(() => (this.#current === null ? -1 : this.#photos.ids.indexOf(this.#current)));

  has(id: number): boolean {
    return this.#ids.has(id);
  }

  get size(): number {
    return this.#ids.size;
  }

  /** What a verb acts on: the selection, else the current photo. */
  get targets(): number[] {
    return this.#ids.size > 0 ? [...this.#ids] : this.#current === null ? [] : [this.#current];
  }

  only(id: number): void {
    this.#ids.clear();
    this.#ids.add(id);
    this.#current = id;
    this.#anchor = id;
  }

  toggle(id: number): void {
    if (!this.#ids.delete(id)) this.#ids.add(id);
    this.#current = id;
    this.#anchor = id;
  }

  /** From the anchor to it. */
  extendTo(id: number): void {
    const { ids } = this.#photos;
    const from = this.#anchor === null ? -1 : ids.indexOf(this.#anchor);
    const to = ids.indexOf(id);
    if (from < 0 || to < 0) {
      this.only(id);
      return;
    }
    this.#ids.clear();
    for (let i = Math.min(from, to); i <= Math.max(from, to); i++) this.#ids.add(ids[i]!);
    this.#current = id;
  }

  all(): void {
    for (const id of this.#photos.ids) this.#ids.add(id);
  }

  clear(): void {
    this.#ids.clear();
  }

  /** Moves the current photo by so many places, within the list. */
  move(by: number, extend = false): void {
    const { ids } = this.#photos;
    if (ids.length === 0) return;
    const at = this.position < 0 ? 0 : Math.min(ids.length - 1, Math.max(0, this.position + by));
    const id = ids[at]!;
    if (extend) this.extendTo(id);
    else this.only(id);
  }
}

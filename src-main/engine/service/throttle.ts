/** Something that is done at once when asked for, but never oftener than so often: a view cannot follow every photo, and needs not. */
export class Throttle {
  readonly #everyMs: number;
  readonly #act: () => void;
  #last = -Infinity;
  #timer: NodeJS.Timeout | null = null;

  constructor(everyMs: number, act: () => void) {
    this.#everyMs = everyMs;
    this.#act = act;
  }

  /** Does it now, or as soon as it may be; asked many times meanwhile, once. */
  ask(): void {
    if (this.#timer) return;
    const wait = this.#last + this.#everyMs - performance.now();
    if (wait <= 0) this.#now();
    else this.#timer = setTimeout(() => this.#now(), wait);
  }

  /** What waits is not done any more. */
  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #now(): void {
    this.#timer = null;
    this.#last = performance.now();
    this.#act();
  }
}

/**
 * When roots are looked through: one scan of a root at a time, what is asked for meanwhile comes after it, and none goes while somebody
 * holds them, who changes files. How a root is looked through is for others to know.
 */

/** What is to be looked at of a root. */
export interface Wish {
  readonly whole: boolean;
  readonly within: readonly string[]; // files and folders, absolute, that have come, changed or gone
  readonly named: readonly string[]; // files, absolute, that were named just now
}

/** Never rejects. @param signal ends the scan */
export type LookThrough = (root: number, wish: Wish, signal: AbortSignal) => Promise<void>;

interface Going {
  readonly wish: Wish;
  readonly stop: AbortController;
  readonly ended: Promise<void>;
}

export class Scans {
  readonly #lookThrough: LookThrough;
  readonly #changed: () => void;
  readonly #waiting = new Map<number, Wish>(); // by root
  readonly #going = new Map<number, Going>();
  #holders = 0;
  #isClosed = false;

  /** @param changed hears that a scan has begun or ended */
  constructor(lookThrough: LookThrough, changed: () => void) {
    this.#lookThrough = lookThrough;
    this.#changed = changed;
  }

  isScanning(root: number): boolean {
    return this.#going.has(root) || (this.#waiting.has(root) && this.#holders === 0);
  }

  /** @param anew what goes is begun again from the start; else the wish comes after it */
  ask(root: number, wish: Wish, anew = false): void {
    if (this.#isClosed) return;
    if (anew) this.#interrupt(root);
    this.#remember(root, wish);
    this.#next(root);
  }

  /** What goes is ended and what waits is forgotten. */
  async stop(root: number): Promise<void> {
    this.#waiting.delete(root);
    const going = this.#going.get(root);
    going?.stop.abort();
    await going?.ended;
  }

  /** Ends what goes, and lets nothing begin before everybody who holds has let go; then it goes on. @returns lets go */
  async hold(): Promise<() => void> {
    this.#holders += 1;
    let holds = true;
    for (const root of this.#going.keys()) this.#interrupt(root);
    await Promise.all([...this.#going.values()].map(({ ended }) => ended));
    return () => {
      if (!holds) return;
      holds = false;
      this.#holders -= 1;
      for (const root of [...this.#waiting.keys()]) this.#next(root);
    };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#waiting.clear();
    await Promise.all([...this.#going.keys()].map((root) => this.stop(root)));
  }

  /** It is begun again from the start. */
  #interrupt(root: number): void {
    const going = this.#going.get(root);
    if (!going || going.stop.signal.aborted) return;
    this.#remember(root, going.wish);
    going.stop.abort();
  }

  #remember(root: number, { whole, within, named }: Wish): void {
    const before = this.#waiting.get(root) ?? { whole: false, within: [], named: [] };
    this.#waiting.set(root, {
      whole: whole || before.whole,
      within: [...new Set([...before.within, ...within])],
      named: [...new Set([...before.named, ...named])],
    });
  }

  #next(root: number): void {
    const wish = this.#waiting.get(root);
    if (!wish || this.#isClosed || this.#holders > 0 || this.#going.has(root)) return;
    this.#waiting.delete(root);
    const stop = new AbortController();
    const ended = this.#lookThrough(root, wish, stop.signal).finally(() => {
      this.#going.delete(root);
      this.#next(root);
      this.#changed();
    });
    this.#going.set(root, { wish, stop, ended });
    this.#changed();
  }
}

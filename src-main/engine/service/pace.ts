/** How fast a run is just now, and for how long it has worked. Pauses do not count. */
const overMs = 5000;

export class Pace {
  readonly #marks: { readonly at: number; readonly done: number }[] = [];
  #workedMs = 0;
  #since: number | null = performance.now(); // null while paused

  get seconds(): number {
    return (this.#workedMs + (this.#since === null ? 0 : performance.now() - this.#since)) / 1000;
  }

  /** The first photo is taken: what came before was start-up. */
  begin(): void {
    this.#marks.length = 0;
  }

  pause(): void {
    if (this.#since !== null) this.#workedMs += performance.now() - this.#since;
    this.#since = null;
    this.#marks.length = 0;
  }

  resume(): void {
    this.#since ??= performance.now();
  }

  /** @returns photos a second over the last seconds; null before there is something to tell */
  mark(done: number): number | null {
    if (this.#since === null) return null;
    const at = performance.now();
    this.#marks.push({ at, done });
    while (at - this.#marks[0]!.at > overMs) this.#marks.shift();
    const first = this.#marks[0]!;
    return at - first.at < 500 ? null : ((done - first.done) * 1000) / (at - first.at);
  }
}

/** How fast things get done lately: over the last seconds, because photos differ, and from the first one on, which waits for the start. */
const sampleEveryMs = 1000;
const samplesKept = 15;
const soonestMs = 500;

export class Pace {
  #samples: { readonly done: number; readonly at: number }[] = [];
  #done = 0;

  /** @param at milliseconds, of a clock that does not jump */
  note(done: number, at: number): void {
    this.#done = done;
    const last = this.#samples.at(-1);
    if (done === 0 || (last && at - last.at < sampleEveryMs)) return;
    this.#samples.push({ done, at });
    if (this.#samples.length > samplesKept) this.#samples.shift();
  }

  /** Things a second; null as long as it is too early to tell. */
  rate(now: number): number | null {
    const [first] = this.#samples;
    if (!first || now - first.at < soonestMs) return null;
    return ((this.#done - first.done) / (now - first.at)) * 1000;
  }
}

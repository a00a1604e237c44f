/** Moves a place to another over some frames, so that the eye can follow. Another goal may come while it moves; who moves the place takes over. */
const halfwayMs = 28;

export class Glide {
  readonly #place: () => number;
  readonly #move: (to: number) => void;
  #goal = 0;
  #left = 0; // where the last step left it
  #time = 0;
  #frame: number | undefined;

  constructor(place: () => number, move: (to: number) => void) {
    this.#place = place;
    this.#move = move;
  }

  /** From where it is, or from where it is going to; not beyond 0 and `last`. */
  by(distance: number, last: number): void {
    const place = this.#place();
    const isMoving = this.#frame !== undefined && place === this.#left;
    this.#goal = Math.min(last, Math.max(0, (isMoving ? this.#goal : place) + distance));
    this.#left = place;
    if (this.#frame !== undefined) return;
    this.#time = performance.now();
    this.#frame = requestAnimationFrame((time) => this.#step(time));
  }

  stop(): void {
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
  }

  #step(time: number): void {
    this.#frame = undefined;
    const place = this.#place();
    if (place !== this.#left) return;
    const rest = (this.#goal - place) * 2 ** (-Math.max(1, time - this.#time) / halfwayMs);
    this.#time = time;
    this.#move(Math.abs(rest) < 0.5 ? this.#goal : this.#goal - rest);
    this.#left = this.#place();
    if (this.#left !== this.#goal) this.#frame = requestAnimationFrame((next) => this.#step(next));
  }
}

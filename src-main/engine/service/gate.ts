/**
 * Where a run's work on files begins: as many at once as may be, what is urgent first, and none while it is shut. What waits here has not
 * begun, so that a pause takes hold at once for all but the few inside, and who moves files knows when no file is held.
 */
import { SquintError } from '../../contract/errors.ts';

export class Gate {
  readonly #places: () => number;
  readonly #signal: AbortSignal;
  readonly #urgent: (() => void)[] = [];
  readonly #other: (() => void)[] = [];
  #inside = 0;
  #isShut = false;
  #emptied = Promise.withResolvers<null>();

  /**
   * @param places inside at once
   * @param signal ends it: what waits is refused
   */
  constructor(places: () => number, signal: AbortSignal) {
    this.#places = places;
    this.#signal = signal;
    signal.addEventListener('abort', () => this.#letIn(), { once: true });
  }

  /** @throws {SquintError} `stopped`, before anything was begun */
  async through<T>(work: () => Promise<T>, isUrgent = false): Promise<T> {
    const { promise, resolve } = Promise.withResolvers<null>();
    (isUrgent ? this.#urgent : this.#other).push(() => resolve(null));
    this.#letIn();
    await promise;
    try {
      if (this.#signal.aborted) throw new SquintError('stopped', 'The run was stopped.');
      return await work();
    } finally {
      this.#inside -= 1;
      if (this.#inside === 0) {
        this.#emptied.resolve(null);
        this.#emptied = Promise.withResolvers();
      }
      this.#letIn();
    }
  }

  shut(): void {
    this.#isShut = true;
  }

  open(): void {
    this.#isShut = false;
    this.#letIn();
  }

  /** Until nothing is inside; for one that is shut. */
  async empty(): Promise<void> {
    if (this.#inside > 0) await this.#emptied.promise;
  }

  #letIn(): void {
    while (this.#signal.aborted || (!this.#isShut && this.#inside < this.#places())) {
      const enter = this.#urgent.shift() ?? this.#other.shift();
      if (!enter) return;
      this.#inside += 1;
      enter();
    }
  }
}

/**
 * The order in which questions go to the reader. Two lanes share it: what people look at, and the run's reads. The first goes first but
 * leaves one place to the second, so that neither starves; within a lane goes first what somebody waits for.
 */
export interface Waiting {
  readonly lane: Lane;
  readonly urgent: boolean;
}

export type Lane = 'viewing' | 'run';

export class Lanes<Q extends Waiting> {
  readonly #queues = { viewing: { urgent: [] as Q[], other: [] as Q[] }, run: { urgent: [] as Q[], other: [] as Q[] } };

  push(question: Q): void {
    this.#queueOf(question).push(question);
  }

  /** @returns whether it still waited */
  drop(question: Q): boolean {
    const queue = this.#queueOf(question);
    const at = queue.indexOf(question);
    if (at >= 0) queue.splice(at, 1);
    return at >= 0;
  }

  /**
   * @param viewing questions of that lane under way
   * @param places that may be under way in all
   */
  next(viewing: number, places: number): Q | undefined {
    const yields = viewing >= Math.max(1, places - 1);
    return (yields ? this.#first('run') : undefined) ?? this.#first('viewing') ?? this.#first('run');
  }

  get size(): number {
    return this.#all().reduce((sum, queue) => sum + queue.length, 0);
  }

  /** @returns all that waited */
  empty(): Q[] {
    return this.#all().flatMap((queue) => queue.splice(0));
  }

  #first(lane: Lane): Q | undefined {
    const { urgent, other } = this.#queues[lane];
    return urgent.shift() ?? other.shift();
  }

  #queueOf({ lane, urgent }: Waiting): Q[] {
    return this.#queues[lane][urgent ? 'urgent' : 'other'];
  }

  #all(): Q[][] {
    return Object.values(this.#queues).flatMap(({ urgent, other }) => [urgent, other]);
  }
}

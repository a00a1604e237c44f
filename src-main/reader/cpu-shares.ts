/**
 * Whose was the CPU time? The process's clock cannot tell reads in flight apart, so between two events (a read starts, a read ends) the time
 * is divided equally among those in flight. Over all reads the shares add up to what the process spent while it had any; time in which
 * nothing was in flight, such as the start, is nobody's.
 */
export class CpuShares {
  readonly #clock: () => number;
  readonly #shares = new Map<number, number>();
  #last = 0;
  #next = 0;

  /** @param clock the CPU time of the whole process so far, milliseconds */
  constructor(clock: () => number = processCpuMs) {
    this.#clock = clock;
  }

  /** @returns the read's number, for `finish` */
  start(): number {
    this.#divide();
    this.#shares.set(this.#next, 0);
    return this.#next++;
  }

  /** @returns the read's share, milliseconds */
  finish(read: number): number {
    this.#divide();
    const share = this.#shares.get(read) ?? 0;
    this.#shares.delete(read);
    return share;
  }

  #divide(): void {
    const now = this.#clock();
    const each = (now - this.#last) / this.#shares.size;
    this.#last = now;
    for (const [read, share] of this.#shares) this.#shares.set(read, share + each);
  }
}

function processCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

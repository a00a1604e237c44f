/**
 * Reading, supervised. Keeps a reader child alive and a bounded number of files in flight, and answers every read exactly once, whatever
 * the files do to the child.
 *
 * When the reader dies or misses a deadline, the files in flight become suspects and are tried again one at a time. A file that ends it
 * twice while alone in flight is given up by name; no other file suffers for it.
 */
import { availableParallelism } from 'node:os';
import { type Problem, SquintError } from '../contract/errors.ts';
import { type FromReader, type Pixels, type ToReader, type Want, readerProgram } from '../reader/index.ts';
import { type Child, patience, startChild } from './child.ts';

export type Answer = { ok: true; pixels: Pixels } | { ok: false; problem: Problem; skipped: boolean; bytes: number; cpuMs: number };

interface Job {
  readonly path: string;
  readonly want: Want;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
  deathsAlone: number;
  overdue: boolean; // whether its last death was a missed deadline
}

const fileDeadlineMs = 20_000;

export class Reading {
  readonly #inFlight = new Map<number, { job: Job; deadline: NodeJS.Timeout }>();
  readonly #window: number;
  readonly #deadlineMs: number;
  readonly #program: URL;
  #child: Child<ToReader>;
  #urgent: Job[] = []; // closer looks: photos that are under way already
  #waiting: Job[] = [];
  #suspects: Job[] = [];
  #seq = 0;
  #isReady = false;
  #failedStarts = 0;
  #closed: SquintError | null = null; // why no read is taken any more
  /** CPU milliseconds of readers that ended in peace, start-up included. */
  processCpuMs = 0;

  /**
   * @param window files in flight: two more than can be decoded at once, so that the reader never waits for the next question (a seventh faster
   *   than one per core)
   * @param program another reader, in tests of faults
   */
  constructor({ window = availableParallelism() + 2, deadlineMs = fileDeadlineMs, program = readerProgram } = {}) {
    this.#program = program;
    this.#window = window;
    this.#deadlineMs = deadlineMs;
    this.#child = this.#start();
  }

  /** For tests of faults. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /**
   * @param urgent goes before all that is not
   * @throws {SquintError} `stopped` where reading was stopped before the file's turn, `reader-broken` where no reader can be started
   */
  read(path: string, want: Want, urgent: boolean): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const job: Job = { path, want, resolve, reject, deathsAlone: 0, overdue: false };
      if (this.#closed) reject(this.#closed);
      else (urgent ? this.#urgent : this.#waiting).push(job);
      this.#pump();
    });
  }

  /** Gives up what has not begun; what is in flight is still answered. */
  stopTaking(): void {
    this.#closed ??= stopped();
    this.#rejectWaiting(this.#closed);
  }

  async close(): Promise<void> {
    this.stopTaking();
    await this.#child.stop();
    for (const { job, deadline } of this.#inFlight.values()) {
      clearTimeout(deadline);
      job.reject(stopped());
    }
  }

  #start(): Child<ToReader> {
    return startChild<ToReader>(this.#program, {
      message: (message) => this.#hear(message as FromReader),
      death: (blame) => this.#died(blame),
    });
  }

  #pump(): void {
    if (!this.#isReady) return;
    if (this.#suspects.length > 0) {
      if (this.#inFlight.size === 0) this.#ask(this.#suspects.shift()!);
      return;
    }
    while (this.#inFlight.size < this.#window) {
      const job = this.#urgent.shift() ?? this.#waiting.shift();
      if (!job) return;
      this.#ask(job);
    }
  }

  #ask(job: Job): void {
    const seq = ++this.#seq;
    const deadline = setTimeout(() => {
      job.overdue = true;
      this.#child.kill();
    }, this.#deadlineMs);
    this.#inFlight.set(seq, { job, deadline });
    this.#child.send({ type: 'read', seq, path: job.path, want: job.want });
  }

  #hear(message: FromReader): void {
    if (message.type === 'ready') {
      this.#isReady = true;
      this.#failedStarts = 0;
      this.#pump();
      return;
    }
    if (message.type === 'stopped') {
      this.processCpuMs += message.cpuMs;
      return;
    }
    const asked = this.#inFlight.get(message.seq);
    if (!asked) return;
    clearTimeout(asked.deadline);
    this.#inFlight.delete(message.seq);
    if (message.type === 'pixels') asked.job.resolve({ ok: true, pixels: message.pixels });
    else {
      const { problem, skipped, bytes, cpuMs } = message;
      asked.job.resolve({ ok: false, problem, skipped, bytes, cpuMs });
    }
    this.#pump();
  }

  #died(blame: number): void {
    const jobs = [...this.#inFlight.values()].map(({ job, deadline }) => {
      clearTimeout(deadline);
      return job;
    });
    this.#inFlight.clear();
    for (const job of jobs) this.#suspect(job, jobs.length === 1);
    if (!this.#isReady) this.#failedStarts += blame;
    if (this.#failedStarts > patience) {
      this.#giveUp();
      return;
    }
    this.#isReady = false;
    this.#child = this.#start();
  }

  #suspect(job: Job, alone: boolean): void {
    if (alone) job.deathsAlone += 1;
    if (job.deathsAlone >= 2) job.resolve(quarantined(job, this.#deadlineMs));
    else this.#suspects.push(job);
  }

  #giveUp(): void {
    this.#closed = new SquintError('reader-broken', 'The part of Squint that reads photos does not start on this computer.', {
      hint: 'Start Squint with SQUINT_DEBUG=1 to see why; reinstalling its packages (npm ci) often helps.',
    });
    this.#rejectWaiting(this.#closed);
  }

  #rejectWaiting(error: Error): void {
    for (const job of [...this.#suspects, ...this.#urgent, ...this.#waiting]) job.reject(error);
    this.#suspects = [];
    this.#urgent = [];
    this.#waiting = [];
  }
}

const stopped = (): SquintError => new SquintError('stopped', 'The run was stopped before this file was read.');

function quarantined({ path, overdue }: Job, deadlineMs: number): Answer {
  const problem: Problem = overdue
    ? { code: 'too-slow', message: `Reading it took longer than ${deadlineMs / 1000} s, twice.`, path }
    : { code: 'reader-crashed', message: 'Reading it made the reader crash, twice.', hint: 'The file may be damaged.', path };
  return { ok: false, problem, skipped: false, bytes: 0, cpuMs: 0 };
}

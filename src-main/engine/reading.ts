/**
 * Reading, supervised. Keeps a reader child while there is work for it and a bounded number of files in flight, and answers every question
 * exactly once, whatever the files do to the child.
 *
 * The run's reads and what people look at share the child (lanes.ts). One that nobody asked for a while is ended; the next question starts
 * another.
 *
 * When the reader dies or misses a deadline, the files in flight become suspects and are tried again one at a time. A file that ends it
 * twice while alone in flight is given up by name; no other file suffers for it.
 */
import { availableParallelism } from 'node:os';
import { type Problem, SquintError } from '../contract/errors.ts';
import {
  type About,
  type Answered,
  type FromReader,
  type Made,
  type Make,
  type NotRead,
  type Pixels,
  type Question,
  type ToReader,
  type Want,
  readerProgram,
} from '../reader/index.ts';
import { type Child, patience, startChild } from './child.ts';
import { Lanes, type Waiting } from './lanes.ts';

export type Failure = { ok: false } & NotRead;
export type Answer = { ok: true; pixels: Pixels } | Failure;

interface Job extends Waiting {
  readonly path: string;
  readonly question: Question;
  readonly resolve: (answer: Answered) => void;
  readonly reject: (error: Error) => void;
  deathsAlone: number;
  overdue: boolean; // whether its last death was a missed deadline
}

const fileDeadlineMs = 20_000;
const childIdleMs = 30_000;

export class Reading {
  readonly #inFlight = new Map<number, { job: Job; deadline: NodeJS.Timeout }>();
  readonly #deadlineMs: number;
  readonly #idleMs: number;
  readonly #program: URL;
  #window: number;
  #child: Child<ToReader> | null;
  readonly #waiting = new Lanes<Job>();
  #suspects: Job[] = [];
  #seq = 0;
  #isReady = false;
  #failedStarts = 0;
  #idle: NodeJS.Timeout | undefined;
  #closed: SquintError | null = null; // why no question is taken any more
  /** CPU milliseconds of readers that ended in peace, start-up included. */
  processCpuMs = 0;
  /** CPU milliseconds of what people looked at, booked on no run. */
  viewingCpuMs = 0;

  /**
   * @param window files in flight: two more than can be decoded at once, so that the reader never waits for the next question (a seventh faster
   *   than one per core)
   * @param program another reader, in tests of faults
   */
  constructor({
    window = availableParallelism() + 2,
    deadlineMs = fileDeadlineMs,
    idleMs = childIdleMs,
    program = readerProgram,
  }: { window?: number; deadlineMs?: number; idleMs?: number; program?: URL } = {}) {
    this.#program = program;
    this.#window = window;
    this.#deadlineMs = deadlineMs;
    this.#idleMs = idleMs;
    this.#child = this.#start();
  }

  /** Undefined while no child is kept. For tests of faults. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  set window(files: number) {
    this.#window = files;
    this.#pump();
  }

  /**
   * A photo for the networks.
   *
   * @param urgent a closer look: the photo is under way already, and goes before those that are not
   * @param signal gives up what has not begun
   * @throws {SquintError} `stopped` where reading was stopped before the file's turn, `reader-broken` where no reader can be started
   */
  async read(path: string, want: Want, urgent: boolean, signal?: AbortSignal): Promise<Answer> {
    const answer = await this.#ask(path, { type: 'read', want }, { lane: 'run', urgent }, signal);
    return answer.type === 'pixels' ? { ok: true, pixels: answer.pixels } : failure(answer);
  }

  /**
   * A picture for people, written to a file.
   *
   * @param urgent somebody waits for it now
   * @throws {SquintError} as `read`
   */
  async make(path: string, make: Make, urgent: boolean): Promise<{ ok: true; made: Made } | Failure> {
    const answer = await this.#ask(path, { type: 'make', make }, { lane: 'viewing', urgent });
    this.viewingCpuMs += costOf(answer);
    return answer.type === 'made' ? { ok: true, made: answer.made } : failure(answer);
  }

  /**
   * What a file says of itself.
   *
   * @throws {SquintError} as `read`
   */
  async about(path: string): Promise<{ ok: true; about: About } | Failure> {
    const answer = await this.#ask(path, { type: 'about' }, { lane: 'viewing', urgent: true });
    this.viewingCpuMs += costOf(answer);
    return answer.type === 'about' ? { ok: true, about: answer.about } : failure(answer);
  }

  /** Gives up what has not begun; what is in flight is still answered. */
  stopTaking(): void {
    this.#closed ??= stopped();
    this.#rejectWaiting(this.#closed);
  }

  async close(): Promise<void> {
    this.stopTaking();
    clearTimeout(this.#idle);
    await this.#child?.stop();
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

  #ask(path: string, question: Question, waiting: Waiting, signal?: AbortSignal): Promise<Answered> {
    return new Promise((resolve, reject) => {
      if (this.#closed) {
        reject(this.#closed);
        return;
      }
      if (signal?.aborted) {
        reject(stopped());
        return;
      }
      const drop = (): void => {
        if (this.#waiting.drop(job)) job.reject(stopped());
      };
      const job: Job = {
        path,
        question,
        ...waiting,
        resolve: (answer) => {
          signal?.removeEventListener('abort', drop);
          resolve(answer);
        },
        reject,
        deathsAlone: 0,
        overdue: false,
      };
      signal?.addEventListener('abort', drop, { once: true });
      this.#waiting.push(job);
      this.#pump();
    });
  }

  #pump(): void {
    clearTimeout(this.#idle);
    if (this.#inFlight.size + this.#suspects.length + this.#waiting.size === 0) {
      this.#idle = setTimeout(() => this.#rest(), this.#idleMs).unref();
      return;
    }
    this.#child ??= this.#start();
    if (!this.#isReady) return;
    if (this.#suspects.length > 0) {
      if (this.#inFlight.size === 0) this.#send(this.#suspects.shift()!);
      return;
    }
    while (this.#inFlight.size < this.#window) {
      const viewing = [...this.#inFlight.values()].filter(({ job }) => job.lane === 'viewing').length;
      const job = this.#waiting.next(viewing, this.#window);
      if (!job) return;
      this.#send(job);
    }
  }

  #rest(): void {
    const child = this.#child;
    this.#child = null;
    this.#isReady = false;
    void child?.stop();
  }

  #send(job: Job): void {
    const seq = ++this.#seq;
    const deadline = setTimeout(() => {
      job.overdue = true;
      this.#child?.kill();
    }, this.#deadlineMs);
    this.#inFlight.set(seq, { job, deadline });
    this.#child?.send({ ...job.question, seq, path: job.path });
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
    asked.job.resolve(message);
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
    this.#isReady = false;
    this.#child = null;
    if (this.#failedStarts > patience) this.#giveUp();
    else this.#pump();
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
    for (const job of [...this.#suspects.splice(0), ...this.#waiting.empty()]) job.reject(error);
  }
}

const stopped = (): SquintError => new SquintError('stopped', 'The run was stopped before this file was read.');

/** @throws where the reader answered another question than the one asked */
function failure(answer: Answered): Failure {
  if (answer.type !== 'failed') throw new SquintError('internal', `The reader answered with ${answer.type}.`);
  const { problem, skipped, bytes, cpuMs } = answer;
  return { ok: false, problem, skipped, bytes, cpuMs };
}

function costOf(answer: Answered): number {
  switch (answer.type) {
    case 'pixels':
      return answer.pixels.cpuMs;
    case 'made':
      return answer.made.cpuMs;
    case 'about':
      return answer.about.cpuMs;
    case 'failed':
      return answer.cpuMs;
  }
}

function quarantined({ path, overdue }: Job, deadlineMs: number): Answered {
  const problem: Problem = overdue
    ? { code: 'too-slow', message: `Reading it took longer than ${deadlineMs / 1000} s, twice.`, path }
    : { code: 'reader-crashed', message: 'Reading it made the reader crash, twice.', hint: 'The file may be damaged.', path };
  return { type: 'failed', problem, skipped: false, bytes: 0, cpuMs: 0 };
}

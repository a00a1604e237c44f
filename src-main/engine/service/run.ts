/**
 * One run: leads the photos of its queue through the same pipeline as the command line does, answers those whose content is known from the
 * catalogue, and tells how it stands. Photos may join it, and the policy may change, while it goes.
 */
import { FileError, type Problem, SquintError, toProblem } from '../../contract/errors.ts';
import type { Choice, RunState } from '../../contract/library.ts';
import { energyOf } from '../../energy/index.ts';
import { fullThresholds } from '../../policy/index.ts';
import { thresholdsByNetwork } from '../demands.ts';
import type { Inference } from '../inference.ts';
import { type Outcome, classifyPhoto } from '../photo.ts';
import { runPhotos } from '../pipeline.ts';
import { Tally } from '../tally.ts';
import { verdictOf } from '../verdict.ts';
import { type Context, type PackInUse, wattsIn } from './context.ts';
import { type Kept, decide } from './decide.ts';
import { Gate } from './gate.ts';
import { identify } from './identify.ts';
import { measuredFor } from './measure.ts';
import { Pace } from './pace.ts';
import { isThere } from './presence.ts';
import { type Item, Queue } from './queue.ts';
import { Results } from './results.ts';
import { filesInFlight } from './settings.ts';

export interface RunOptions {
  readonly context: Context;
  readonly use: PackInUse;
  readonly provider: string; // asked for
  readonly telling: () => void; // its state has changed
  readonly away: (root: number) => void; // hears of one that is not there
}

/** Who may have a run wait: the person, and Squint itself while it changes files. */
export type Waiter = 'person' | 'squint';

const noteEveryMs = 5000;
const hashedAtOnce = 8; // contents are told apart by some 100 kB of a file

type Led = { readonly photo: number } & (
  | { readonly kind: 'known'; readonly verdict: Kept }
  | { readonly kind: 'seen'; readonly outcome: Outcome; readonly closer: boolean }
  | { readonly kind: 'away' } // its root is not there any more: it waits until that comes back
);

export class Run {
  readonly id: number;
  readonly queue: Queue;
  readonly choice: Choice;
  readonly #options: RunOptions;
  readonly #results: Results;
  readonly #pace = new Pace();
  readonly #stop = new AbortController();
  readonly #hashing: Gate;
  readonly #reading: Gate;
  readonly #waitsFor = new Map<Waiter, string>(); // with the reason, in words for people
  readonly #cpuBefore = process.cpuUsage();
  readonly #watts;
  readonly #closerThresholds: readonly (readonly number[])[];
  #inference: Inference | null = null;
  #tally: Tally | null = null;
  #state: RunState['state'] = 'running';
  #reason: string | null = null;
  #hint: string | null = null;
  #hasFailed = false;
  #stored = 0;
  #noted = -Infinity; // when its progress was kept last
  #overheadMs = 0; // CPU time that no photo caused

  constructor(options: RunOptions) {
    const { context, use, provider } = options;
    this.#options = options;
    this.#watts = wattsIn(context);
    this.choice = use.inForce.choice;
    this.queue = new Queue(context.catalog, use.key);
    this.#hashing = new Gate(() => hashedAtOnce, this.#stop.signal);
    this.#reading = new Gate(() => filesInFlight(context.settings.current), this.#stop.signal);
    this.#closerThresholds = thresholdsByNetwork(use.pack, fullThresholds(use.pack.exits));
    this.id = context.catalog.beginRun({ pack: use.key, policy: this.choice, provider, files: 0 });
    this.#results = new Results({
      catalog: context.catalog,
      pack: use.key,
      decide: (verdict) => decide(verdict, use, use.inForce),
      written: (photos) => {
        context.revision += 1;
        context.notices.rows(photos);
        context.notices.counts();
        options.telling();
        this.#noteProgress();
      },
      failed: (error) => {
        this.#fail(error);
        this.queue.end();
      },
      removed: (photos) => context.notices.removed(photos),
    });
  }

  /** Until it is done, stopped or has failed. Never rejects: why it failed is in its state. */
  async go(): Promise<void> {
    const { context, telling } = this.#options;
    telling();
    try {
      await this.#goThrough();
      this.#results.write();
    } catch (error) {
      this.#fail(error);
    }
    await this.#options.use.machine?.save();
    const how = this.#hasFailed ? 'failed' : this.#stop.signal.aborted ? 'stopped' : 'done';
    this.#state = how;
    this.#pace.pause();
    const { user, system } = process.cpuUsage(this.#cpuBefore);
    this.#overheadMs += (user + system) / 1000; // of the engine; the children's start is not known before they end
    try {
      context.catalog.endRun(this.id, how, this.queue.photos, this.state());
    } catch (error) {
      this.#fail(error);
    }
  }

  /** No photo is read any more; what is with the networks comes through. It goes on when nobody has it wait. */
  pause(who: Waiter, reason: string): void {
    if (!['running', 'paused'].includes(this.#state)) return;
    this.#waitsFor.set(who, reason);
    this.#state = 'paused';
    this.#reason = [...this.#waitsFor.values()].at(-1)!;
    this.queue.pause();
    for (const gate of [this.#hashing, this.#reading]) gate.shut();
    this.#pace.pause();
  }

  resume(who: Waiter): void {
    if (!this.#waitsFor.delete(who) || this.#state !== 'paused') return;
    this.#reason = [...this.#waitsFor.values()].at(-1) ?? null;
    if (this.#waitsFor.size > 0) return;
    this.#state = 'running';
    for (const gate of [this.#hashing, this.#reading]) gate.open();
    this.queue.resume();
    this.#pace.resume();
  }

  /** Until no file is held open; for a run that waits. */
  async still(): Promise<void> {
    await Promise.all([this.#hashing.empty(), this.#reading.empty()]);
  }

  /** What is known is kept; the rest waits. */
  stop(reason: string | null, hint: string | null): void {
    this.#state = 'stopping';
    this.#reason = reason;
    this.#hint = hint;
    this.#stop.abort();
    this.queue.end();
  }

  state(): RunState {
    const { pack } = this.#options.use;
    const sums = this.#tally?.summary({ how: 'done', providerNote: null, files: 0, seconds: 0, overheadMs: this.#overheadMs });
    const { failed = 0, skipped = 0, verdicts = 0 } = sums ?? {};
    const done = verdicts + failed + skipped + this.#stored;
    const photosPerSecond = this.#state === 'running' ? this.#pace.mark(done) : null;
    const left = this.queue.photos - done;
    const none = { read: 0, network: 0, ofRead: 0, ofNetwork: 0 };
    const { read, network, ofRead, ofNetwork } = sums?.saved ?? none;
    return {
      id: this.id,
      state: this.#state === 'running' && this.queue.grows ? 'counting' : this.#state,
      reason: this.#reason,
      hint: this.#hint,
      choice: this.choice,
      files: Math.max(this.queue.photos, done),
      done,
      stored: this.#stored,
      failed,
      skipped,
      photosPerSecond,
      secondsLeft: photosPerSecond && !this.queue.grows ? Math.max(0, left) / photosPerSecond : null,
      seconds: this.#pace.seconds,
      provider: this.#inference?.provider ?? this.#options.provider,
      providerNote: this.#inference?.note ?? null,
      rungs: { ...(sums?.rungs ?? { preview: 0, scaled: 0, full: 0 }) },
      bytes: sums?.bytes ?? 0,
      exits: [...(sums?.exits ?? new Array<number>(pack.exits).fill(0))],
      energy: sums?.energy ?? energyOf({ read: 0, network: 0 }, this.#watts),
      overheadJoules: sums?.overheadJoules ?? 0,
      watts: { ...this.#watts },
      saved: { read, network, ofRead, ofNetwork },
    };
  }

  async #goThrough(): Promise<void> {
    const { context, use, provider } = this.#options;
    this.#inference = use.networks.on(provider);
    await this.#inference.ready;
    const photos = this.queue[Symbol.asyncIterator]();
    const first = await photos.next();
    if (first.done) return;
    const machine = await measuredFor(context, use, this.#inference, first.value.path);
    this.#tally = new Tally(use.pack, this.#watts, machine);
    this.#pace.begin();
    this.#pace.mark(0);
    await runPhotos(
      startingWith(first.value, photos),
      (item) => this.#lead(item),
      (led) => this.#tell(led),
      this.#stop.signal,
    );
  }

  async #lead(item: Item): Promise<Led> {
    try {
      const identified = await this.#hashing.through(() => this.#identify(this.#asItLies(item)));
      const photo = typeof identified === 'number' ? identified : item.id;
      const known = item.closer || photo !== identified ? null : this.#known(photo);
      if (known) return { kind: 'known', photo, verdict: known };
      const outcome = typeof identified === 'number' ? await this.#look({ ...item, id: photo }) : identified;
      const wasReadable = outcome.kind === 'classified' ? !outcome.course.damaged : outcome.skipped;
      if (!wasReadable && !(await this.#isRootThere(photo))) return { kind: 'away', photo };
      return { kind: 'seen', photo, outcome, closer: item.closer };
    } catch (error) {
      if (!(error instanceof SquintError && error.code === 'stopped')) this.queue.end(); // it makes the run impossible
      throw error;
    }
  }

  /** By its content, so that a moved file and a duplicate are not run again. */
  async #identify({ id, path, contentKnown }: Item): Promise<number | Outcome> {
    if (contentKnown) return id;
    const { catalog, notices } = this.#options.context;
    try {
      const { photo, relinkedFrom } = await identify(catalog, id, path);
      if (relinkedFrom !== null) {
        notices.removed([relinkedFrom]);
        notices.rows([photo]);
      }
      return photo;
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      return { kind: 'refused', path, problem: toProblem(error), skipped: false, cpuMs: 0, bytes: 0 };
    }
  }

  /** It may have been moved while the run waited. */
  #asItLies(item: Item): Item {
    return { ...item, path: this.#options.context.catalog.fileOf(item.id)?.path ?? item.path };
  }

  /** What is known of its content, if that is enough for the policy in force. */
  #known(photo: number): Kept | null {
    const { context, use } = this.#options;
    const verdict: Kept | null = context.catalog.verdictOf(photo, use.key);
    return verdict && !decide(verdict, use, use.inForce).further ? verdict : null;
  }

  async #isRootThere(photo: number): Promise<boolean> {
    const { context, away } = this.#options;
    const file = context.catalog.fileOf(photo);
    if (!file) return false;
    const there = await isThere(context, file.root);
    if (!there) away(file.root);
    return there;
  }

  #look(item: Item): Promise<Outcome> {
    const { context, use } = this.#options;
    const { closer } = item;
    return classifyPhoto(item.path, {
      pack: use.pack,
      reading: {
        read: (_, want, urgent) =>
          this.#reading.through(() => context.thumbnails.read(this.#asItLies(item).path, want, urgent, this.#stop.signal), urgent),
      },
      inference: this.#inference!,
      thresholds: closer ? this.#closerThresholds : use.inForce.thresholds,
      from: closer ? 'scaled' : use.inForce.from,
    });
  }

  #tell(led: Led): void {
    const { use } = this.#options;
    const tally = this.#tally!;
    if (led.kind === 'away') {
      this.queue.photos -= 1;
      return;
    }
    if (led.kind === 'known') {
      this.#stored += 1;
      this.#results.add({ kind: 'known', photo: led.photo, verdict: led.verdict });
      return;
    }
    const { outcome, photo, closer } = led;
    if (outcome.kind === 'refused') {
      tally[outcome.skipped ? 'skipped' : 'failed'] += 1;
      this.#overheadMs += outcome.cpuMs;
      const { code, message, hint } = outcome.problem;
      this.#results.add({
        kind: 'problem',
        photo,
        problem: { kind: outcome.skipped ? 'skipped' : 'failed', code, message, ...(hint !== undefined && { hint }) },
      });
      return;
    }
    const verdict = verdictOf(outcome.course, { pack: use.pack, policy: use.inForce.policy, watts: this.#watts });
    tally.add(outcome.course, verdict);
    const { width, height, taken, camera } = outcome.course.reads[0]!;
    this.#results.add({
      kind: 'verdict',
      photo,
      run: this.id,
      verdict: closer ? { ...verdict, closer } : verdict,
      facts: { width, height, ...(taken !== null && { taken }), ...(camera !== null && { camera }) },
    });
  }

  /** Now and then, so that a run that a crash ends still tells what it spent. */
  #noteProgress(): void {
    if (performance.now() - this.#noted < noteEveryMs) return;
    this.#noted = performance.now();
    this.#options.context.catalog.noteRun(this.id, this.queue.photos, this.state());
  }

  #fail(error: unknown): void {
    this.#options.context.log.write(error);
    if (this.#hasFailed) return; // the first reason is the one to tell
    const problem: Problem = toProblem(error);
    this.#hasFailed = true;
    this.#reason = problem.message;
    this.#hint = problem.hint ?? null;
  }
}

async function* startingWith<T>(first: T, rest: AsyncIterator<T>): AsyncGenerator<T> {
  yield first;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

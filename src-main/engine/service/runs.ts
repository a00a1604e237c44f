/** The run that goes, or the one that went last: there is never more than one, and what comes meanwhile joins it. */
import type { View } from '../../catalog/index.ts';
import type { Filter, RunState } from '../../contract/library.ts';
import { type Context, packOf } from './context.ts';
import { Run } from './run.ts';

export interface Feed {
  /** @throws {PackError} why nothing can be run */
  add(ids: readonly number[]): void;
  through(): void;
}

const page = 1000; // photos looked through at once: a few milliseconds

export class Runs {
  readonly #context: Context;
  #run: Run | null = null;
  #going: Promise<void> = Promise.resolve();
  #shown: readonly number[] = [];
  readonly #heldBack: { readonly reason: string }[] = []; // by whom
  #last: RunState | null;
  /** Hears of a root that is not there. */
  away: (root: number) => void = () => {};

  /** @param last how the last run before this start ended */
  constructor(context: Context, last: RunState | null) {
    this.#context = context;
    this.#last = last;
  }

  state(): RunState | null {
    return this.#run?.state() ?? this.#last;
  }

  /**
   * For somebody who finds photos bit by bit: they join the run that goes, or begin one. It does not end before they are through; where the
   * person stopped it meanwhile, what is found later waits.
   */
  feed(): Feed {
    let run: Run | null = null;
    let through: (() => void) | null = null;
    return {
      add: (ids) => {
        if (ids.length === 0) return;
        run ??= this.#begun();
        through ??= run.queue.expectMore();
        run.queue.add(ids);
      },
      through: () => through?.(),
    };
  }

  /** Through every exit. @throws {PackError} why nothing can be run */
  closer(ids: readonly number[]): void {
    if (ids.length > 0) this.#begun().queue.addCloser(ids);
  }

  /**
   * Those that a filter leaves and that wait, or that the policy in force would take further. Who asks for what is not sorted means those that
   * failed, too: a drive may be back, a file be mended.
   *
   * @throws {PackError} as above
   */
  async start(filter: Filter): Promise<void> {
    const { catalog, notices } = this.#context;
    const { key } = packOf(this.#context);
    const feed = this.feed();
    try {
      for (let after: string | null = null; ; await new Promise(setImmediate)) {
        const view: View = { filter, order: 'added', after, limit: page };
        if (filter.pile?.kind === 'not-sorted') notices.rows(catalog.tryAgain(view));
        const { photos, next } = catalog.photosToRun(view, key);
        feed.add(photos.map(({ id }) => id));
        if (next === null) return;
        after = next;
      }
    } finally {
      feed.through();
    }
  }

  /** What is on screen, most wanted first: it comes first. */
  show(ids: readonly number[]): void {
    this.#shown = ids;
    this.#run?.queue.show(ids);
  }

  get shown(): readonly number[] {
    return this.#shown;
  }

  pause(): void {
    this.#run?.pause('person', 'You paused it.');
    this.#context.notices.run();
  }

  resume(): void {
    this.#run?.resume('person');
    this.#context.notices.run();
  }

  /**
   * For somebody who changes files: the run that goes, and one that begins meanwhile, waits. One that the person paused stays so afterwards.
   *
   * @param reason in words for people
   * @returns ends it
   */
  holdBack(reason: string): () => void {
    const mine = { reason };
    this.#heldBack.push(mine);
    this.#wait();
    return () => {
      const at = this.#heldBack.indexOf(mine);
      if (at < 0) return;
      this.#heldBack.splice(at, 1);
      this.#wait();
    };
  }

  /** Until the run that is held back has no file open. */
  async still(): Promise<void> {
    await this.#run?.still();
  }

  /** Until it has ended. @param reason in words for people, where it was not the person's wish */
  async stop(reason: string | null = null, hint: string | null = null): Promise<void> {
    this.#run?.stop(reason, hint);
    this.#context.notices.run();
    await this.#going;
  }

  #begun(): Run {
    if (this.#run && !this.#run.queue.ended) return this.#run;
    const { notices, settings } = this.#context;
    const run = new Run({
      context: this.#context,
      use: packOf(this.#context),
      provider: settings.current.provider,
      telling: () => notices.run(),
      away: (root) => this.away(root),
    });
    run.queue.show(this.#shown);
    this.#run = run;
    this.#wait();
    this.#going = this.#going.then(() => run.go()).then(() => this.#ended(run)); // one that is ending ends first
    return run;
  }

  #wait(): void {
    const last = this.#heldBack.at(-1);
    if (last) this.#run?.pause('squint', last.reason);
    else this.#run?.resume('squint');
    this.#context.notices.run();
  }

  #ended(run: Run): void {
    this.#last = run.state();
    if (this.#run === run) this.#run = null;
    this.#context.notices.run();
    this.#context.notices.counts();
  }
}

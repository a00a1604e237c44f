/**
 * What the library knows of a photo by its content, whatever it is called and wherever it lies, and what a run of the command line adds to
 * it. What is found out is written a few at a time, ten times a second at most: a run that is killed goes on where it was.
 */
import type { Catalog, PackKey, SeenContent } from '../catalog/index.ts';
import type { Rung, Verdict } from '../contract/events.ts';
import type { RunState } from '../contract/library.ts';
import { fastHash } from '../library/index.ts';
import type { Pack } from '../packs/index.ts';
import type { Policy } from '../policy/index.ts';
import type { ReadFrom } from '../reader/index.ts';
import { runPhotos } from './pipeline.ts';
import { type Kept, bare } from './service/decide.ts';
import { Throttle } from './service/throttle.ts';
import { preprocessingVersion } from './photo.ts';
import { decideAgain } from './verdict.ts';

export interface Wanted {
  readonly pack: Pack;
  readonly policy: Policy;
  readonly preset: RunState['choice'] & { kind: 'preset' };
  readonly provider: string;
  readonly read: 'auto' | ReadFrom; // where it was asked for, what was seen more coarsely does not do
}

/** A photo, by what is in it. */
export interface Recalled {
  readonly hash: string | null; // null where the file could not be read
  readonly verdict: Verdict | null; // that answers; null where it must be looked at
  readonly visited: number; // exits of what is known, although it may not answer
}

const everyMs = 100;
const few = 500; // photos: as long as the networks take to start
const rungs: readonly Rung[] = ['preview', 'scaled', 'full'];

export class Recall {
  readonly #catalog: Catalog;
  readonly #wanted: Wanted;
  readonly #key: PackKey;
  readonly #changed: () => void;
  readonly #asked = new Map<string, Recalled>(); // by path, until its turn comes
  readonly #throttle = new Throttle(everyMs, () => this.#tryToWrite());
  #waiting: { readonly content: SeenContent; readonly verdict: Verdict }[] = [];
  #failure: Error | null = null;
  #run: number | null = null; // begun with its first verdict
  #hasEnded = false;

  /** @param changed photos in folders of the list have a new verdict: what is shown of them is to be decided again */
  constructor(catalog: Catalog, wanted: Wanted, changed: () => void) {
    this.#catalog = catalog;
    this.#wanted = wanted;
    this.#changed = changed;
    this.#key = { digest: wanted.pack.digest, preprocessing: preprocessingVersion };
  }

  /** Whether all can be answered, so that no network need be started. Of many photos it is not asked. */
  async answersAll(paths: readonly string[], signal: AbortSignal): Promise<boolean> {
    if (paths.length > few) return false;
    const gap = new AbortController();
    await runPhotos(
      paths,
      async (path) => [path, await this.#lookUp(path)] as const,
      ([path, recalled]) => {
        this.#asked.set(path, recalled);
        if (!recalled.verdict) gap.abort();
      },
      AbortSignal.any([signal, gap.signal]),
    );
    return !gap.signal.aborted && !signal.aborted;
  }

  async of(path: string): Promise<Recalled> {
    const asked = this.#asked.get(path);
    this.#asked.delete(path);
    return asked ?? this.#lookUp(path);
  }

  /** What was seen of a file that is not there any more, or another one by now, is not kept. */
  async isStill(path: string, { hash }: Recalled): Promise<boolean> {
    return (await fastHash(path).catch(() => null)) === hash;
  }

  /**
   * What was found out. One that visited fewer exits than what is known stays out: it knows less.
   *
   * @throws {SquintError} why the library could not be written
   */
  keep({ hash, visited }: Recalled, { width, height, taken, camera }: Omit<SeenContent, 'hash'>, verdict: Verdict): void {
    if (this.#failure) throw this.#failure;
    if (hash === null || verdict.opinions.length < visited) return;
    this.#waiting.push({ content: { hash, width, height, taken, camera }, verdict });
    this.#throttle.ask();
  }

  /** All that waits, and how the run ended. @throws {SquintError} as above */
  end(state: (run: number) => RunState): void {
    this.#throttle.stop();
    if (this.#failure) throw this.#failure;
    this.#write();
    this.#hasEnded = true;
    if (this.#run === null) return; // nothing was found out
    const told = state(this.#run);
    this.#catalog.endRun(this.#run, told.state === 'done' ? 'done' : 'stopped', told.files, told);
  }

  /** Where the run has not been ended it has failed. */
  close(): void {
    this.#throttle.stop();
    try {
      if (!this.#hasEnded && !this.#failure) this.#write();
      if (!this.#hasEnded && this.#run !== null) this.#catalog.endRun(this.#run, 'failed', 0, null);
    } catch {
      // It is told already, or the first reason is the one to tell; what is not written is looked at again.
    } finally {
      this.#catalog.close();
    }
  }

  async #lookUp(path: string): Promise<Recalled> {
    let hash: string;
    try {
      hash = await fastHash(path);
    } catch {
      return { hash: null, verdict: null, visited: 0 }; // the reader says why
    }
    const kept: Kept | null = this.#catalog.verdictOfContent(hash, path, this.#key);
    if (!kept) return { hash, verdict: null, visited: 0 };
    const { pack, policy, read } = this.#wanted;
    const { verdict, further } = decideAgain(kept, { pack, policy, toLast: kept.closer === true });
    const answers = !further && seenFrom(kept, read);
    return { hash, verdict: answers ? bare(verdict) : null, visited: kept.closer === true ? Infinity : kept.opinions.length };
  }

  #tryToWrite(): void {
    try {
      this.#write();
    } catch (error) {
      this.#failure = error as Error;
    }
  }

  #write(): void {
    const lot = this.#waiting;
    this.#waiting = [];
    if (lot.length === 0) return;
    const { preset, provider } = this.#wanted;
    this.#run ??= this.#catalog.beginRun({ pack: this.#key, policy: preset, provider, files: 0 });
    const run = this.#run;
    const shown = this.#catalog.transaction(() =>
      lot.map(({ content, verdict }) => this.#catalog.storeVerdictOfContent(content, run, this.#key, verdict)),
    );
    if (shown.includes(true)) this.#changed();
  }
}

/** Whether every picture was made from as much of the file as was asked for. */
const seenFrom = ({ opinions }: Verdict, read: Wanted['read']): boolean =>
  read === 'auto' || opinions.every(({ rung }) => rungs.indexOf(rung) >= rungs.indexOf(read));

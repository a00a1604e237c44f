/**
 * Another policy makes of what is known what it would have made of it: every stored verdict is decided again from its opinions, and nothing
 * is run. In slices, so that other requests are answered meanwhile; a newer choice ends an older one's work. A file marks that it is under
 * way: where it stays behind, the next start takes it up again.
 */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Choice, Row } from '../../contract/library.ts';
import type { Verdict } from '../../contract/events.ts';
import { type Context, type PackInUse, packOf, settingsIn } from './context.ts';
import { decide, inForce } from './decide.ts';
import type { Runs } from './runs.ts';

/** The file that marks it. Who changes verdicts of photos in the list without deciding them makes it, too. */
export const redecidingMarker = (home: string): string => join(home, 'redeciding');

const page = 50; // photos decided in one go: fifteen milliseconds where all of them change

export interface Redecided {
  readonly changed: number;
  readonly further: number; // of all that is known: the policy would look closer
}

export class Redeciding {
  readonly #context: Context;
  readonly #runs: Pick<Runs, 'shown'>;
  readonly #marker: string;
  #latest = 0;
  #working: Promise<unknown> = Promise.resolve();

  constructor(context: Context, runs: Pick<Runs, 'shown'>) {
    this.#context = context;
    this.#runs = runs;
    this.#marker = redecidingMarker(context.home);
  }

  /** What an earlier start left undone. */
  takeUp(): void {
    const { use, log } = this.#context;
    if (use && existsSync(this.#marker)) this.#again(use).catch((error: unknown) => log.write(error));
  }

  async close(): Promise<void> {
    this.#latest += 1;
    await this.#working;
  }

  /** @throws {SquintError} `no-such-point`, `not-calibrated`: then all stays as it was; `unwritable`: then it holds until Squint ends */
  async choose(choice: Choice): Promise<Redecided> {
    const { settings, notices } = this.#context;
    const use = packOf(this.#context);
    use.inForce = inForce(use, choice);
    notices.settings(settingsIn(this.#context));
    try {
      settings.change({ choice });
    } catch (error) {
      await this.#again(use);
      throw error;
    }
    return this.#again(use);
  }

  #again(use: PackInUse): Promise<Redecided> {
    try {
      writeFileSync(this.#marker, '');
    } catch {
      // Then one that is cut short is not taken up.
    }
    const working = this.#goThrough(use);
    this.#working = working.catch(() => {});
    return working;
  }

  /** Brings every photo's state to the policy in force; those on screen first. */
  async #goThrough(use: PackInUse): Promise<Redecided> {
    const { catalog, notices } = this.#context;
    const mine = ++this.#latest;
    let changed = 0;
    for (const { ids, onScreen } of this.#pages()) {
      const moved = catalog.transaction(() => this.#decide(ids, use));
      changed += moved.length;
      if (onScreen) notices.rows(moved);
      notices.counts();
      await new Promise(setImmediate);
      if (mine !== this.#latest) break;
    }
    if (mine === this.#latest) rmSync(this.#marker, { force: true });
    if (changed > 0) notices.changed();
    return { changed, further: catalog.counts().further };
  }

  *#pages(): Generator<{ readonly ids: readonly number[]; readonly onScreen: boolean }> {
    const shown = this.#runs.shown;
    for (let i = 0; i < shown.length; i += page) yield { ids: shown.slice(i, i + page), onScreen: true };
    for (let after: string | null = null; ;) {
      const { ids, next } = this.#context.catalog.idsOf({ filter: {}, order: 'added', after, limit: page });
      yield { ids, onScreen: false };
      if (next === null) return;
      after = next;
    }
  }

  /** @returns those that are decided otherwise now */
  #decide(ids: readonly number[], use: PackInUse): number[] {
    const { catalog } = this.#context;
    const rows = new Map(catalog.rowsOf(ids, use.pack.exits).map((row) => [row.id, row]));
    const changed: number[] = [];
    for (const { photo, verdict: known } of catalog.verdictsOf(ids, use.key)) {
      const { verdict, further } = decide(known, use, use.inForce);
      const row = rows.get(photo);
      if (row && stands(row, verdict, further)) continue;
      catalog.applyVerdict(photo, use.key, verdict, further);
      changed.push(photo);
    }
    return changed;
  }
}

/** Whether the photo's row says that already. */
const stands = (row: Row, verdict: Verdict, further: boolean): boolean =>
  row.state === 'sorted' &&
  row.exit === verdict.exit &&
  row.pile === verdict.pile &&
  row.collection === verdict.collection &&
  row.confidence === verdict.confidence &&
  row.energy?.joules === verdict.energy.joules && // else another run looked at it
  row.further === further;

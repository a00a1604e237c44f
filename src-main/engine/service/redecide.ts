/**
 * Another policy makes of what is known what it would have made of it: every stored verdict is decided again from its opinions, and nothing
 * is run. In slices, so that other requests are answered meanwhile; a newer choice ends an older one's work.
 */
import type { Choice, Row } from '../../contract/library.ts';
import type { Verdict } from '../../contract/events.ts';
import { type Context, type PackInUse, packOf } from './context.ts';
import { decide, inForce } from './decide.ts';

const page = 100; // photos decided in one go: about five milliseconds

export interface Redecided {
  readonly changed: number;
  readonly further: number; // of all that is known: the policy would look closer
}

export class Redeciding {
  readonly #context: Context;
  #latest = 0;

  constructor(context: Context) {
    this.#context = context;
  }

  /** @throws {SquintError} `no-such-point`, `not-calibrated`; then all stays as it was */
  async choose(choice: Choice): Promise<Redecided> {
    const { settings, notices } = this.#context;
    const use = packOf(this.#context);
    use.inForce = inForce(use, choice);
    settings.change({ choice });
    notices.settings(settings.current);
    return this.again(use);
  }

  /** Brings every photo's state to the policy in force. */
  async again(use: PackInUse): Promise<Redecided> {
    const { catalog, notices } = this.#context;
    const mine = ++this.#latest;
    let changed = 0;
    for (let after: string | null = null; ;) {
      const { ids, next } = catalog.idsOf({ filter: {}, order: 'added', after, limit: page });
      changed += catalog.transaction(() => this.#page(ids, use));
      notices.counts();
      await new Promise(setImmediate);
      if (next === null || mine !== this.#latest) break;
      after = next;
    }
    if (changed > 0) notices.changed();
    return { changed, further: catalog.counts().further };
  }

  #page(ids: readonly number[], use: PackInUse): number {
    const { catalog } = this.#context;
    const rows = new Map(catalog.rowsOf(ids, use.pack.exits).map((row) => [row.id, row]));
    let changed = 0;
    for (const { photo, verdict: known } of catalog.verdictsOf(ids, use.key)) {
      const { verdict, further } = decide(known, use, use.inForce);
      const row = rows.get(photo);
      if (row && stands(row, verdict, further)) continue;
      catalog.applyVerdict(photo, use.key, verdict, further);
      changed += 1;
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
  row.further === further;

/** The open library: all its verbs on one object. */
import type { DatabaseSync } from 'node:sqlite';
import type { Counts } from '../contract/library.ts';
import { backUpDaily } from './backups.ts';
import { byContentVerbs } from './by-content.ts';
import { contentVerbs } from './contents.ts';
import { cellsOf, toCounts } from './counts.ts';
import { transaction } from './database.ts';
import { decisionVerbs } from './decisions.ts';
import { journalVerbs } from './journal.ts';
import { packIds } from './packs.ts';
import { pageVerbs } from './pages.ts';
import { problemVerbs } from './problems.ts';
import { rootVerbs } from './roots.ts';
import { rowVerbs } from './rows.ts';
import { runVerbs } from './runs.ts';
import { scanVerbs } from './scan.ts';
import { toRunVerbs } from './to-run.ts';
import { toSortVerbs } from './to-sort.ts';
import { verdictVerbs } from './verdicts.ts';

export type Catalog = ReturnType<typeof catalogOver>;

/**
 * @param folder of the library
 * @param release lets the library go
 */
export function catalogOver(db: DatabaseSync, folder: string, release: () => void) {
  const packId = packIds(db);
  const cells = cellsOf(db);
  const pages = pageVerbs(db);
  return {
    ...rootVerbs(db),
    ...scanVerbs(db),
    ...contentVerbs(db),
    ...verdictVerbs(db, packId),
    ...byContentVerbs(db, packId),
    ...decisionVerbs(db),
    ...pages,
    ...rowVerbs(db),
    ...toRunVerbs(db, packId, pages.idsOf),
    ...problemVerbs(db),
    ...runVerbs(db, packId),
    ...toSortVerbs(db),
    ...journalVerbs(db),

    /** Of the whole list, or of one root. */
    counts: (root?: number): Counts => toCounts(cells(root === undefined ? {} : { root })),

    /** All that the function does, or nothing. Many small changes are quicker in one. */
    transaction: <T>(work: () => T): T => transaction(db, work),

    /**
     * A copy of the library, once a day, beside other work. Call it after opening.
     *
     * @returns the new copy's path, null where today's is there already
     */
    backUpDaily: (): Promise<string | null> => backUpDaily(db, folder),

    close(): void {
      db.close();
      release();
    },
  };
}

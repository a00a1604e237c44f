/**
 * node:sqlite, as the catalogue uses it: statements that are prepared once and have typed rows, transactions, and SQLite's errors in words
 * for people. Everything is synchronous; long work belongs in pages.
 */
import { dirname } from 'node:path';
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { toLibraryError } from './problems-of-sqlite.ts';

export type Value = null | number | string;

export class Statement<Row = never> {
  readonly #db: DatabaseSync;
  readonly #statement: StatementSync;

  /** @param text SQL; its columns are what `Row` says */
  constructor(db: DatabaseSync, text: string) {
    this.#db = db;
    this.#statement = guarded(db, () => db.prepare(text));
  }

  get(...values: readonly Value[]): Row | undefined {
    return guarded(this.#db, () => this.#statement.get(...values)) as Row | undefined;
  }

  all(...values: readonly Value[]): Row[] {
    return guarded(this.#db, () => this.#statement.all(...values)) as Row[];
  }

  /** @returns the id of the row that an insert made */
  run(...values: readonly Value[]): number {
    return Number(guarded(this.#db, () => this.#statement.run(...values)).lastInsertRowid);
  }
}

/** All of it or nothing; one inside another is part of that. */
export function transaction<T>(db: DatabaseSync, work: () => T): T {
  if (db.isTransaction) return work();
  execute(db, 'begin immediate');
  try {
    const result = work();
    execute(db, 'commit');
    return result;
  } catch (error) {
    rollBack(db);
    throw error;
  }
}

/** SQLite has already done so after some errors. */
function rollBack(db: DatabaseSync): void {
  if (db.isTransaction) db.exec('rollback');
}

function execute(db: DatabaseSync, text: string): void {
  guarded(db, () => {
    db.exec(text);
  });
}

function guarded<T>(db: DatabaseSync, ask: () => T): T {
  try {
    return ask();
  } catch (error) {
    throw toLibraryError(error, dirname(db.location() ?? ''));
  }
}

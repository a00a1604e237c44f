/** From the version that a library has to the one that this Squint knows, in one transaction, with a backup first. */
import type { DatabaseSync } from 'node:sqlite';
import { backUpNow } from './backups.ts';
import { transaction } from './database.ts';

/** @param steps `steps[n]` leads from version n to n + 1 */
export function migrate(db: DatabaseSync, folder: string, steps: readonly string[]): void {
  const from = versionOf(db);
  if (from === steps.length) return;
  if (from > 0) backUpNow(db, folder);
  transaction(db, () => {
    for (const step of steps.slice(from)) db.exec(step);
    db.exec(`pragma user_version = ${steps.length}`);
  });
}

/** 0 for a new one. */
export const versionOf = (db: DatabaseSync): number => Number(db.prepare('pragma user_version').get()!.user_version);

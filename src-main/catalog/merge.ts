/** One photo goes into another: two rows turn out to be of the same photo. */
import type { DatabaseSync } from 'node:sqlite';
import { Statement } from './database.ts';

export function merging(db: DatabaseSync) {
  const decided = new Statement(
    db,
    `update photos set (decided, decided_how) = (select decided, decided_how from photos where id = ?1) where id = ?2 and decided is null`,
  );
  const flag = new Statement(db, 'update photos set flag = (select flag from photos where id = ?1) where id = ?2 and flag is null');
  const giveWords = new Statement(db, 'update decisions set photo = ?2 where photo = ?1');
  const giveFiles = new Statement(db, 'update files set photo = ?2 where photo = ?1');
  const drop = new Statement(db, 'delete from photos where id = ?');

  /** The person's words, where the other one has none; they stay with this one too. */
  const inherit = (from: number, to: number): void => {
    decided.run(from, to);
    flag.run(from, to);
  };
  return {
    inherit,
    /** The person's words go over where the other one has none, and so do all files; then the photo goes. */
    merge(from: number, into: number): void {
      inherit(from, into);
      giveWords.run(from, into);
      giveFiles.run(from, into);
      drop.run(from);
    },
  };
}

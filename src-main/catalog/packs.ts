/** Whose verdicts: a pack by its digest, and the version of how pictures are made from files. Either changed, and a photo is run again. */
import type { DatabaseSync } from 'node:sqlite';
import { Statement } from './database.ts';

export interface PackKey {
  readonly digest: string;
  readonly preprocessing: string;
}

/** @returns the id of a pack's row, which is made when it is first asked for */
export function packIds(db: DatabaseSync): (pack: PackKey) => number {
  const insert = new Statement(db, 'insert into packs (digest, preprocessing) values (?, ?) on conflict do nothing');
  const find = new Statement<{ id: number }>(db, 'select id from packs where digest = ? and preprocessing = ?');
  return ({ digest, preprocessing }) => {
    const known = find.get(digest, preprocessing);
    if (known) return known.id;
    insert.run(digest, preprocessing);
    return find.get(digest, preprocessing)!.id;
  };
}

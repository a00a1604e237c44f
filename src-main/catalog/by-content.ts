/**
 * Verdicts by content alone, for photos that are in no folder of the list: the command line looks at whatever it is given, and a folder that
 * is added later finds what is known of its photos.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Verdict } from '../contract/events.ts';
import { Statement, transaction } from './database.ts';
import type { PackKey } from './packs.ts';
import { verdictFromText, verdictToText } from './verdict-text.ts';

export interface SeenContent {
  readonly hash: string; // of head, tail and length
  readonly width: number; // pixels, upright
  readonly height: number;
  readonly taken: string | null; // ISO 8601 without a zone
  readonly camera: string | null;
}

export function byContentVerbs(db: DatabaseSync, packId: (pack: PackKey) => number) {
  const contents = new Statement<{ id: number }>(db, 'select id from contents where hash = ? limit 2');
  const find = new Statement<{ verdict: string }>(db, 'select verdict from verdicts where content = ? and pack = ?');
  const photoOf = new Statement<{ id: number }>(db, 'select id from photos where content = ? limit 1');
  const add = new Statement(db, 'insert into contents (hash) values (?)');
  const describe = new Statement(
    db,
    `update contents set width = coalesce(width, ?2), height = coalesce(height, ?3), taken = coalesce(taken, ?4), camera = coalesce(camera, ?5)
     where id = ?1`,
  );
  const keep = new Statement(
    db,
    `insert into verdicts (content, pack, run, verdict) values (?, ?, ?, ?)
     on conflict do update set run = excluded.run, verdict = excluded.verdict`,
  );

  return {
    /** @returns what its run gave, with this path and `stored`; null where nothing is known, or where several contents agree in the hash */
    verdictOfContent(hash: string, path: string, pack: PackKey): Verdict | null {
      const [content, another] = contents.all(hash);
      const row = content && !another ? find.get(content.id, packId(pack)) : undefined;
      return row ? verdictFromText(row.verdict, path) : null;
    },

    /**
     * In place of an earlier one of the same content and pack. Not where several contents agree in the hash: it would not say whose it is.
     *
     * @returns whether the library has photos of this content
     */
    storeVerdictOfContent: ({ hash, width, height, taken, camera }: SeenContent, run: number, pack: PackKey, verdict: Verdict): boolean =>
      transaction(db, () => {
        const [known, another] = contents.all(hash);
        if (another) return false;
        const content = known?.id ?? add.run(hash);
        describe.run(content, width, height, taken, camera);
        keep.run(content, packId(pack), run, verdictToText(verdict));
        return photoOf.get(content) !== undefined;
      }),
  };
}

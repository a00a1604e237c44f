/**
 * The sources that views are merged from. A range is a part of an index that is in the view's order; where its photos have to be looked
 * through, that is done in windows, so that what one page may cost is bounded. A handful is fetched whole and sorted: few photos that lie
 * anywhere, as those of a rare text.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Order } from '../contract/library.ts';
import { type Condition, all } from './conditions.ts';
import { Statement, type Value } from './database.ts';
import { type Entry, orders } from './orders.ts';
import type { Source } from './streams.ts';

/** As many are fetched and sorted in some milliseconds. */
export const few = 3000;

export interface Range {
  readonly index: 'photos_root' | 'photos_place' | 'photos_flag'; // each is there in every order
  readonly where: Condition; // the index has its photos in one piece
  readonly checks: readonly Condition[]; // on each of them
  readonly effort: number; // of one photo's checks
  readonly photos: number;
}

/** What fetching a photo's row takes, and asking for one range, in photos that an index has all of. */
export const perRow = 12;
export const perRange = 200;
const leastWindow = 32; // photos

export function sources(db: DatabaseSync) {
  const statements = new Map<string, Statement<Entry>>();
  const ask = (sql: string, values: readonly Value[]): Entry[] => {
    let statement = statements.get(sql);
    if (!statement) statements.set(sql, (statement = new Statement<Entry>(db, sql)));
    return statement.all(...values);
  };

  return {
    range: ({ index, where, checks, effort: each, photos }: Range, order: Order): Source => {
      const { column, suffix } = orders[order];
      const from = `from photos indexed by ${index}${suffix} where ${where.sql} and (${column}, id) > (?, ?)`;
      const sorted = `order by ${column}, id`;
      const window = (after: Entry, photos: number): Entry | undefined =>
        ask(`select id, ${column} key ${from} ${sorted} limit 1 offset ?`, [...where.values, after.key, after.id, photos - 1])[0];
      const asked = all(checks);
      return {
        photos,
        read(after, limit, effort) {
          if (checks.length === 0) {
            const entries = ask(`select id, ${column} key ${from} ${sorted} limit ?`, [...where.values, after.key, after.id, limit]);
            return { entries, upTo: entries.length < limit ? null : entries.at(-1)!, spent: entries.length };
          }
          const photos = Math.max(leastWindow, Math.floor(effort / each));
          const end = window(after, photos);
          const entries = ask(
            `select id, ${column} key ${from} ${end ? `and (${column}, id) <= (?, ?)` : ''} and ${asked.sql} ${sorted} limit ?`,
            [...[...where.values, after.key, after.id, ...(end ? [end.key, end.id] : [])], ...[...asked.values, limit]],
          );
          return { entries, upTo: entries.length < limit ? (end ?? null) : entries.at(-1)!, spent: photos * each + perRange };
        },
      };
    },

    /** @param from where they are found, as SQL from `from` on, with what else is asked of them */
    handful: (from: Condition, photos: number, order: Order): Source => {
      const { column } = orders[order];
      const key = `photos.${column}`;
      return {
        photos,
        read(after, limit) {
          const sql = `select photos.id, ${key} key ${from.sql} and (${key}, photos.id) > (?, ?) order by ${key}, photos.id limit ?`;
          const entries = ask(sql, [...from.values, after.key, after.id, limit]);
          return { entries, upTo: entries.length < limit ? null : entries.at(-1)!, spent: entries.length };
        },
      };
    },
  };
}

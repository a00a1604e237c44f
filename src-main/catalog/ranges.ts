/**
 * The sources that views are merged from. A range is a part of an index that is in the view's order; where its photos have to be looked
 * through, that is done in windows, so that what one page may cost is bounded. A handful is fetched whole and sorted: few photos that lie
 * anywhere, as those of a rare text.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Order } from '../contract/library.ts';
import { type Condition, all, condition } from './conditions.ts';
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
export const perRow = 20;
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
      const asked = all(checks);
      const sorted = `order by ${column}, id`;
      const within = ({ sql, values }: Condition, more: string, moreValues: readonly Value[]): Entry[] =>
        ask(`select id, ${column} key from photos indexed by ${index}${suffix} where ${where.sql} and ${sql} ${more}`, [
          ...where.values,
          ...values,
          ...moreValues,
        ]);
      return {
        photos,
        read(after, limit, effort) {
          const entries: Entry[] = [];
          const photos = Math.max(leastWindow, Math.floor(effort / each));
          for (const { beyond, upTo } of stretches(index, order, after)) {
            const left = limit - entries.length;
            if (checks.length === 0) entries.push(...within(beyond, `${sorted} limit ?`, [left]));
            else {
              const end = within(beyond, `${sorted} limit 1 offset ?`, [photos - 1])[0];
              const window = end ? [upTo(end).within] : [];
              const { sql, values } = all([...window, asked]);
              entries.push(...within(beyond, `and ${sql} ${sorted} limit ?`, [...values, left]));
              if (end && entries.length < limit) return { entries, upTo: upTo(end).at, spent: photos * each + perRange };
            }
            if (entries.length >= limit) break;
          }
          const spent = checks.length === 0 ? entries.length : photos * each + perRange;
          return { entries, upTo: entries.length < limit ? null : entries.at(-1)!, spent };
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

/** A part of a range, beyond an entry, that its index is entered and left at. */
interface Stretch {
  readonly beyond: Condition;
  /** Up to where, at an entry of it or before, it can be left. */
  readonly upTo: (end: Entry) => { readonly within: Condition; readonly at: Entry };
}

/**
 * SQLite enters an index at a pair of key and id only where the id is not a column of its own, as it is in those of whole roots: there a key
 * that many photos have, as that of all without a date, is a stretch by itself.
 */
function stretches(index: Range['index'], order: Order, { key, id }: Entry): Stretch[] {
  const { column } = orders[order];
  if (order === 'added') return [{ beyond: condition('id > ?', id), upTo: (end) => ({ within: condition('id <= ?', end.id), at: end }) }];
  if (index !== 'photos_root') {
    const pair = `(${column}, id)`;
    return [
      {
        beyond: condition(`${pair} > (?, ?)`, key, id),
        upTo: (end) => ({ within: condition(`${pair} <= (?, ?)`, end.key, end.id), at: end }),
      },
    ];
  }
  return [
    {
      beyond: condition(`${column} = ? and id > ?`, key, id),
      upTo: (end) => ({ within: condition('id <= ?', end.id), at: end }),
    },
    {
      beyond: condition(`${column} > ?`, key),
      upTo: (end) => ({ within: condition(`${column} < ?`, end.key), at: { key: end.key, id: 0 } }),
    },
  ];
}

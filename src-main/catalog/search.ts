/**
 * Part of a file's name, among the photos that a filter leaves. Trigrams find the few that have a rare text, and they are sorted. Where a
 * text is common, or too short for trigrams, the view's ranges are followed until the page is full (pages.ts).
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Filter, Order } from '../contract/library.ts';
import { placesOf } from './counts.ts';
import { Statement, type Value } from './database.ts';
import { type Entry, orders } from './orders.ts';

const few = 5000; // are fetched and sorted in some milliseconds

export function searches(db: DatabaseSync) {
  const filtered = `photos.root in (select id from roots where listed = 1) and (?1 is null or root = ?1) and (?2 is null or exit = ?2)
    and (?3 is null or place in (select value from json_each(?3))) and (?4 is null or flag = ?4)`;
  const found = `from names cross join photos on photos.id = names.rowid where names match ?5 and ${filtered}`;
  const some = new Statement<{ photos: number }>(
    db,
    `select count(*) photos from (select 1 from names where names match ? limit ${few + 1})`,
  );
  const countRare = new Statement<{ photos: number }>(db, `select count(*) photos ${found}`);
  const countCommon = new Statement<{ photos: number }>(
    db,
    `select count(*) photos from photos indexed by photos_root_name where ${filtered} and name like ?5 escape '\\'`,
  );
  const pageBy = (order: Order): Statement<Entry> => {
    const { column } = orders[order];
    return new Statement(
      db,
      `select photos.id, ${column} key ${found} and (${column}, photos.id) > (?6, ?7) order by ${column}, photos.id limit ?8`,
    );
  };
  const pages = { added: pageBy('added'), name: pageBy('name'), confidence: pageBy('confidence') };

  const isRare = (text: string): boolean => Array.from(text).length >= 3 && some.get(phrase(text))!.photos <= few;
  const values = ({ root, exit, pile, flag }: Filter): Value[] => [
    ...[root ?? null, exit ?? null],
    pile ? JSON.stringify(placesOf(pile)) : null,
    flag ?? null,
  ];

  return {
    /** @param text NFC, as in the following */
    isRare,
    /** Of a rare text. */
    page: (filter: Filter, text: string, order: Order, from: Entry, limit: number): Entry[] =>
      pages[order].all(...values(filter), phrase(text), from.key, from.id, limit),
    count(filter: Filter, text: string): number {
      const rare = isRare(text);
      return (rare ? countRare : countCommon).get(...values(filter), rare ? phrase(text) : pattern(text))!.photos;
    },
  };
}

const phrase = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** For `like … escape '\'`. */
export const pattern = (text: string): string => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;

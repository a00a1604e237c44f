/**
 * Part of a file's name, among the photos that a filter leaves. Trigrams find the few that have a rare text; where it is common, or too
 * short for trigrams, the order's index is followed until the page is full.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Filter, Order } from '../contract/library.ts';
import { placesOf } from './counts.ts';
import { Statement, type Value } from './database.ts';
import type { Entry } from './orders.ts';

const few = 10_000; // more are quicker met by following the order: with half a million photos 200 of them come among 10,000

export function searches(db: DatabaseSync) {
  const filtered = `photos.root in (select id from roots where listed = 1) and (?1 is null or root = ?1) and (?2 is null or exit = ?2)
    and (?3 is null or place in (select value from json_each(?3)))`;
  const isFew = new Statement<{ found: number }>(
    db,
    `select count(*) found from (select 1 from names where names match ? limit ${few + 1})`,
  );
  const countRare = new Statement<{ found: number }>(
    db,
    `select count(*) found from names cross join photos on photos.id = names.rowid where names match ?4 and ${filtered}`,
  );
  const countCommon = new Statement<{ found: number }>(
    db,
    `select count(*) found from photos where ${filtered} and name like ?4 escape '\\'`,
  );
  const pages = (column: string) => ({
    rare: new Statement<Entry>(
      db,
      `select photos.id, ${column} key from names cross join photos on photos.id = names.rowid
       where names match ?4 and ${filtered} and (${column}, photos.id) > (?5, ?6) order by ${column}, photos.id limit ?7`,
    ),
    common: new Statement<Entry>(
      db,
      `select id, ${column} key from photos where ${filtered} and name like ?4 escape '\\' and (${column}, id) > (?5, ?6) order by ${column}, id limit ?7`,
    ),
  });
  const by: Record<Order, ReturnType<typeof pages>> = { added: pages('id'), name: pages('name_key'), confidence: pages('sure') };

  const isRare = (text: string): boolean => Array.from(text).length >= 3 && isFew.get(phrase(text))!.found <= few;
  const values = ({ root, exit, pile }: Filter): Value[] => [root ?? null, exit ?? null, pile ? JSON.stringify(placesOf(pile)) : null];

  return {
    page(filter: Filter, text: string, order: Order, from: Entry, limit: number): Entry[] {
      const wanted = text.normalize('NFC');
      const rare = isRare(wanted);
      const statement = by[order][rare ? 'rare' : 'common'];
      return statement.all(...values(filter), rare ? phrase(wanted) : pattern(wanted), from.key, from.id, limit);
    },
    count(filter: Filter, text: string): number {
      const wanted = text.normalize('NFC');
      const trigrams = Array.from(wanted).length >= 3;
      return (trigrams ? countRare : countCommon).get(...values(filter), trigrams ? phrase(wanted) : pattern(wanted))!.found;
    },
  };
}

const phrase = (text: string): string => `"${text.replaceAll('"', '""')}"`;

const pattern = (text: string): string => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;

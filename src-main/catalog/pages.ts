/**
 * Pages of a filtered, sorted view, by key: a page begins after the last photo of the one before, whatever came or went meanwhile.
 *
 * One index per order cannot serve every filter, and a filter that is checked row by row looks through half a million to find the last
 * few. So a view is merged from ranges: the index (place, exit, root, key) has the photos of each cell of `counts` in order, and the cells
 * that a filter leaves are few. Without pile and exit the ranges are those of (root, key), of picks or rejects those of (flag, root, key).
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Filter, Order } from '../contract/library.ts';
import { cellsOf, placesOf } from './counts.ts';
import { Statement, type Value } from './database.ts';
import { type Entry, type Page, type View, compare, orders, readCursor, writeCursor } from './orders.ts';
import { pattern, searches } from './search.ts';

/** Part of an index that is in the view's order. */
interface Range {
  readonly photos: number; // how many it has
  read(after: Entry, limit: number): Entry[];
}

export function pageVerbs(db: DatabaseSync) {
  const cells = cellsOf(db);
  const search = searches(db);
  const ranges = { added: rangesOf(db, 'added'), name: rangesOf(db, 'name'), confidence: rangesOf(db, 'confidence') };

  const rangesFor = (filter: Filter, order: Order, like: string | null): Range[] => {
    const left = cells(filter);
    const { pile, exit, flag } = filter;
    const roots = Map.groupBy(left, ({ root }) => root);
    if (flag) {
      const places = pile ? JSON.stringify(placesOf(pile)) : null;
      return [...roots].map(([root, its]) => ranges[order].flag([flag, root, exit ?? null, places], sum(its), like));
    }
    if (pile ?? exit) {
      const parts = Map.groupBy(left, ({ place, exit, root }) => JSON.stringify([place, exit, root])); // whatever the flag
      return [...parts].map(([part, its]) => ranges[order].cell(JSON.parse(part) as Value[], sum(its), like));
    }
    return [...roots].map(([root, its]) => ranges[order].root([root], sum(its), like));
  };

  return {
    idsOf: ({ filter, order, after, limit }: View): Page => {
      const from = after === null ? orders[order].start : readCursor(after, order);
      const text = textOf(filter);
      const entries =
        text !== null && search.isRare(text)
          ? search.page(filter, text, order, from, limit)
          : merge(rangesFor(filter, order, text === null ? null : pattern(text)), from, limit);
      return { ids: entries.map(({ id }) => id), next: entries.length < limit ? null : writeCursor(entries.at(-1)!) };
    },

    /** Kept for all but text. */
    count(filter: Filter): number {
      const text = textOf(filter);
      return text === null ? sum(cells(filter)) : search.count(filter, text);
    },
  };
}

function rangesOf(db: DatabaseSync, order: Order) {
  const { column } = orders[order];
  const suffix = { added: '', name: '_name', confidence: '_sure' }[order];
  const range = (index: string, where: string) => {
    const statement = (more: string): Statement<Entry> =>
      new Statement(
        db,
        `select id, ${column} key from photos indexed by ${index}${suffix}
         where ${where} and (${column}, id) > (?, ?) ${more} order by ${column}, id limit ?`,
      );
    const plain = statement('');
    const named = statement(`and name like ? escape '\\'`);
    return (values: readonly Value[], photos: number, like: string | null): Range => ({
      photos,
      read: ({ key, id }, limit) => (like === null ? plain.all(...values, key, id, limit) : named.all(...values, key, id, like, limit)),
    });
  };
  return {
    root: range('photos_root', 'root = ?'),
    cell: range('photos_place', 'place = ? and exit = ? and root = ?'),
    flag: range(
      'photos_flag',
      'flag = ?1 and root = ?2 and (?3 is null or exit = ?3) and (?4 is null or place in (select value from json_each(?4)))',
    ),
  };
}

const textOf = ({ text }: Filter): string | null => (text ? text.normalize('NFC') : null);

/** The first `limit` entries of all ranges after one, in order. Of each range about its share is read. */
function merge(ranges: readonly Range[], from: Entry, limit: number): Entry[] {
  const total = sum(ranges);
  const streams = ranges
    .map((range) => streamOf(range, from, Math.min(limit, Math.ceil((1.2 * limit * range.photos) / total) + 2)))
    .filter((stream) => stream.head !== undefined);
  const taken: Entry[] = [];
  while (taken.length < limit && streams.length > 0) {
    let first = 0;
    for (let i = 1; i < streams.length; i += 1) if (compare(streams[i]!.head!, streams[first]!.head!) < 0) first = i;
    const stream = streams[first]!;
    taken.push(stream.head!);
    stream.advance();
    if (stream.head === undefined) streams.splice(first, 1);
  }
  return taken;
}

function streamOf(range: Range, from: Entry, lot: number): { head: Entry | undefined; advance(): void } {
  let read = range.read(from, lot);
  let at = 0;
  return {
    get head() {
      return read[at];
    },
    advance() {
      at += 1;
      if (at < read.length || read.length < lot) return;
      read = range.read(read.at(-1)!, lot);
      at = 0;
    },
  };
}

const sum = (parts: readonly { readonly photos: number }[]): number => parts.reduce((total, { photos }) => total + photos, 0);

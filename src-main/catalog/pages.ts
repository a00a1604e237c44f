/**
 * Pages of a filtered, sorted view, by key: a page begins after the last photo of the one before, whatever came or went meanwhile.
 *
 * One index per order cannot serve every filter, and a filter that is checked row by row looks through half a million to find the last
 * few. So a view is merged from ranges: the index (place, exit, root, key) has the photos of each cell of `counts` in order, and the cells
 * that a filter leaves are few. Without pile and exit the ranges are those of (root, key), of picks or rejects those of (flag, root, key).
 * What else is asked of a photo is checked on the way, a bounded number of photos to a page; where few have it, those are fetched instead.
 *
 * A text is looked for in names and in the titles of piles: that is two views, merged.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Filter, Order } from '../contract/library.ts';
import { type Wanted, all, condition, conditionsOf, listed } from './conditions.ts';
import { type Cell, cellsOf } from './counts.ts';
import { Statement } from './database.ts';
import { facetVerbs } from './facets.ts';
import { type Page, type View, orders, readCursor, writeCursor } from './orders.ts';
import { few, sources } from './ranges.ts';
import { named, searches } from './search.ts';
import { type Source, merge } from './streams.ts';
import { Titles } from './titles.ts';

const effort = 50_000; // photos that a page may look at, by an index that has all of them; some ten milliseconds

export function pageVerbs(db: DatabaseSync) {
  const cells = cellsOf(db);
  const search = searches(db);
  const titles = new Titles();
  const { range, handful } = sources(db);
  const { countTaken, cameraOf, ...facets } = facetVerbs(db);

  /** What a filter asks, as views that a photo is in one of. */
  const meanings = ({ text, camera, ...filter }: Filter): Wanted[] => {
    const wanted = { ...filter, ...(camera !== undefined && { camera: cameraOf(camera) }) };
    if (!text) return [wanted];
    const places = titles.having(text);
    return [{ ...wanted, name: text.normalize('NFC') }, ...(places.length > 0 ? [{ ...wanted, places }] : [])];
  };

  const cellsIn = (wanted: Wanted): Cell[] => {
    const { places } = wanted;
    const left = cells(wanted);
    return places ? left.filter(({ place }) => places.includes(place)) : left;
  };

  /** Where there are so few that they are fetched. */
  const handfulOf = (wanted: Wanted, order: Order): Source | null => {
    const { name, year, camera } = wanted;
    const rare = name === undefined ? null : search.rare(name);
    if (rare !== null) return handful(named(name!, [listed, ...conditionsOf(wanted, ['name'])]), rare, order);
    if (year === undefined && camera === undefined) return null;
    const photos = countTaken(wanted);
    if (photos > few) return null;
    const from =
      camera === undefined ? 'photos_root_taken where taken >= ? and taken < ?' : 'photos_camera where camera = ? and camera > 0';
    const values = camera === undefined ? yearRange(year!) : [camera];
    const conditions = conditionsOf(wanted, [camera === undefined ? 'year' : 'camera']);
    return handful(all([condition(`from photos indexed by ${from}`, ...values), listed, ...conditions]), photos, order);
  };

  const rangesOf = (wanted: Wanted, order: Order): Source[] => {
    const { pile, exit, flag, places, year } = wanted;
    const left = cellsIn(wanted);
    const isByYear = order === 'taken' && year !== undefined;
    const within = isByYear ? [condition('taken >= ? and taken < ?', ...yearRange(year))] : [];
    const byYear = isByYear ? (['year'] as const) : [];
    if (flag === undefined && (pile ?? exit ?? places) !== undefined) {
      const checks = conditionsOf(wanted, ['root', 'pile', 'places', 'exit', ...byYear]);
      return grouped(left, ({ place, exit, root }) => [place, exit, root]).map(([values, photos]) =>
        range(
          { index: 'photos_place', where: all([condition('place = ? and exit = ? and root = ?', ...values), ...within]), checks, photos },
          order,
        ),
      );
    }
    const index = flag === undefined ? 'photos_root' : 'photos_flag';
    const checks = conditionsOf(wanted, ['root', 'flag', ...byYear]);
    return grouped(left, ({ root }) => [root]).map(([[root], photos]) => {
      const where = flag === undefined ? condition('root = ?', root!) : condition('flag = ? and root = ?', flag, root!);
      return range({ index, where: all([where, ...within]), checks, photos }, order);
    });
  };

  const sourcesOf = (filter: Filter, order: Order): Source[] =>
    meanings(filter)
      .flatMap((wanted) => handfulOf(wanted, order) ?? rangesOf(wanted, order))
      .filter(({ photos }) => photos > 0);

  return {
    ...facets,

    /** How people call each place, for searches. */
    callPlaces: (names: ReadonlyMap<string, readonly string[]>): void => {
      titles.set(names);
    },

    /** A page may have fewer ids than asked for, or none, although the view goes on. */
    idsOf: ({ filter, order, after, limit }: View): Page => {
      const from = after === null ? orders[order].start : readCursor(after, order);
      const { entries, next } = merge(sourcesOf(filter, order), from, limit, effort);
      return { ids: entries.map(({ id }) => id), next: next && writeCursor(next) };
    },

    /** Kept for all but text, and for years and cameras but those of a pile, exit or flag. */
    count(filter: Filter): number {
      const [wanted, titled] = meanings(filter);
      const { name, year, camera, pile, exit, flag } = wanted!;
      if (name === undefined && year === undefined && camera === undefined) return sum(cells(filter));
      if (name === undefined && (pile ?? exit ?? flag) === undefined) return countTaken(wanted!);
      const conditions = all([listed, ...conditionsOf(wanted!, ['name'])]);
      if (name === undefined) return counted(all([condition('from photos where true'), conditions]));
      if (!titled && search.rare(name) !== null) return counted(named(name, [conditions]));
      const texts = [{ name }, ...(titled ? [{ places: titled.places! }] : [])].flatMap((part) => conditionsOf(part));
      const either = condition(`(${texts.map(({ sql }) => sql).join(' or ')})`, ...texts.flatMap(({ values }) => values));
      return counted(all([condition('from photos where true'), conditions, either]));
    },
  };

  function counted({ sql, values }: { sql: string; values: readonly (string | number | null)[] }): number {
    return new Statement<{ photos: number }>(db, `select count(*) photos ${sql}`).get(...values)!.photos;
  }
}

/** The ends between which ISO times of a year lie. */
const yearRange = (year: number): [from: string, to: string] => [String(year).padStart(4, '0'), `${String(year).padStart(4, '0')}~`];

/** Cells by some of what they are, whatever the rest. */
function grouped<K extends readonly (string | number)[]>(cells: readonly Cell[], by: (cell: Cell) => K): [values: K, photos: number][] {
  return [...Map.groupBy(cells, (cell) => JSON.stringify(by(cell))).values()].map((same) => [by(same[0]!), sum(same)]);
}

const sum = (parts: readonly { readonly photos: number }[]): number => parts.reduce((total, { photos }) => total + photos, 0);

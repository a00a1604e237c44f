/**
 * Pages of a filtered, sorted view, by key: a page begins after the last photo of the one before, whatever came or went meanwhile.
 *
 * One index per order cannot serve every filter, and a filter that is checked row by row looks through half a million to find the last
 * few. So a view is merged from ranges (plan.ts): the index (place, exit, root, key) has the photos of each cell of `counts` in order, and
 * the cells that a filter leaves are few. What the ranges do not hold is checked on the way, a bounded number of photos to a page; where few
 * have it, those are fetched instead.
 *
 * A text is looked for in names and in the titles of piles: that is two views, merged.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Filter, Order } from '../contract/library.ts';
import { type Condition, type Wanted, all, condition, conditionsOf, listed, outside } from './conditions.ts';
import { countingVerbs } from './counting.ts';
import { type Cell, cellsOf } from './counts.ts';
import { facetVerbs } from './facets.ts';
import { type Page, type View, orders, readCursor, writeCursor } from './orders.ts';
import { rangesFor, yearRange } from './plan.ts';
import { few, sources } from './ranges.ts';
import { named, searches } from './search.ts';
import { type Source, merge } from './streams.ts';
import { Titles } from './titles.ts';

const effort = 20_000; // photos that a page may look at, by an index that has all of them; some ten milliseconds

export function pageVerbs(db: DatabaseSync) {
  const cells = cellsOf(db);
  const search = searches(db);
  const counting = countingVerbs(db);
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

  /** Where there are so few that they are fetched. */
  const fewOf = (wanted: Wanted): { readonly from: Condition; readonly photos: number } | null => {
    const { name, year, camera } = wanted;
    const rare = name === undefined ? null : search.rare(name);
    if (rare !== null) return { from: named(name!, [listed, ...conditionsOf(wanted, ['name'])]), photos: rare };
    if (year === undefined && camera === undefined) return null;
    const photos = countTaken(wanted);
    if (photos > few) return null;
    const from =
      camera === undefined ? 'photos_root_taken where taken >= ? and taken < ?' : 'photos_camera where camera = ? and camera > 0';
    const values = camera === undefined ? yearRange(year!) : [camera];
    const conditions = conditionsOf(wanted, [camera === undefined ? 'year' : 'camera']);
    return { from: all([condition(`from photos indexed by ${from}`, ...values), listed, ...conditions]), photos };
  };

  const handfulOf = (wanted: Wanted, order: Order): Source | null => {
    const found = fewOf(wanted);
    return found && handful(found.from, found.photos, order);
  };

  const rangesOf = (wanted: Wanted, order: Order, limit: number, left: readonly Cell[]): Source[] => {
    const { root, year, camera } = wanted;
    const shareTaken = year === undefined && camera === undefined ? 1 : countTaken(wanted) / Math.max(1, countTaken(rootOnly(root)));
    return rangesFor(wanted, order, limit, { cells: left, shareTaken }).map((one) => range(one, order));
  };

  const sourcesOf = (filter: Filter, order: Order, limit: number): Source[] => {
    let inRoot: Cell[] | undefined;
    const left = (): Cell[] => (inRoot ??= cells(rootOnly(filter.root)));
    return meanings(filter)
      .flatMap((wanted) => handfulOf(wanted, order) ?? rangesOf(wanted, order, limit, left()))
      .filter(({ photos }) => photos > 0);
  };

  return {
    ...facets,

    /** How people call each place, for searches. */
    callPlaces: (names: ReadonlyMap<string, readonly string[]>): void => {
      titles.set(names);
    },

    /** A page may have fewer ids than asked for, or none, although the view goes on. */
    idsOf: ({ filter, order, after, limit }: View): Page => {
      const from = after === null ? orders[order].start : readCursor(after, order);
      const { entries, next } = merge(sourcesOf(filter, order, limit), from, limit, effort);
      return { ids: entries.map(({ id }) => id), next: next && writeCursor(next) };
    },

    /** Kept for all but text, and for years and cameras but those of a pile, exit or flag: these are looked for, beside other work. */
    async count(filter: Filter): Promise<number> {
      const [wanted, titled] = meanings(filter);
      const { name, year, camera, pile, exit, flag } = wanted!;
      const isKept = year === undefined && camera === undefined;
      if (name === undefined && isKept) return sum(cells(filter));
      if (name === undefined && (pile ?? exit ?? flag) === undefined) return countTaken(wanted!);
      if (!titled) return countOf(wanted!);
      const places = titled.places!;
      const inTitles = isKept ? sum(cells(titled).filter(({ place }) => places.includes(place))) : await countOf(titled);
      return inTitles + (await countOf(wanted!, [outside(places)]));
    },
  };

  async function countOf(wanted: Wanted, besides: readonly Condition[] = []): Promise<number> {
    const found = fewOf(wanted);
    if (found) return counting.once(all([found.from, ...besides]));
    return counting.inSlices([listed, ...conditionsOf(wanted), ...besides], wanted.root);
  }
}

const rootOnly = (root: number | undefined): Pick<Filter, 'root'> => (root === undefined ? {} : { root });

const sum = (parts: readonly { readonly photos: number }[]): number => parts.reduce((total, { photos }) => total + photos, 0);

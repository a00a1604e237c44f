/**
 * By which ranges a view's photos are come by. Whole roots, cells of `counts` (place, exit, root), or picks and rejects: each is in order, and
 * of each the photos are checked for what its ranges do not hold. The cheapest is taken, by how many photos have to be looked at until a page
 * is full: an exit has few photos in a hundred and more cells, so that a page of it is sooner found among all photos, a long list in the cells.
 */
import type { Order } from '../contract/library.ts';
import { type Condition, type Wanted, all, condition, conditionsOf } from './conditions.ts';
import { type Cell, placesOf } from './counts.ts';
import { type Range, perRange, perRow } from './ranges.ts';

export interface Known {
  readonly cells: readonly Cell[]; // of the roots that are asked for
  /** The share of photos taken then, and with that camera. */
  readonly shareTaken: number;
}

type Part = keyof Wanted;

interface Way {
  readonly index: Range['index'];
  readonly holds: readonly Part[]; // what its ranges need not be checked for
  readonly ranges: readonly { readonly where: Condition; readonly photos: number }[];
}

const shareOfNames = 0.02; // of photos that have a common text in their names, as it is reckoned with
const inIndexOfRoots: readonly Part[] = ['year', 'camera', 'name'];

/** @param limit photos in a page */
export function rangesFor(wanted: Wanted, order: Order, limit: number, known: Known): Range[] {
  const { year } = wanted;
  const isByYear = order === 'taken' && year !== undefined;
  const within = isByYear ? [condition('taken >= ? and taken < ?', ...yearRange(year))] : [];
  const share = (wanted.name === undefined ? 1 : shareOfNames) * known.shareTaken;
  const matches = share * sum(known.cells.filter((cell) => fits(cell, wanted)));
  const costs = waysTo(wanted, known.cells).map((way) => {
    const holds = isByYear ? [...way.holds, 'year' as const] : way.holds;
    const checks = conditionsOf(wanted, holds);
    const effort = checks.length === 0 ? 1 : effortOf(way, wanted, share);
    const photos = sum(way.ranges);
    const lookedAt = checks.length === 0 ? limit : Math.min(photos, (limit * photos) / Math.max(matches, 1));
    return { way, checks, effort, cost: lookedAt * effort + way.ranges.length * perRange };
  });
  const { way, checks, effort } = costs.reduce((best, one) => (one.cost < best.cost ? one : best));
  return way.ranges.map(({ where, photos }) => ({ index: way.index, where: all([where, ...within]), checks, effort, photos }));
}

function waysTo(wanted: Wanted, cells: readonly Cell[]): Way[] {
  const { pile, exit, flag, places } = wanted;
  const roots: Way = {
    index: 'photos_root',
    holds: ['root'],
    ranges: ranges(cells, 'root = ?', ({ root }) => [root]),
  };
  const flagged = (): Way => ({
    index: 'photos_flag',
    holds: ['root', 'flag'],
    ranges: ranges(
      cells.filter((cell) => cell.flag === flag),
      'flag = ? and root = ?',
      (cell) => [cell.flag, cell.root],
    ),
  });
  const placed = (): Way => ({
    index: 'photos_place',
    holds: ['root', 'pile', 'places', 'exit'],
    ranges: ranges(
      cells.filter((cell) => fits({ ...cell, flag: flag ?? '' }, wanted)),
      'place = ? and exit = ? and root = ?',
      (cell) => [cell.place, cell.exit, cell.root],
    ),
  });
  return [roots, ...(flag === undefined ? [] : [flagged()]), ...((pile ?? exit ?? places) === undefined ? [] : [placed()])];
}

/** Cells by some of what they are, whatever the rest. */
function ranges(cells: readonly Cell[], sql: string, by: (cell: Cell) => (string | number)[]): Way['ranges'] {
  const parts = Map.groupBy(cells, (cell) => by(cell).join('\0')).values();
  return [...parts].map((same) => ({ where: condition(sql, ...by(same[0]!)), photos: sum(same) }));
}

const fits = (cell: Cell, { pile, exit, flag, places }: Wanted): boolean =>
  (pile === undefined || placesOf(pile).includes(cell.place)) &&
  (places === undefined || places.includes(cell.place)) &&
  (exit === undefined || cell.exit === exit) &&
  (flag === undefined || cell.flag === flag);

/** Of looking at one photo. Its row is fetched only where the index says nothing against it. */
function effortOf({ index, holds }: Way, wanted: Wanted, share: number): number {
  if (index !== 'photos_root') return perRow;
  const others = (Object.keys(wanted) as Part[]).some((part) => !holds.includes(part) && !inIndexOfRoots.includes(part));
  return 1 + (others ? share * perRow : 0);
}

/** The ends between which ISO times of a year lie. */
export const yearRange = (year: number): [from: string, to: string] => [String(year).padStart(4, '0'), `${String(year).padStart(4, '0')}~`];

const sum = (parts: readonly { readonly photos: number }[]): number => parts.reduce((total, { photos }) => total + photos, 0);

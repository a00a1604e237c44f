/** How many photos are where: sums over the cells of `counts`, which triggers keep, so they cost the same for a thousand photos and for a million. */
import type { DatabaseSync } from 'node:sqlite';
import type { Counts, Filter, Flag } from '../contract/library.ts';
import { Statement } from './database.ts';

/** The photos of one root that lie in one place, left at one exit and have one flag. */
export interface Cell {
  readonly root: number;
  readonly place: string; // 'waiting', 'failed', 'skipped', 'review', 'collection:KEY', 'group:KEY'
  readonly exit: number; // 0: none
  readonly flag: Flag | ''; // '': none
  readonly photos: number; // > 0
  readonly further: number;
}

/** @returns the cells, of roots in the list, that a filter's root, pile, exit and flag leave; they are kept until something changes */
export function cellsOf(db: DatabaseSync): (filter: Pick<Filter, 'root' | 'pile' | 'exit' | 'flag'>) => Cell[] {
  const all = new Statement<Cell>(
    db,
    `select root, place, exit, flag, photos, further from counts join roots on roots.id = counts.root where listed = 1 and photos > 0`,
  );
  const changed = new Statement<{ rows: number }>(db, 'select total_changes() rows'); // by this program, the only one that writes
  let kept: { readonly after: number; readonly cells: Cell[] } | undefined;
  const now = (): Cell[] => {
    if (db.isTransaction) return all.all(); // it may be rolled back
    const after = changed.get()!.rows;
    if (kept?.after !== after) kept = { after, cells: all.all() };
    return kept.cells;
  };
  return ({ root, pile, exit, flag }) => {
    const places = pile && placesOf(pile);
    return now().filter(
      (cell) =>
        (root === undefined || cell.root === root) &&
        (places === undefined || places.includes(cell.place)) &&
        (exit === undefined || cell.exit === exit) &&
        (flag === undefined || cell.flag === flag),
    );
  };
}

export function placesOf(pile: NonNullable<Filter['pile']>): string[] {
  switch (pile.kind) {
    case 'collection':
    case 'group':
      return [`${pile.kind}:${pile.key}`];
    case 'review':
      return ['review'];
    case 'not-sorted':
      return ['waiting', 'failed', 'skipped'];
  }
}

export function toCounts(cells: readonly Cell[]): Counts {
  const counts = { photos: 0, waiting: 0, failed: 0, skipped: 0, review: 0, picks: 0, rejects: 0, further: 0 };
  const collections: Record<string, number> = {};
  const groups: Record<string, number> = {};
  const exits: number[] = [];
  for (const { place, exit, flag, photos, further } of cells) {
    counts.photos += photos;
    counts.further += further;
    if (flag === 'pick') counts.picks += photos;
    if (flag === 'reject') counts.rejects += photos;
    if (exit > 0) {
      while (exits.length < exit) exits.push(0);
      exits[exit - 1]! += photos;
    }
    const [kind, key] = split(place);
    if (kind === 'collection') collections[key] = (collections[key] ?? 0) + photos;
    else if (kind === 'group') groups[key] = (groups[key] ?? 0) + photos;
    else counts[kind] += photos;
  }
  return { ...counts, collections, groups, exits };
}

type Kind = 'collection' | 'group' | 'waiting' | 'failed' | 'skipped' | 'review';

function split(place: string): [kind: Kind, key: string] {
  const colon = place.indexOf(':');
  return colon < 0 ? [place as Kind, ''] : [place.slice(0, colon) as Kind, place.slice(colon + 1)];
}

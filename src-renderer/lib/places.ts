/** What the sidebar lists: folders, collections and piles to decide, each with how many photos are in it and the filter that shows them. */
import type { Counts, Filter, Flag, LibraryState, Root } from '../../src-main/contract/library.ts';
import { withoutEach } from './filter.ts';

export interface Place {
  readonly key: string;
  readonly title: string;
  readonly photos: number;
  readonly filter: Filter;
  readonly without: Filter; // chosen once more: out of it again
  readonly root?: Root;
}

export interface Section {
  readonly title: 'Library' | 'Collections' | 'Decide';
  readonly places: readonly Place[];
}

/**
 * Collections, piles and flags are those of the folder shown; choosing one keeps the folder and what else the grid is narrowed to, and takes
 * the place of another one. Collections stand in the pack's order, so that none moves while photos are sorted.
 *
 * @param counts of the folder shown, or of the whole library
 */
export function sectionsOf({ roots, counts: all, pack }: LibraryState, counts: Counts, shown: Filter): Section[] {
  const without = withoutEach(shown, ['pile', 'flag']);
  const within = (pile: NonNullable<Filter['pile']>) => ({ filter: { ...without, pile }, without });
  const flagged = (flag: Flag) => ({ filter: { ...without, flag }, without });
  const collections = (pack?.collections ?? []).map(({ key, title }): Place => ({
    key: `collection:${key}`,
    title,
    photos: counts.collections[key] ?? 0,
    ...within({ kind: 'collection', key }),
  }));
  const groups = (pack?.groups ?? []).map(({ key, title }): Place => ({
    key: `group:${key}`,
    title: `${title}, not sure which`,
    photos: counts.groups[key] ?? 0,
    ...within({ kind: 'group', key }),
  }));
  return [
    {
      title: 'Library',
      places: [
        { key: 'all', title: 'All photos', photos: all.photos, filter: {}, without: {} },
        ...roots.map((root): Place => ({
          key: `root:${root.id}`,
          title: root.scope === 'files' ? `Single files in ${root.name}` : root.name,
          photos: root.photos,
          filter: { root: root.id },
          without: { root: root.id },
          root,
        })),
      ],
    },
    { title: 'Collections', places: [...collections, ...groups].filter(({ photos }) => photos > 0) },
    {
      title: 'Decide',
      places: [
        { key: 'review', title: 'Review', photos: counts.review, ...within({ kind: 'review' }) },
        {
          key: 'not-sorted',
          title: 'Not sorted',
          photos: counts.waiting + counts.failed + counts.skipped,
          ...within({ kind: 'not-sorted' }),
        },
        { key: 'pick', title: 'Picks', photos: counts.picks, ...flagged('pick') },
        { key: 'reject', title: 'Rejects', photos: counts.rejects, ...flagged('reject') },
      ],
    },
  ];
}

/** The place that the grid shows: the pile where one is chosen, else picks or rejects, else the folder, else everything. */
export function placeKey({ root, pile, flag }: Filter): string {
  if (pile?.kind === 'collection' || pile?.kind === 'group') return `${pile.kind}:${pile.key}`;
  return pile?.kind ?? flag ?? (root === undefined ? 'all' : `root:${root}`);
}

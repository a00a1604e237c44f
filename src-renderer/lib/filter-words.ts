/** What a list is narrowed to, in words. */
import type { Filter } from '../../src-main/contract/library.ts';
import type { Library } from './library.svelte.ts';

/** "Iceland 2024", "Dogs", "exit 3", "“x100”": one for each part that is given. */
export function filterParts({ root, pile, exit, flag, year, camera, text }: Filter, library: Library): string[] {
  return [
    library.roots.find(({ id }) => id === root)?.name,
    pile?.kind === 'collection' || pile?.kind === 'group' ? library.titleOf(pile.key) : undefined,
    pile?.kind === 'review' ? 'Review' : pile?.kind === 'not-sorted' ? 'Not sorted' : undefined,
    flag && { pick: 'Picks', reject: 'Rejects' }[flag],
    year === undefined ? undefined : String(year),
    camera,
    exit === undefined ? undefined : `exit ${exit}`,
    text === undefined ? undefined : `“${text}”`,
  ].filter((part) => part !== undefined);
}

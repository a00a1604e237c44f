/** What an empty list means, in words, and what leads out of it. */
import type { Filter } from '../../src-main/contract/library.ts';
import { filterParts } from './filter-words.ts';
import type { Library } from './library.svelte.ts';

export interface EmptyText {
  readonly kind: 'none' | 'match' | 'done';
  readonly title: string;
  readonly detail: string;
  readonly action: string | null; // shows all photos
}

export function emptyText(filter: Filter, library: Library): EmptyText {
  const { root, pile, flag, text } = filter;
  const isRunning = library.isRunning;
  const isOnly = Object.keys(filter).length === 1;
  if (pile?.kind === 'review' && isOnly) {
    return {
      kind: 'done',
      title: 'Nothing to review',
      detail: isRunning ? 'No photo has been doubtful so far. More are being sorted.' : 'No photo is doubtful that you have not decided.',
      action: 'All photos',
    };
  }
  if (pile?.kind === 'not-sorted' && isOnly) {
    return { kind: 'done', title: 'Every photo is sorted', detail: 'None waits, and none failed.', action: 'All photos' };
  }
  if (flag && isOnly) {
    return {
      kind: 'none',
      title: flag === 'pick' ? 'No picks yet' : 'No rejects',
      detail: flag === 'pick' ? 'P picks a photo.' : 'X rejects a photo. Nothing is deleted.',
      action: 'All photos',
    };
  }
  const folder = library.roots.find(({ id }) => id === root);
  if (Object.keys(filter).every((part) => part === 'root')) {
    const formats = library.state?.formats.join(', ') ?? '';
    return {
      kind: 'none',
      title: folder?.scanning
        ? `Looking for photos in ${folder.name}`
        : folder
          ? `No photos in ${folder.name}`
          : 'No photos in these folders',
      detail: folder?.scanning
        ? 'They appear here as they are found.'
        : `Squint reads ${formats}. Activity tells which files were left out.`,
      action: folder ? 'All photos' : null,
    };
  }
  const parts = filterParts(filter, library);
  return {
    kind: 'match',
    title: parts.length === 1 && text !== undefined ? `No photo matches “${text}”` : 'No photo matches',
    detail:
      parts.length > 1
        ? `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)!} have none in common.`
        : text === undefined
          ? `There is none in ${parts[0]!}.`
          : 'The search looks at the names of files and at what collections are called.',
    action: 'Clear filters',
  };
}

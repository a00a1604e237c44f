/** Why a sort cannot be begun as it was chosen. */
import { count } from './numbers.ts';
import { sentence, waitsFor } from './operation-words.ts';
import type { Operations } from './operations.svelte.ts';
import { type Sort, mostSelected } from './sort.svelte.ts';

/** What is wrong with the pattern of the folders' names; null where nothing is. */
export function patternFault({ pattern, current, problem }: Sort): string | null {
  if (pattern.trim() === '') return 'The folders need a name.';
  const fault = problem ?? current?.problem;
  return fault?.code === 'bad-pattern' ? withHint(fault) : null;
}

/** Null where it can be begun, or where the plan is still being made. */
export function obstacleTo(sort: Sort, { now }: Operations): string | null {
  if (now !== null) return waitsFor(now, 'Another sort');
  const { current, of, problem, target } = sort;
  if (of.kind === 'photos' && of.ids.length > mostSelected) {
    return `At most ${count(mostSelected)} selected photos are sorted at once; these are ${count(of.ids.length)}. Sort a whole folder or collection instead.`;
  }
  if (target === null) return 'Choose a folder to sort into.';
  if (patternFault(sort) !== null) return 'The folders cannot be named so.';
  if (problem !== null) return withHint(problem);
  if (current === null) return null;
  if (current.problem !== null) return withHint(current.problem);
  return current.files === 0 ? `There is nothing to ${sort.how}: every photo stays where it is.` : null;
}

const withHint = ({ message, hint }: { message: string; hint?: string | undefined }): string =>
  hint === undefined ? sentence(message) : `${sentence(message)} ${hint}`;

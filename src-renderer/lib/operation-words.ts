/** Changes to files in words: what one does or did, how it ended, what can be taken back of it. */
import type { Left, Operation, OperationProgress, SortPlan } from '../../src-main/contract/operations.ts';
import { bytes, count, duration, percent } from './numbers.ts';

export const hasEnded = ({ state }: Operation): boolean => state !== 'running' && state !== 'stopping';

export const filesOf = (n: number): string => `${count(n)} ${n === 1 ? 'file' : 'files'}`;
export const photosOf = (n: number): string => `${count(n)} ${n === 1 ? 'photo' : 'photos'}`;
const copiesOf = (n: number): string => `${count(n)} ${n === 1 ? 'copy' : 'copies'}`;

/** "Moved 2,144 files to Photos › Iceland" */
export const titleOf = (operation: Operation): string =>
  whatWasDone(operation, operation.kind === 'bin' ? copiesOf(operation.done) : filesOf(operation.done));

function whatWasDone({ kind, target, undoes, isBack }: Operation, amount: string): string {
  if (kind === 'bin') return `Handed ${amount} to the bin`;
  if (isBack) return `Put back ${amount}`;
  return `${kind === 'move' ? 'Moved' : 'Copied'} ${amount} to ${target}${undoes === null ? '' : ' again'}`;
}

/** "Moving to Photos › Sorted" */
export function jobTitle({ files, isBack, kind, target }: Operation): string {
  if (kind === 'bin') return `Handing ${copiesOf(files)} to the bin`;
  if (isBack) return `Putting back ${filesOf(files)}`;
  return `${kind === 'move' ? 'Moving' : 'Copying'} to ${target}`;
}

/** "Moving 27,676 files, 61%" */
export function underWay({ operation }: OperationProgress): string {
  const { files, isBack, kind } = operation;
  const what =
    kind === 'bin'
      ? `Handing ${copiesOf(files)} to the bin`
      : `${isBack ? 'Putting back' : kind === 'move' ? 'Moving' : 'Copying'} ${filesOf(files)}`;
  return `${what}, ${percent(shareOf(operation))}`;
}

export const shareOf = ({ done, left, files }: Operation): number => (files === 0 ? 0 : Math.min(1, (done + left) / files));

export const timeLeft = ({ secondsLeft }: OperationProgress): string => (secondsLeft === null ? '' : `about ${duration(secondsLeft)} left`);

/** Why nothing else can be begun or taken back. */
export const waitsFor = (progress: OperationProgress, what: 'Undo' | 'Another sort'): string =>
  `${jobTitle(progress.operation)} is under way. ${what} waits until it has ended.`;

export const canGoBack = ({ done, undone }: Operation): boolean => done > undone;

/** What taking it back is called. */
export const backLabel = ({ isBack }: Operation): string => (isBack ? 'Do again' : 'Undo');

/** "Put back 2,141 files": the button of those that can. */
export function backButton({ kind, isBack }: Operation, files: number): string {
  if (isBack) return `${kind === 'bin' ? 'Copy' : 'Move'} ${filesOf(files)} again`;
  return kind === 'copy' ? `Hand ${copiesOf(files)} to the bin` : `Put back ${filesOf(files)}`;
}

/** How it ended, where not all went as planned, and what was taken back since. */
export function outcomeOf({ state, reason, left, undone, done, kind, isBack }: Operation): string[] {
  const parts: string[] = [];
  if (state === 'failed') parts.push('Ended early');
  if (state === 'stopped' && reason === null) parts.push('Stopped');
  if (reason !== null) parts.push(reason.replace(/\.$/, '')); // a sentence among others
  if (left > 0) parts.push(leftWords(left));
  const back = isBack ? 'done again' : kind === 'copy' ? 'taken back' : 'put back';
  if (undone > 0) parts.push(undone >= done ? `All were ${back}` : `${count(undone)} ${undone === 1 ? 'was' : 'were'} ${back}`);
  return parts;
}

export const leftWords = (left: number): string => (left === 1 ? '1 was left where it was' : `${count(left)} were left where they were`);

/** "The disk is full." */
export const sentence = (text: string): string => (text === '' ? '' : `${capital(text)}${/[.!?…]$/.test(text) ? '' : '.'}`);
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What is told when one has ended. */
export function endOf(operation: Operation): { message: string; hint?: string; tone: 'plain' | 'problem' } {
  const { state, reason, left, done, files, kind } = operation;
  const hint = [reason === null ? '' : sentence(reason), left > 0 ? `${leftWords(left)}.` : ''].filter((part) => part !== '').join(' ');
  const title =
    state === 'done'
      ? titleOf(operation)
      : whatWasDone(operation, `${count(done)} of ${kind === 'bin' ? copiesOf(files) : filesOf(files)}`);
  return {
    message: state === 'stopped' ? `Stopped. ${title}` : state === 'failed' ? `Ended early. ${title}` : title,
    ...(hint !== '' && { hint }),
    tone: state === 'failed' ? 'problem' : 'plain',
  };
}

/** "Move 27,676 files". */
export const beginButton = (how: 'move' | 'copy', files: number | null): string =>
  `${how === 'move' ? 'Move' : 'Copy'} ${files === null || files === 0 ? 'files' : filesOf(files)}`;

/** Free room before and after; null where the system does not tell. */
export function roomWords({ free, copied }: SortPlan): string | null {
  if (free === null) return null;
  const [after, now] = [bytes(Math.max(0, free.bytes - copied.bytes)), bytes(free.bytes)];
  return `${after} of ${bytes(free.of)}${after === now ? '' : `, now ${now}`}`;
}

/** "IMG_1.JPG, IMG_2.JPG and 10 more". */
export const examplesOf = ({ examples, files }: Left): string =>
  examples.join(', ') + (files > examples.length && examples.length > 0 ? ` and ${count(files - examples.length)} more` : '');

/** An operation, from the person's yes to its report. */
import type { Left, Operation, OperationReport } from '../../contract/operations.ts';
import { type Io, status } from './io.ts';
import type { Library } from './library.ts';
import { plain } from './present/text.ts';
import { reportLines } from './present/report.ts';

/** @param question without its "[y/N]"; where the person stops instead of answering, that is a no */
export async function confirmed(question: string, io: Io): Promise<boolean> {
  if (await io.ask(`${plain(question)} [y/N] `)) return true;
  io.tell(['Nothing was changed.']);
  return false;
}

export interface Carrying {
  readonly library: Library;
  readonly io: Io;
  readonly json: boolean;
  readonly staying: readonly Left[]; // that the plan left out
}

/**
 * Follows it to its end and reports. The wish to stop ends it in order: what is done stays done.
 *
 * @returns the exit status
 */
export async function carried({ id }: Operation, { library, io, json, staying }: Carrying): Promise<number> {
  const signal = io.stopSignal();
  const progress = io.progress('files');
  const stop = (): void => void library.ask('operations.stop', {}).catch(() => {}); // what keeps it from stopping, the report tells
  const never = new AbortController().signal;
  let report: OperationReport;
  try {
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop);
    report = await library.until(async () => {
      const now = await library.ask('operations.report', { operation: id });
      const { state, done, left, files } = now.operation;
      if (state !== 'running' && state !== 'stopping') return now;
      progress.update(done + left, files);
      return null;
    }, never);
  } finally {
    signal.removeEventListener('abort', stop);
    progress.end();
  }
  if (json) io.print([JSON.stringify({ type: 'report', ...report })]);
  else io.print(['', ...reportLines(report, io.out)]);
  if (signal.aborted) return status.interrupted;
  if (report.operation.state !== 'done') return status.failed;
  return [...report.left, ...staying].some(isProblem) ? status.notAllSorted : status.done;
}

/** What the person wanted so, or what is well as it is, is none. */
const noProblems = new Set(['in-place', 'already-there', 'review', 'reject', 'name-taken']);

export const isProblem = ({ code }: Left): boolean => !noProblems.has(code);

/** What was not sorted and why, as a person sees it. */
import type { Terminal } from '../terminal.ts';
import { count, plural } from './numbers.ts';
import type { Reason, RunRecord } from './record.ts';
import { pathFrom, plain, wrap } from './text.ts';

/** The commonest ones are shown. */
const mostReasons = 12;
const mostEndings = 6;

/** @param from the folder that paths are shown from */
export function refusedLines({ reasons, unsorted, damaged, others, leftOut }: RunRecord, from: string, terminal: Terminal): string[] {
  const { colours } = terminal;
  const sorted = [...reasons.values()].sort((a, b) => b.files - a.files);
  const rest = sorted.slice(mostReasons).reduce((sum, { files }) => sum + files, 0);
  return [
    ...(unsorted === 0 ? [] : ['', colours.bold('Not sorted')]),
    ...sorted.slice(0, mostReasons).flatMap((reason) => reasonLines(reason, from, terminal)),
    ...(rest === 0 ? [] : counted(rest, 'for other reasons; --json tells them all.', terminal)),
    ...(damaged.files === 0 ? [] : ['', colours.bold('Damaged'), ...reasonLines(damaged, from, terminal)]),
    ...(others.size + leftOut.size === 0 ? [] : ['']),
    ...(others.size === 0 ? [] : otherLines(others, terminal)),
    ...[...leftOut].flatMap(([message, files]) => counted(files, message, terminal)),
  ];
}

function reasonLines({ message, hint, files, paths }: Reason, from: string, terminal: Terminal): string[] {
  const { width, colours, unicode } = terminal;
  const more = files - paths.length;
  const shown = [
    ...paths.map((path) => plain(pathFrom(from, path))),
    ...(more > 0 ? [`${unicode ? '…' : '...'} and ${count(more)} more`] : []),
  ];
  return [
    ...counted(files, message, terminal),
    ...(hint === undefined ? [] : wrap(hint, width, indent)),
    ...shown.map((line) => colours.dim(indent + line)), // whole, so that it can be copied
  ];
}

const indent = ' '.repeat(9);
const counted = (files: number, text: string, { width }: Terminal): string[] => wrap(text, width, `${count(files).padStart(7)}  `);

function otherLines(others: ReadonlyMap<string, number>, { width }: Terminal): string[] {
  const byCount = [...others].sort(([, a], [, b]) => b - a);
  const all = byCount.reduce((sum, [, files]) => sum + files, 0);
  const endings = byCount.slice(0, mostEndings).map(([ending, files]) => `${count(files)} ${ending === '' ? 'without an ending' : ending}`);
  const list = [...endings, ...(byCount.length > mostEndings ? ['others'] : [])].join(', ');
  return wrap(`Passed over ${plural(all, 'file that is no picture', 'files that are no pictures')}: ${list}.`, width);
}

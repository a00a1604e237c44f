/** What became of an operation, and what would become of taking it back. */
import type { Operation, OperationReport, UndoCheck } from '../../../contract/operations.ts';
import type { Terminal } from '../terminal.ts';
import { leftLines } from './left.ts';
import { bytes, count, plural } from './numbers.ts';
import { wrap } from './text.ts';
import { timeOf } from './time.ts';

export function reportLines({ operation, left, lost }: OperationReport, terminal: Terminal): string[] {
  const { width, colours } = terminal;
  const { id, files, done, state, reason } = operation;
  const canTurn = done > 0 && operation.kind !== 'bin';
  const turn = canTurn ? ` squint undo ${id} ${operation.isBack ? 'does it again' : 'takes it back'}.` : '';
  const early =
    state === 'done'
      ? []
      : [`${state === 'failed' ? 'Failed' : 'Stopped'} after ${count(done)} of ${plural(files, 'file')}. ${reason ?? ''}`];
  return [
    ...wrap(`${doneOf(operation)}${turn}`, width).map(colours.bold),
    ...early.flatMap((line) => wrap(line.trimEnd(), width)).map(colours.yellow),
    ...(left.length === 0 ? [] : ['', colours.bold('Left where they were'), ...leftLines(left, terminal)]),
    ...(lost.length === 0 ? [] : ['', ...lost.flatMap((line) => wrap(line, width))]),
  ];
}

function doneOf({ kind, isBack, done, target }: Operation): string {
  const files = plural(done, 'file');
  if (kind === 'bin') return `Moved ${plural(done, 'copy', 'copies')} to the bin.`;
  if (isBack) return `Moved ${files} back.`;
  return `${kind === 'move' ? 'Moved' : 'Copied'} ${files} to ${target}.`;
}

/** "Move of 1,204 files to Photos › Sorted" */
export function nameOf({ kind, undoes, isBack, files, target }: Operation): string {
  if (isBack) return `Taking back of ${plural(files, 'file')} of operation ${undoes!}`;
  return `${kind === 'move' ? 'Move' : 'Copy'} of ${plural(files, 'file')} to ${target}`;
}

export function checkLines({ operation, files, bytes: size, cannot }: UndoCheck, terminal: Terminal): string[] {
  const { width, colours } = terminal;
  const can = files === 0 ? 'Nothing of it can be taken back.' : `${plural(files, 'file')}, ${bytes(size)}, can be taken back.`;
  return [
    ...wrap(`Operation ${operation.id}, ${timeOf(operation.started)}: ${nameOf(operation)}.`, width).map(colours.bold),
    ...wrap(can, width),
    ...(cannot.length === 0 ? [] : ['', colours.bold('Cannot be taken back'), ...leftLines(cannot, terminal)]),
  ];
}

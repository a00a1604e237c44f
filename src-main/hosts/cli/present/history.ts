/** Operations as a table, the newest first. */
import type { Operation } from '../../../contract/operations.ts';
import type { Terminal } from '../terminal.ts';
import { count } from './numbers.ts';
import { table } from './table.ts';
import { shortened, wrap } from './text.ts';
import { timeOf } from './time.ts';

export function historyLines(operations: readonly Operation[], terminal: Terminal): string[] {
  if (operations.length === 0) return ['No file was moved or copied yet.'];
  const rows = operations.map((operation) => {
    const { id, started, done, left, undone, state } = operation;
    return [String(id), timeOf(started), whatOf(operation), count(done), count(left), count(undone), state].map((cell, i) =>
      i === 2 ? shortened(cell, Math.max(16, terminal.width - 59), terminal) : cell,
    );
  });
  const head = ['No', 'When', 'What', 'Files', 'Left', 'Taken back', 'State'];
  const reasons = operations.flatMap(({ id, reason }) => (reason === null ? [] : wrap(reason, terminal.width, `  ${id}: `)));
  return [
    ...table(head, rows, ['right', 'left', 'left', 'right', 'right', 'right', 'left'], terminal),
    ...(reasons.length === 0 ? [] : ['', ...reasons]),
  ];
}

function whatOf({ kind, undoes, isBack, target }: Operation): string {
  if (isBack) return `take back ${undoes!}`;
  return `${kind} to ${target}${undoes === null ? '' : ' again'}`;
}

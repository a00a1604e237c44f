/** `squint undo`: takes back what a sort did, as far as its files are still what it left. */
import { type Command, InvalidArgumentError } from 'commander';
import { SquintError } from '../../../contract/errors.ts';
import type { Operation, UndoCheck } from '../../../contract/operations.ts';
import { type Io, status } from '../io.ts';
import type { Library, OpenLibrary } from '../library.ts';
import { carried, confirmed } from '../operation.ts';
import { plural } from '../present/numbers.ts';
import { checkLines } from '../present/report.ts';
import { type Host, examples } from './host.ts';

interface Options {
  readonly yes?: true;
  readonly json?: true;
}

const page = 100; // operations looked through at once

export function addUndo(squint: Command, { io, finish }: Host, open: OpenLibrary): void {
  const command = squint
    .command('undo')
    .description('Take back an operation. Files that were changed since stay, and it is said why.')
    .argument('[operation]', 'its number in squint history; left out, the newest that can be taken back', number)
    .option('--yes', 'do it without asking')
    .option('--json', 'one JSON object a line on standard output')
    .action(async (operation: number | undefined, options: Options) => {
      if (!options.yes && !io.canAsk) command.error('error: nobody can be asked here; say --yes to do it');
      const library = await open(io);
      try {
        finish(await undo(library, operation, options, io));
      } finally {
        await library.close();
      }
    });
  examples(command, 'squint undo', 'squint undo 12 --yes');
}

function number(value: string): number {
  const n = Number(value);
  if (Number.isSafeInteger(n) && n > 0) return n;
  throw new InvalidArgumentError('Expected the number of an operation; squint history shows them.');
}

async function undo(library: Library, named: number | undefined, options: Options, io: Io): Promise<number> {
  const signal = io.stopSignal();
  const json = options.json === true;
  const id = named ?? (await newest(library)).id;
  const check = await library.ask('operations.check', { operation: id, photos: null });
  if (json) io.print([JSON.stringify({ type: 'check', ...check })]);
  else io.print(checkLines(check, io.out));
  if (check.files === 0) throw new SquintError('nothing-to-undo', `Operation ${id} cannot be taken back.`);
  if (!options.yes && !(await confirmed(questionOf(check), io))) return status.interrupted;
  if (signal.aborted) return status.interrupted;
  const operation = await library.ask('operations.undo', { operation: id, photos: null });
  return carried(operation, { library, io, json, staying: check.cannot });
}

/** One that takes back is left out: taking that back by number does it again. @throws {SquintError} `nothing-to-undo` */
async function newest(library: Library): Promise<Operation> {
  for (let before: number | null = null; ;) {
    const operations: Operation[] = await library.ask('operations.list', { before, limit: page });
    const found = operations.find(({ isBack, done, undone }) => !isBack && done > undone);
    if (found) return found;
    if (operations.length < page) throw new SquintError('nothing-to-undo', 'There is nothing to take back.');
    before = operations.at(-1)!.id;
  }
}

function questionOf({ operation: { kind, isBack }, files }: UndoCheck): string {
  if (isBack) return `Do it again for ${plural(files, 'file')}?`;
  return kind === 'copy' ? `Move ${plural(files, 'copy', 'copies')} to the bin?` : `Move ${plural(files, 'file')} back?`;
}

/**
 * The command line: `squint <command>`. Runs the engine in its own process. Exit codes: 0 done, 1 failed, 2 usage, 3 done with some photos
 * not sorted, 130 interrupted.
 */
import { CommanderError } from 'commander';
import { SquintError, toProblem } from '../../contract/errors.ts';
import { ioOf, status } from './io.ts';
import { plain } from './present/text.ts';
import { program } from './program.ts';

const io = ioOf(process);
process.on('SIGINT', () => io.interrupt());
process.on('SIGTERM', () => io.interrupt());
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(status.done); // whoever read has seen enough, as with `| head`
    throw error;
  });
}

process.exitCode = await run(process.argv.slice(2));

async function run(args: readonly string[]): Promise<number> {
  let result: number = status.done;
  try {
    const squint = program({ io, finish: (code) => (result = code) });
    if (args.length === 0) squint.outputHelp();
    else await squint.parseAsync([...args], { from: 'user' });
    return result;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? status.done : status.usage;
    const { message, hint } = toProblem(error);
    if (error instanceof SquintError && error.code === 'stopped') {
      io.tell([message]);
      return status.interrupted;
    }
    io.tell([`${io.err.colours.red('Error:')} ${plain(message)}`, ...(hint === undefined ? [] : [plain(hint)])]);
    if (process.env.SQUINT_DEBUG) console.error(error);
    return status.failed;
  }
}

/**
 * The command line: `squint <command>`. Runs the engine in its own process. Exit codes: 0 done, 1 failed, 2 usage, 3 done with some photos
 * not sorted, 130 interrupted.
 */
import { CommanderError } from 'commander';
import { SquintError, toProblem } from '../../contract/errors.ts';
import { ioOf, status } from './io.ts';
import { program } from './program.ts';

const stop = new AbortController();
const io = ioOf(process, stop.signal);

// The first Ctrl-C ends in order with what is known, the second at once.
const interrupt = (): void => {
  if (stop.signal.aborted) process.exit(status.interrupted);
  stop.abort();
};
process.on('SIGINT', interrupt);
process.on('SIGTERM', interrupt);
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(status.done); // whoever read has seen enough, as with `| head`
  throw error;
});

process.exitCode = await run(process.argv.slice(2));

async function run(args: readonly string[]): Promise<number> {
  let result: number = status.done;
  try {
    const squint = program(io, (code) => (result = code));
    if (args.length === 0) squint.outputHelp();
    else await squint.parseAsync([...args], { from: 'user' });
    return result;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? status.done : status.usage;
    if (error instanceof SquintError && error.code === 'stopped') return status.interrupted;
    const { message, hint } = toProblem(error);
    io.tell([`${io.err.colours.red('Error:')} ${message}`, ...(hint === undefined ? [] : [hint])]);
    if (process.env.SQUINT_DEBUG) console.error(error);
    return status.failed;
  }
}

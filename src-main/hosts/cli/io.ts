/** What a command works with beside its arguments: streams, the folder the person stands in, and their wish to stop. */
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { type Progress, progressOn } from './present/progress.ts';
import { type Terminal, terminalOf } from './terminal.ts';

export interface Io {
  readonly from: string; // relative paths start here: under npm the folder where the person called it, not the project's
  readonly out: Terminal; // what stdout can
  readonly err: Terminal; // what stderr can
  path(relative: string): string;
  /** Writes lines to stdout: what was asked for. */
  print(lines: readonly string[]): void;
  /** Writes lines to stderr: what is told beside it. */
  tell(lines: readonly string[]): void;
  progress(what: string): Progress;
  readonly canAsk: boolean; // somebody watches who can answer
  /** Asks on the terminal. Whether the answer is yes; the wish to stop is a no. */
  ask(question: string): Promise<boolean>;
  /** The person's wish to stop, for a command that then ends in order. Where none asked for it, the wish ends the program at once. */
  stopSignal(): AbortSignal;
}

export interface Process extends Io {
  /** The person wishes to stop: once for an end in order, again for one at once. */
  interrupt(): void;
}

export function ioOf({ stdin, stdout, stderr, env }: NodeJS.Process): Process {
  const from = env.INIT_CWD ?? process.cwd();
  const err = terminalOf(stderr, env);
  const stop = new AbortController();
  let canStop = false;
  const interrupt = (): void => {
    if (stop.signal.aborted || !canStop) process.exit(status.interrupted);
    stop.abort();
  };
  return {
    from,
    out: terminalOf(stdout, env),
    err,
    path: (relative) => resolve(from, relative),
    print: (lines) => void stdout.write(lines.map((line) => `${line}\n`).join('')),
    tell: (lines) => void stderr.write(lines.map((line) => `${line}\n`).join('')),
    progress: (what) => progressOn(stderr, err, what, stop.signal),
    canAsk: terminalOf(stdin, env).watched && err.watched,
    ask: async (question) => {
      const asking = createInterface({ input: stdin, output: stderr });
      asking.on('SIGINT', interrupt); // the terminal leaves it to whoever reads the line
      const over = once(asking, 'close').then(() => ''); // the input has ended
      try {
        const answer = await Promise.race([asking.question(question, { signal: stop.signal }), over]);
        return /^y(es)?$/i.test(answer.trim());
      } catch (error) {
        if (stop.signal.aborted) return false;
        throw error;
      } finally {
        asking.close();
      }
    },
    stopSignal: () => {
      canStop = true;
      return stop.signal;
    },
    interrupt,
  };
}

/** Exit codes of the command line. */
export const status = { done: 0, failed: 1, usage: 2, notAllSorted: 3, interrupted: 130 } as const;

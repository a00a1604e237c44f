/**
 * A child process of the engine: started, spoken to, ended. Its death is a normal event that is told once; what to do about it is for the
 * one who started it (reading.ts, inference.ts).
 *
 * Children run below normal priority, so that the computer stays usable, and end by themselves when the engine is gone.
 */
import { fork } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';

/** Deaths in a row, by blame, after which a child is given up: more than chance would explain. */
export const patience = 10;

/** A kill comes from outside, from a person or a system short of memory, and says little of the child: it counts a tenth of a crash. */
const blameOfKill = 0.1;

export interface Child<To> {
  readonly pid: number | undefined;
  send(message: To): void;
  /** Ends it at once; its death is told like any other. */
  kill(): void;
  /** Lets it finish what it works on, for two seconds; its death is not told. */
  stop(): Promise<void>;
}

export function startChild<To extends { type: string }>(
  program: URL,
  on: { message: (message: unknown) => void; death: (blame: number) => void },
): Child<To | { type: 'stop' }> {
  const child = fork(fileURLToPath(program), [], {
    serialization: 'advanced', // typed arrays arrive as such; JSON is a hundred times slower (614 kB: 191 ms against 1.9)
    // Nearly all of a child's memory lies outside V8's heap. A small young generation and few arenas of glibc keep what is free from growing
    // with the run: 20,000 photos took 656 MB in all three processes without them, 536 with them, 1,000 photos 507.
    execArgv: ['--max-semi-space-size=4', '--max-old-space-size=256'],
    env: { ...process.env, MALLOC_ARENA_MAX: '2' },
    stdio: ['ignore', 'ignore', process.env.SQUINT_DEBUG ? 'inherit' : 'ignore', 'ipc'],
    windowsHide: true, // Node is a console program there, whose window would flash up
  });
  let ended = false;
  let stopping = false;
  const exited = new Promise<void>((resolve) => {
    const end = (signal: NodeJS.Signals | null = null): void => {
      if (ended) return;
      ended = true;
      resolve();
      if (!stopping) on.death(signal === 'SIGKILL' ? blameOfKill : 1);
    };
    child.on('exit', (_code, signal) => end(signal));
    child.on('error', () => end()); // it could not be started
  });
  child.on('message', (message) => {
    if (!ended) on.message(message);
  });
  if (child.pid !== undefined) lowerPriority(child.pid);

  return {
    pid: child.pid,
    send: (message) => {
      if (child.connected) child.send(message, () => {}); // one that does not arrive is answered by the death
    },
    kill: () => {
      child.kill('SIGKILL');
    },
    stop: async () => {
      stopping = true;
      if (child.connected) child.send({ type: 'stop' }, () => {});
      const impatient = setTimeout(() => child.kill('SIGKILL'), 2000);
      await exited;
      clearTimeout(impatient);
    },
  };
}

function lowerPriority(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It has died already, or the system does not allow it: then it runs as it is.
  }
}

/**
 * The engine, started, owned and supervised by the shell: a process of its own on the Node that ships with Squint, never on Electron's.
 *
 * Its death is a normal event. What was asked and not answered is answered with a problem, the engine is started again, and the one who
 * listens is told. One that keeps dying without having answered anything is given up.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Reply } from '../../contract/bridge.ts';
import type { Problem } from '../../contract/errors.ts';
import type { Notice } from '../../contract/notices.ts';
import type { Engine } from '../door.ts';
import type { FromEngine, ToEngine } from './protocol.ts';

export interface EngineProgram {
  readonly node: string; // the runtime's path
  readonly script: string;
  readonly resources: string; // the folder that holds models/
  readonly version: string; // of Squint
}

export interface EngineListener {
  notice(notice: Notice): void;
  /** It ended without being told to. `problem` where it could say why; `again` whether another was started. */
  ended(problem: Problem | null, again: boolean): void;
}

const patience = 3; // deaths in a row without an answer between them
const stopWithinMs = 5000;

const ended: Problem = {
  code: 'engine-ended',
  message: 'The part of Squint that reads and sorts photos ended before it answered.',
  hint: 'Your photos were not changed, and what was already sorted is kept. Try once more.',
};

/** That it was given up, in words for the window. */
export function givenUp(problem: Problem | null): Notice {
  const {
    code,
    message,
    hint = 'Close Squint and start it again. Your photos were not changed.',
  } = problem ?? { code: 'engine-ended', message: 'The part of Squint that reads and sorts photos keeps ending.' };
  return { type: 'told', message, problem: { code, message, hint } };
}

export class EngineProcess implements Engine {
  readonly #program: EngineProgram;
  readonly #listener: EngineListener;
  readonly #asked = new Map<number, (reply: Reply<unknown>) => void>();
  #child: ChildProcess;
  #exited: Promise<void> = Promise.resolve();
  #seq = 0;
  #deathsInARow = 0;
  #problem: Problem | null = null; // what the present child said before it ended
  #state: 'works' | 'given-up' | 'stopped' = 'works';

  constructor(program: EngineProgram, listener: EngineListener) {
    this.#program = program;
    this.#listener = listener;
    this.#child = this.#start();
  }

  /** Undefined where it could not be started. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Passes a request on as it is: the engine checks it. Never rejects. */
  request(from: 'view' | 'host', name: string, params: unknown): Promise<Reply<unknown>> {
    return new Promise((resolve) => {
      if (this.#state !== 'works') {
        resolve({ ok: false, problem: this.#problem ?? ended });
        return;
      }
      const seq = ++this.#seq;
      this.#asked.set(seq, resolve);
      this.#send({ type: 'request', seq, from, name, params });
    });
  }

  /** Lets it finish what must be finished, for a few seconds. */
  async stop(): Promise<void> {
    if (this.#state === 'works') {
      this.#state = 'stopped';
      this.#send({ type: 'stop' });
    }
    const impatient = setTimeout(() => this.#child.kill('SIGKILL'), stopWithinMs);
    await this.#exited;
    clearTimeout(impatient);
  }

  /** After it could not open a damaged library: once more, with the last backup. */
  restore(): void {
    if (this.#state !== 'given-up') return;
    this.#state = 'works';
    this.#problem = null;
    this.#deathsInARow = 0;
    this.#start(true);
  }

  #start(restore = false): ChildProcess {
    const { node, script, resources, version } = this.#program;
    const child = spawn(node, [script], {
      stdio: ['ignore', 'ignore', process.env.SQUINT_DEBUG ? 'inherit' : 'ignore', 'ipc'], // what it has to say is in the log
      serialization: 'advanced', // typed arrays arrive as such
      windowsHide: true, // Node is a console program, whose window would flash up
    });
    const started = child.pid !== undefined;
    child.once('error', ({ message }) => {
      this.#problem = { code: 'engine-not-started', message: `Squint's own Node could not be started: ${message}.` };
      if (!started) this.#died();
    });
    // What it said last may come after its exit: it is over when both that and the channel are.
    this.#exited = started ? Promise.all([told(child, 'exit'), told(child, 'disconnect')]).then(() => this.#died()) : Promise.resolve();
    child.on('message', (message) => this.#hear(message as FromEngine));
    this.#child = child;
    this.#send({ type: 'hello', resources, version, restore });
    return child;
  }

  #send(message: ToEngine): void {
    if (this.#child.connected) this.#child.send(message, () => {}); // what does not arrive is answered by the death
  }

  #hear(message: FromEngine): void {
    switch (message.type) {
      case 'reply': {
        this.#deathsInARow = 0;
        const resolve = this.#asked.get(message.seq);
        this.#asked.delete(message.seq);
        resolve?.(message.reply);
        return;
      }
      case 'notice':
        this.#listener.notice(message.notice);
        return;
      case 'failed':
        this.#problem = message.problem;
    }
  }

  #died(): void {
    const unanswered = [...this.#asked.values()];
    this.#asked.clear();
    const why = this.#problem;
    if (this.#state === 'works') {
      this.#deathsInARow += 1;
      // One that says why it cannot work would say so again.
      if (why !== null || this.#deathsInARow >= patience) this.#state = 'given-up';
      else this.#start();
      this.#listener.ended(why, this.#state === 'works');
    }
    for (const resolve of unanswered) resolve({ ok: false, problem: why ?? ended });
  }
}

const told = (child: ChildProcess, event: 'exit' | 'disconnect'): Promise<void> =>
  new Promise((resolve) => child.once(event, () => resolve()));

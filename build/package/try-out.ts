/**
 * Starts what was packed where nothing else is: the program is copied to an empty folder with no checkout above it, and its own Node
 * classifies photographs there with an empty home and none of the environment of the one who asks.
 */
import { execFile, fork } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { unpackedAt } from './unpacked.ts';

export interface Verdict {
  readonly path: string;
  readonly collection: string;
  readonly confidence: number;
  readonly exit: number;
  readonly exits: number;
}

export interface TriedOut {
  readonly verdicts: readonly Verdict[];
  readonly provider: string;
}

type Line = ({ type: 'verdict' } & Verdict) | { type: 'start'; provider: string } | { type: 'failed' };

/**
 * @param folder a built program, unpacked; the samples that are packed with it are classified
 * @throws where a photograph gives no verdict or the engine does not answer
 */
export async function tryOut(folder: string, provider: string): Promise<TriedOut> {
  const empty = mkdtempSync(join(tmpdir(), 'squint-package-'));
  try {
    const copy = join(empty, 'copy of Squint');
    const home = join(empty, 'home');
    mkdirSync(home);
    cpSync(folder, copy, { recursive: true, verbatimSymlinks: true });
    const { node, resources } = unpackedAt(copy);
    const { SystemRoot, TEMP } = process.env; // without them no program starts on Windows
    const surroundings = { cwd: home, env: { HOME: home, USERPROFILE: home, APPDATA: home, SystemRoot, TEMP } };
    const programs = join(resources, 'app.asar.unpacked/out/main');

    const args = [join(programs, 'cli.mjs'), 'classify', join(resources, 'models/samples'), '--json', '--provider', provider];
    const { stdout } = await promisify(execFile)(node, args, surroundings);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
    const start = lines.find((line) => line.type === 'start');
    const failed = lines.find((line) => line.type === 'failed');
    if (start === undefined || failed !== undefined)
      throw new Error(`The packed engine gave no verdict: ${JSON.stringify(failed ?? lines)}`);
    const verdicts = lines.filter((line) => line.type === 'verdict').map((line) => ({ ...line, path: basename(line.path) }));
    await ask({ node, script: join(programs, 'engine.mjs'), resources }, surroundings);
    return { verdicts: verdicts.sort((a, b) => a.path.localeCompare(b.path)), provider: start.provider };
  } finally {
    rmSync(empty, { recursive: true, maxRetries: 10 });
  }
}

/** Starts the window's engine as the shell does, asks it for the state of its library, and lets it stop. */
async function ask(
  { node, script, resources }: { node: string; script: string; resources: string },
  surroundings: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<void> {
  const engine = fork(script, [], {
    ...surroundings,
    execPath: node,
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    timeout: 60_000,
    killSignal: 'SIGKILL',
  });
  const exit = new Promise<number | null>((resolve) => engine.once('exit', resolve));
  const answer = new Promise<{ type: string; reply?: { ok: boolean } }>((resolve) => {
    engine.on('message', (message: { type: string; reply?: { ok: boolean } }) => {
      if (message.type !== 'notice') resolve(message);
    });
  });
  try {
    engine.send({ type: 'hello', resources, version: 'package-check' });
    engine.send({ type: 'request', seq: 1, name: 'library.state', params: {} });
    const first = await Promise.race([answer, exit]);
    if (first === null || typeof first === 'number')
      throw new Error(`The packed engine ended with code ${first ?? 'none'} before it answered.`);
    if (first.reply?.ok !== true) throw new Error(`The packed engine refused its first request: ${JSON.stringify(first)}`);
    engine.send({ type: 'stop' });
    const code = await exit;
    if (code !== 0) throw new Error(`The packed engine was told to stop and ended with code ${code ?? 'none'}.`);
  } finally {
    engine.kill('SIGKILL');
  }
}

/** Starts the driver and kills it by SIGKILL, all its children with it or the engine alone, some time after its work has begun. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Job, Line } from './driver.ts';

const driver = fileURLToPath(new URL('driver.ts', import.meta.url));

/** What became of it. */
export interface Fate {
  readonly wasKilled: boolean; // while it worked; else it was through before
  readonly ms: number; // from the beginning of its work to the kill or the end
  readonly lines: readonly Line[];
  readonly pid: number;
}

export interface Strike {
  readonly afterMs: number | null; // null: it is let be
  readonly alone?: boolean; // its children are not killed; they end by themselves
}

export async function strike(job: Job, home: string, pack: string, { afterMs, alone = false }: Strike): Promise<Fate> {
  const child = start(job, home, pack);
  const lines: Line[] = [];
  let errors = '';
  child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
  let began = NaN;
  let ended = NaN;
  let timer: NodeJS.Timeout | undefined;
  createInterface(child.stdout).on('line', (text) => {
    const line = JSON.parse(text) as Line;
    lines.push(line);
    if (line.type === 'end') ended = performance.now();
    if (line.type !== 'begin') return;
    began = performance.now();
    if (afterMs === null) return;
    timer = setTimeout(() => {
      if (child.exitCode === null) process.kill(alone ? child.pid! : -child.pid!, 'SIGKILL');
    }, afterMs);
  });
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve) => child.on('close', (...how) => resolve(how)));
  clearTimeout(timer);
  if (code !== 0 && signal !== 'SIGKILL') throw new Error(`the engine ended by itself with ${code ?? signal}: ${errors}`);
  return { wasKilled: Number.isNaN(ended), ms: (Number.isNaN(ended) ? performance.now() : ended) - began, lines, pid: child.pid! };
}

/** In a process group of its own. */
export const start = (job: Job, home: string, pack: string) =>
  spawn(process.execPath, [driver, home, pack, JSON.stringify(job)], { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });

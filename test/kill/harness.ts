/**
 * The kill harness: a real run of the command line, whose reader and network are killed from outside at random instants. What must hold:
 * the run ends, every photo has exactly one outcome, no innocent file is given up.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as after } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import type { RunEvent } from '../../src-main/contract/events.ts';

const cli = fileURLToPath(new URL('../../src-main/hosts/cli/main.ts', import.meta.url));

/** Fills a folder with JPEG photos: a dozen different ones, copied. */
export async function manyPhotos(folder: string, count: number): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const bases = Math.min(count, 12);
  for (let i = 0; i < bases; i++) {
    const noise = { type: 'gaussian' as const, mean: 60 + 10 * i, sigma: 20 + i };
    await sharp({ create: { width: 640, height: 480, channels: 3, background: '#888', noise } })
      .jpeg()
      .toFile(join(folder, `photo ${i}.jpg`));
  }
  for (let i = bases; i < count; i++) copyFileSync(join(folder, `photo ${i % bases}.jpg`), join(folder, `photo ${i}.jpg`));
}

export interface Watched {
  readonly process: ChildProcess;
  readonly events: RunEvent[]; // so far
  readonly status: Promise<number | null>; // when it ends
}

/** Starts `squint classify --json` with a home of its own. */
export function classifyJson(args: readonly string[], home: string): Watched {
  const child = spawn(process.execPath, [cli, 'classify', '--json', '--no-catalog', ...args], {
    env: { ...process.env, SQUINT_HOME: home },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const events: RunEvent[] = [];
  createInterface(child.stdout).on('line', (line) => events.push(JSON.parse(line) as RunEvent));
  return { process: child, events, status: new Promise((resolve) => child.on('close', resolve)) };
}

/** Process ids of a process's children. */
export function childrenOf(pid: number): number[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  return table
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .filter(([child, parent]) => parent === pid && child !== undefined)
    .map(([child]) => child!);
}

export async function until(what: () => boolean, withinMs = 60_000): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!what()) {
    if (performance.now() > deadline) throw new Error('waited in vain');
    await after(20);
  }
}

/**
 * Kills one child of the run, reader or network, as often as asked, at random instants while it works.
 *
 * @param random in [0, 1)
 * @returns how many were killed before the run ended
 */
export async function killAtRandom(run: Watched, kills: number, random: () => number): Promise<number> {
  const photos = (): number => run.events.filter(({ type }) => type === 'verdict' || type === 'failed').length;
  await until(() => photos() > 0);
  let done = 0;
  while (done < kills && run.process.exitCode === null) {
    await after(20 + random() * 300);
    const children = childrenOf(run.process.pid!);
    const victim = children[Math.floor(random() * children.length)];
    if (victim === undefined) continue;
    try {
      process.kill(victim, 'SIGKILL');
      done += 1;
    } catch {
      // It was `ps` itself, or has just ended.
    }
  }
  return done;
}

/** The same numbers for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Outcomes by path. */
export function outcomes(events: readonly RunEvent[]): Map<string, string[]> {
  const byPath = new Map<string, string[]>();
  for (const event of events) {
    if (event.type === 'start' || event.type === 'summary') continue;
    byPath.set(event.path, [...(byPath.get(event.path) ?? []), event.type]);
  }
  return byPath;
}

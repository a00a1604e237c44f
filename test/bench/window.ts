/**
 * What the window costs a run: photos a second with the window closed (the command line), open and left alone, and open while somebody
 * scrolls; beside it how long a page's request takes in mid-run, and how soon one photo's verdict is on screen after its drop.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright';
import { buildBundle, bundleIsCurrent } from '../../build/bundle.ts';
import type { Bridge } from '../../src-main/contract/bridge.ts';
import type { Summary } from '../../src-main/contract/events.ts';
import type { LibraryState } from '../../src-main/contract/library.ts';
import { dropFiles, launchStandIn } from '../journeys/stand-in/launch.ts';

/** The page's own types stay out of here. */
interface Bridged {
  readonly squint: Bridge;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const commandLine = join(root, 'src-main', 'hosts', 'cli', 'main.ts');

export async function run([named, rounds = '3']: readonly string[]): Promise<void> {
  if (named === undefined) throw new Error('window FOLDER [ROUNDS]');
  if (!bundleIsCurrent() && !buildBundle()) throw new Error('There is no bundle to start: what electron-vite says of it is above.');
  const folder = resolve(named);
  const temporary = mkdtempSync(join(tmpdir(), 'squint-window-'));
  try {
    const first = join(temporary, 'first');
    closed(folder, first); // measures this computer's stages once
    console.log('round   photos/s: closed   open   scrolling     request p50, p99 ms (scrolling)');
    for (let round = 1; round <= Number(rounds); round++) {
      const withFigures = (name: string): string => {
        const home = join(temporary, `${name}-${round}`);
        mkdirSync(home);
        copyFileSync(join(first, 'machine.json'), join(home, 'machine.json'));
        return home;
      };
      const shut = closed(folder, withFigures('closed'));
      const still = await open(folder, withFigures('open'), false);
      const moving = await open(folder, withFigures('scrolling'), true);
      const at = (share: number): string =>
        moving.requestMs.toSorted((a, b) => a - b)[Math.floor(moving.requestMs.length * share)]!.toFixed(1);
      const row = [shut, still.photosPerSecond, moving.photosPerSecond].map((n) => n.toFixed(1).padStart(9)).join('');
      console.log(`${String(round).padEnd(14)}${row}     ${at(0.5)}, ${at(0.99)} of ${moving.requestMs.length}`);
    }
    const photos = readdirSync(folder).filter((name) => /\.jpe?g$/i.test(name));
    const times = await untilVerdict(
      photos.slice(0, 8).map((name) => join(folder, name)),
      join(temporary, 'drop'),
      first,
    );
    console.log(`one photo, from drop to its verdict on screen, ms: ${times.join('  ')}`);
  } finally {
    rmSync(temporary, { recursive: true, maxRetries: 5 });
  }
}

function closed(folder: string, home: string): number {
  const { stdout } = spawnSync(process.execPath, [commandLine, 'classify', folder, '--json', '--no-catalog'], {
    env: { ...process.env, SQUINT_HOME: home },
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  const { verdicts, seconds } = JSON.parse(stdout.trimEnd().split('\n').at(-1)!) as Summary;
  return verdicts / seconds;
}

async function open(folder: string, home: string, scrolls: boolean): Promise<{ photosPerSecond: number; requestMs: number[] }> {
  const shell = await start(home, [folder]);
  try {
    const page = await shell.firstWindow();
    await tilesOf(page).first().waitFor();
    await page.mouse.move(700, 500);
    const requestMs: number[] = [];
    for (let step = 0; ; step++) {
      const began = performance.now();
      const { run } = await stateOf(page);
      if (run && ['done', 'failed', 'stopped'].includes(run.state)) return { photosPerSecond: run.done / run.seconds, requestMs };
      if (scrolls) {
        await page.mouse.wheel(0, step % 40 < 20 ? 400 : -400);
        requestMs.push(await rowsMs(page));
      }
      await page.waitForTimeout(Math.max(0, (scrolls ? 50 : 500) - (performance.now() - began)));
    }
  } finally {
    await shell.close();
  }
}

const tilesOf = (page: Page): Locator => page.getByRole('listbox', { name: 'Photos' }).getByRole('option');

/** Milliseconds that the page waits for a screenful of rows. */
const rowsMs = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const began = performance.now();
    await (globalThis as unknown as Bridged).squint.request('photos.rows', { ids: Array.from({ length: 60 }, (_, i) => i + 1) });
    return performance.now() - began;
  });

/** One after the other; the first, which wakes the engine's children, is left out. */
async function untilVerdict(photos: readonly string[], home: string, figures: string): Promise<number[]> {
  mkdirSync(home);
  copyFileSync(join(figures, 'machine.json'), join(home, 'machine.json'));
  const shell = await start(home, []);
  try {
    const page = await shell.firstWindow();
    const sorted = tilesOf(page).filter({ hasText: /left at exit/ });
    const times: number[] = [];
    for (const [i, photo] of photos.entries()) {
      const began = performance.now();
      await dropFiles(page, 'body', [photo]);
      await sorted.nth(i).waitFor();
      times.push(Math.round(performance.now() - began));
    }
    return times.slice(1);
  } finally {
    await shell.close();
  }
}

const start = (home: string, args: readonly string[]) =>
  launchStandIn(join(root, 'out', 'main', 'index.mjs'), args, { cwd: root, env: { ...process.env, SQUINT_HOME: home } });

const stateOf = (page: Page): Promise<LibraryState> =>
  page.evaluate(async () => {
    const reply = await (globalThis as unknown as Bridged).squint.request('library.state', {});
    if (!reply.ok) throw new Error(reply.problem.message);
    return reply.value as LibraryState;
  });

/**
 * From `npm start` to a window that answers, with everything built: how long npm start takes until it starts Electron, and how long the
 * bundle takes from there, under the stand-in, until the page has the library's state and its buttons can be pressed. Electron's own start
 * is Chromium's there.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildBundle, bundleIsCurrent } from '../../build/bundle.ts';
import { launchStandIn } from '../journeys/stand-in/launch.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

export async function run([rounds = '5']: readonly string[]): Promise<void> {
  if (!bundleIsCurrent() && !buildBundle()) throw new Error('There is no bundle to start: what electron-vite says of it is above.');
  const folder = mkdtempSync(join(tmpdir(), 'squint-start-'));
  try {
    const before: number[] = [];
    const page: number[] = [];
    const window: number[] = [];
    for (let round = 0; round < Number(rounds); round++) {
      before.push(untilElectron(folder));
      const { loaded, answers } = await untilInteractive(join(folder, `home-${round % 2}`)); // the first two are first runs
      page.push(loaded);
      window.push(answers);
    }
    const row = (name: string, times: readonly number[]): void =>
      console.log(`  ${name.padEnd(44)}${times.map((ms) => `${Math.round(ms)} ms`.padStart(9)).join('')}`);
    row('npm start, until it starts Electron', before);
    row('from there until the page is loaded', page);
    row('from there until the window can be used', window);
    row(
      'npm start to a window that can be used',
      before.map((ms, i) => ms + window[i]!),
    );
  } finally {
    rmSync(folder, { recursive: true, maxRetries: 5 });
  }
}

function untilElectron(folder: string): number {
  writeFileSync(join(folder, 'electron'), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
  const env = { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: folder, DISPLAY: ':9' };
  const began = performance.now();
  const { status } = spawnSync('npm', ['start'], { cwd: root, env, stdio: 'ignore' });
  if (status !== 0) throw new Error(`npm start ended with ${String(status)}`);
  return performance.now() - began;
}

async function untilInteractive(home: string): Promise<{ loaded: number; answers: number }> {
  const began = performance.now();
  const shell = await launchStandIn(join(root, 'out', 'main', 'index.mjs'), [], { cwd: root, env: { ...process.env, SQUINT_HOME: home } });
  const page = await shell.firstWindow();
  await page.waitForLoadState();
  const loaded = performance.now() - began;
  await page.getByRole('button', { name: 'Add folder' }).first().click({ trial: true }); // visible, enabled, in nobody's shadow
  const answers = performance.now() - began;
  await shell.close();
  return { loaded, answers };
}

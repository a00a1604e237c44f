/**
 * What a journey begins with: Squint, started from its bundle as a person would, with a home of its own. The same journey runs under the
 * stand-in and on the real Electron; what tells the two apart is in this file alone.
 */
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Page, _electron } from 'playwright';
import { test as base } from 'playwright/test';
import { electronPath } from '../../build/electron.ts';
import { unpackedAt } from '../../build/package/unpacked.ts';
import type { LibraryState } from '../../src-main/contract/library.ts';
import { ask } from './ask.ts';
import { chromiumPath } from './chromium.ts';
import { type Shell, launchStandIn, onStandIn } from './stand-in/launch.ts';

export { expect } from 'playwright/test';
export { dropFiles } from './stand-in/launch.ts';

export interface Squint {
  readonly shell: Shell;
  readonly page: Page;
}

interface Fixtures {
  /** By the project, see build/playwright.config.ts. */
  electron: 'stand-in' | 'real';
  /** Where settings, library and cache are. */
  home: string;
  /** For the journey's own files. */
  folder: string;
  /** Starts it with what is named on its command line. */
  launch: (args?: readonly string[]) => Promise<Squint>;
  /** Starts it where it runs already; it ends by itself. @returns its exit code */
  launchAgain: (args: readonly string[], from: string) => Promise<number | null>;
  squint: Squint;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const bundle = join(root, 'out', 'main', 'index.mjs');
const built = process.env.SQUINT_BUILT; // the folder of a packed program: then it is what the journeys on the real Electron start
const electronBinary = built === undefined ? electronPath() : unpackedAt(resolve(root, built)).program;
const electronArguments = [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...(built === undefined ? [root] : [])];

export const test = base.extend<Fixtures>({
  electron: ['stand-in', { option: true }],
  home: async ({}, use) => withFolder('squint-home-', use),
  folder: async ({}, use) => withFolder('squint-journey-', use),

  launch: async ({ electron, home }, use, info) => {
    info.skip(electron === 'real' && electronBinary === null, "Electron's binary is not on this computer: npm start fetches it");
    info.skip(electron === 'stand-in' && chromiumPath() === null, 'there is no Chromium on this computer; SQUINT_CHROMIUM names one');
    const open: Shell[] = [];
    const faults: string[] = [];
    await use(async (args = []) => {
      const env = environment(home);
      const shell =
        electron === 'stand-in'
          ? await launchStandIn(bundle, args, { cwd: root, env })
          : await _electron.launch({ executablePath: electronBinary!, args: [...electronArguments, ...args], cwd: root, env });
      open.push(shell);
      const page = await shell.firstWindow();
      page.on('pageerror', (error) => faults.push(error.message));
      return { shell, page };
    });
    for (const shell of open) if (isRunning(shell.process())) await shell.close();
    if (faults.length > 0) throw new Error(`errors in the page:\n${faults.join('\n')}`);
  },

  launchAgain: async ({ electron, home }, use) =>
    use((args, from) => {
      const env = { ...environment(home), INIT_CWD: from };
      return exitOf(
        electron === 'stand-in'
          ? fork(bundle, args, { cwd: root, env, execArgv: onStandIn })
          : spawn(electronBinary!, [...electronArguments, ...args], { cwd: root, env }),
      );
    }),

  squint: async ({ launch }, use) => use(await launch()),
});

/** What the engine says of the library. */
export const state = (page: Page): Promise<LibraryState> => ask(page, 'library.state', {});

/** As a person's, with a home of its own. */
function environment(home: string): Record<string, string> {
  const env: Record<string, string> = { ...(process.env as Record<string, string>), SQUINT_HOME: home };
  delete env.INIT_CWD;
  return env;
}

async function withFolder(name: string, use: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), name));
  await use(folder);
  rmSync(folder, { recursive: true, maxRetries: 5 });
}

const exitOf = (child: ChildProcess): Promise<number | null> => new Promise((resolve) => child.once('exit', resolve));

const isRunning = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode === null && signalCode === null;

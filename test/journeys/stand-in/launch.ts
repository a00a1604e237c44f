/**
 * Starts the built bundle on the stand-in. What it returns has the face of Playwright's ElectronApplication, so that a journey runs on the
 * real Electron without a change.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { type ElectronApplication, type Page, chromium } from 'playwright';
import type { StandInPage } from './in-page.ts';

export type Shell = Pick<ElectronApplication, 'process' | 'firstWindow' | 'close' | 'evaluate'>;

interface Told {
  readonly browser?: string;
  readonly id?: number;
  readonly value?: unknown;
  readonly error?: string;
}

/** What makes Node run a bundle on the stand-in. */
export const onStandIn = ['--import', new URL('./register.ts', import.meta.url).href];

/** @param main the bundle's path */
export async function launchStandIn(
  main: string,
  args: readonly string[],
  { cwd, env }: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<Shell> {
  const child = fork(main, args, { cwd, env, execArgv: onStandIn, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const address = await new Promise<string>((resolve, reject) => {
    child.on('message', ({ browser }: Told) => {
      if (browser !== undefined) resolve(browser);
    });
    child.once('exit', (code) => reject(new Error(`the main process ended with ${String(code)} before it opened a window`)));
  });
  const browser = await chromium.connectOverCDP(address);
  const context = browser.contexts()[0]!;
  return {
    process: () => child,
    firstWindow: async () => {
      const page = context.pages()[0] ?? (await context.waitForEvent('page'));
      await page.waitForURL((url) => url.href !== 'about:blank');
      return page;
    },
    evaluate: evaluateIn(child) as Shell['evaluate'],
    close: async () => {
      if (child.connected) child.disconnect(); // which tells it to quit
      await exited;
      await browser.close().catch(() => {});
    },
  };
}

function evaluateIn(child: ChildProcess): (f: unknown, argument: unknown) => Promise<unknown> {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  child.on('message', ({ id, value, error }: Told) => {
    if (id === undefined) return;
    if (error === undefined) waiting.get(id)?.resolve(value);
    else waiting.get(id)?.reject(new Error(error));
    waiting.delete(id);
  });
  let last = 0;
  return (f, argument) => {
    const id = ++last;
    const answer = Promise.withResolvers<unknown>();
    waiting.set(id, answer);
    child.send({ id, source: String(f), argument });
    return answer.promise;
  };
}

/** Drops files and folders of the disk on an element, as the system's file manager would. */
export async function dropFiles(page: Page, selector: string, paths: readonly string[]): Promise<void> {
  await page.locator('.window').waitFor(); // before that nobody hears of a drop
  const box = await page.locator(selector).boundingBox();
  if (!box) throw new Error(`nothing to drop on: ${selector}`);
  await page.evaluate((those) => (globalThis as unknown as StandInPage).standIn?.willDrop(those), paths);
  const devtools = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await devtools.send('Input.dispatchDragEvent', {
      type,
      x: box.x + box.width / 2,
      y: box.y + box.height / 2,
      data: { items: [], files: [...paths], dragOperationsMask: 1 },
    });
  }
  await devtools.detach();
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildBundle, bundleIsCurrent } from '../../../build/bundle.ts';

const script = fileURLToPath(new URL('../../../build/start.ts', import.meta.url));
const checkout = fileURLToPath(new URL('../../../', import.meta.url));

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'squint-start-'));
  mkdirSync(join(folder, 'photos'));
  if (!bundleIsCurrent() && !buildBundle()) throw new Error('There is no bundle to start: what electron-vite says of it is above.');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** As from a terminal in `folder`. The PATH has no browser to open. */
const begin = (args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess =>
  spawn(process.execPath, [script, ...args], {
    env: { ...process.env, PATH: '', INIT_CWD: folder, SQUINT_HOME: join(folder, 'home'), ...env },
  });

async function start(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<{ status: unknown; stdout: string; stderr: string }> {
  const child = begin(args, env);
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout!),
    text(child.stderr!),
    once(child, 'exit') as Promise<unknown[]>,
  ]);
  return { status, stdout, stderr };
}

/** An Electron that does what the shell is told. */
function electronThat(does: string): NodeJS.ProcessEnv {
  writeFileSync(join(folder, 'electron'), `#!/bin/sh\n${does}\n`, { mode: 0o755 });
  return { ELECTRON_OVERRIDE_DIST_PATH: folder, DISPLAY: ':9' };
}

describe('npm start', () => {
  it('tells what it takes, and where the command line is', async () => {
    const { status, stdout } = await start(['--help']);
    expect(stdout).toMatch(/^Usage: npm start \[-- FOLDER …\]/);
    expect(stdout).toContain('npm run -s squint -- help');
    expect(status).toBe(0);
  });

  it('names a folder that is not there by its whole path, before it builds or fetches anything', async () => {
    const { status, stderr } = await start(['no such folder']);
    expect(stderr).toBe(`Squint: there is no file or folder ${join(folder, 'no such folder')}.\n`);
    expect(status).toBe(2);
  });

  it('knows no options', async () => {
    expect(await start(['--fast'])).toMatchObject({
      status: 2,
      stderr: 'Squint: there is no option --fast. npm start -- --help tells what there is.\n',
    });
  });
});

describe.skipIf(process.platform === 'win32')('npm start, [other system] where shell scripts run', () => {
  it('starts Electron on the checkout, with folders by their whole path', async () => {
    expect(await start(['photos'], electronThat('echo "$@"'))).toEqual({
      status: 0,
      stdout: `${checkout} ${join(folder, 'photos')}\n`,
      stderr: '',
    });
  });

  it('opens the browser where Electron does not start, and says in one line why, what helps, and the address', async () => {
    const child = begin([], electronThat('echo "FATAL: No usable sandbox! If you are running on Ubuntu …" >&2; exit 133'));
    let said = '';
    for await (const chunk of child.stderr!) {
      said += String(chunk);
      if (/http:\S+\n/.test(said)) break;
    }
    const helper = join(folder, 'chrome-sandbox');
    const [, address] =
      /^Squint: opens in the browser, since this system keeps programs from user namespaces, which the sandbox of the page needs\. Once: sudo chown root:root '(?:\S+)' .* (http:\/\/127\.0\.0\.1:\d+\/\S+)$/m.exec(
        said,
      ) ?? [];
    expect(said).toContain(`sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`);
    expect(await (await fetch(address!)).text()).toContain('<div id="app">');
    child.kill('SIGTERM');
    await once(child, 'exit');
    await expect(fetch(address!)).rejects.toThrow('fetch failed');
  });
});

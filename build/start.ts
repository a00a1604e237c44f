/**
 * `npm start [-- FOLDER …]`: Squint's window, with the folders and files that are named. It builds what is older than the sources and brings
 * Electron's binary where it is missing. Where Electron cannot be had or cannot start, Squint opens in the default browser, and one line
 * says why, what helps, and the address.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { buildBundle, bundleIsCurrent } from './bundle.ts';
import { type Hindrance, hindranceOf } from './cannot-start.ts';
import { electronPath, electronVersion, fetchElectron } from './electron.ts';

const help = `Usage: npm start [-- FOLDER …]

Opens Squint. Folders and files that are named are added and sorted; nothing in them is changed.

  npm start                        opens it as it was left
  npm start -- ~/Pictures          relative paths are those of the folder you stand in
  npm run -s squint -- help        the command line, with everything it can do
`;

const startWithinMs = 10_000; // what ends badly in that time has not opened a window

const root = fileURLToPath(new URL('..', import.meta.url));
const commandLine = fileURLToPath(new URL('../src-main/hosts/cli/main.ts', import.meta.url));
const say = (text: string): void => void process.stderr.write(`Squint: ${text}\n`);

process.exitCode = await start(process.argv.slice(2));

async function start(args: readonly string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(help);
    return 0;
  }
  const unknown = args.find((word) => word.startsWith('-'));
  if (unknown !== undefined) {
    say(`there is no option ${unknown}. npm start -- --help tells what there is.`);
    return 2;
  }
  const paths = args.map((path) => resolve(process.env.INIT_CWD ?? process.cwd(), path));
  const missing = paths.find((path) => !existsSync(path));
  if (missing !== undefined) {
    say(`there is no file or folder ${missing}.`);
    return 2;
  }
  if (!bundleIsCurrent()) {
    say('building the window from its sources, a few seconds …');
    if (!buildBundle()) return 1;
  }
  const { code, hindrance } = await openWindow(paths);
  return hindrance === null ? code : openBrowser(paths, hindrance);
}

/** @returns its exit code, or what kept it from starting */
async function openWindow(paths: readonly string[]): Promise<{ code: number; hindrance: Hindrance | null }> {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY)
    return { code: 1, hindrance: hindranceOf('cannot open display', '') };
  let electron = electronPath();
  if (electron === null) {
    say(`fetching Electron ${electronVersion}, in which its window runs. This is done once …`);
    try {
      electron = await fetchElectron();
    } catch (error) {
      const why = `Electron could not be fetched (${reasonOf(error)})`;
      return {
        code: 1,
        hindrance: { why, remedy: 'Start it again when this computer reaches github.com, or name a mirror in ELECTRON_MIRROR.' },
      };
    }
  }
  const began = performance.now();
  const child = spawn(electron, [root, ...paths], { stdio: ['inherit', 'inherit', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-10_000);
    if (process.env.SQUINT_DEBUG) process.stderr.write(chunk);
  });
  const code = await ended(child);
  const endedAtOnce = code !== 0 && performance.now() - began < startWithinMs;
  return { code, hindrance: endedAtOnce ? hindranceOf(said, electron) : null };
}

/** fetch says only that it failed; its cause says why. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.cause.message : error.message;
}

async function openBrowser(paths: readonly string[], { why, remedy }: Hindrance): Promise<number> {
  const child = spawn(process.execPath, [commandLine, 'serve', ...paths], { stdio: ['inherit', 'pipe', 'inherit'] });
  createInterface({ input: child.stdout }).once('line', (address) => {
    say([`opens in the browser, since ${why}.`, remedy, address].filter((part) => part !== null).join(' '));
    browse(address);
  });
  return ended(child);
}

/** Opens an address in the default browser; where there is none, the line has told the address. */
function browse(address: string): void {
  const [command, ...args] =
    process.platform === 'darwin' ? ['open'] : process.platform === 'win32' ? ['rundll32', 'url.dll,FileProtocolHandler'] : ['xdg-open'];
  spawn(command, [...args, address], { stdio: 'ignore', detached: true })
    .once('error', () => {})
    .unref();
}

/** Ctrl-C reaches every process of the terminal, and the child decides what it makes of it; a signal for this process alone is passed on. */
function ended(child: ChildProcess): Promise<number> {
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((settle) => {
    child.once('exit', (code) => settle(code ?? 1));
    child.once('error', () => settle(1));
  });
}

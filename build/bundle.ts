/** The bundle in out/ that Electron runs: whether it is as new as its sources, and making it. */
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = ['src-main', 'src-renderer', 'electron.config.ts', 'package-lock.json'];
const writtenLast = join(root, 'out', 'renderer', 'index.html');

export function bundleIsCurrent(): boolean {
  const built = statSync(writtenLast, { throwIfNoEntry: false })?.mtimeMs;
  return built !== undefined && sources.every((path) => newest(join(root, path)) <= built);
}

function newest(path: string): number {
  const { mtimeMs } = statSync(path); // a folder's changes when a file in it comes or goes
  if (!statSync(path).isDirectory()) return mtimeMs;
  return Math.max(mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

/** @returns whether it was made; what stood in the way is on stderr then */
export function buildBundle(): boolean {
  const cli = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'build', '--config', 'electron.config.ts', '--logLevel', 'warn'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) process.stderr.write(stdout + stderr);
  return status === 0;
}

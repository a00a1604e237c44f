/** Runs a tool of node_modules on this very Node, in the checkout; what it prints goes where ours goes. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export function runTool(path: string, args: readonly string[]): void {
  const { status, error } = spawnSync(process.execPath, [join(root, 'node_modules', path), ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${path} ended with code ${status ?? error?.message ?? 'none'}; what it printed is above.`);
}

/** out/, from the sources: what is packed. */
export const buildBundles = (): void =>
  runTool('electron-vite/bin/electron-vite.js', ['build', '--config', 'electron.config.ts', '--logLevel', 'warn']);

/** @param args which system and form, and settings over those of electron-builder.yml */
export const buildPackages = (args: readonly string[]): void =>
  runTool('electron-builder/cli.js', ['--config', 'build/package/electron-builder.yml', '--publish', 'never', ...args]);

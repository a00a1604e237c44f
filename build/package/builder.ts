/** electron-builder with Squint's configuration, on a bundle that is as new as its sources. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildBundle, bundleIsCurrent } from '../bundle.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * @param args which system and form, and settings over those of electron-builder.yml
 * @throws where it could not be built; the tools' own words stand on stderr then
 */
export function buildPackages(args: readonly string[]): void {
  if (!bundleIsCurrent() && !buildBundle()) throw new Error('There is no bundle to pack: what electron-vite says of it is above.');
  const builder = join(root, 'node_modules/electron-builder/cli.js');
  const settings = ['--config', 'build/package/electron-builder.yml', '--publish', 'never'];
  const { status } = spawnSync(process.execPath, [builder, ...settings, ...args], { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error(`electron-builder ended with code ${status ?? 'none'}: what it says is above.`);
}

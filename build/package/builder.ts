/** electron-builder with Squint's configuration, and the bundle that it packs. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildBundle, bundleIsCurrent } from '../bundle.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** @throws where there is none and it cannot be built; what electron-vite says of it stands on stderr then */
export function bringBundle(): void {
  if (!bundleIsCurrent() && !buildBundle()) throw new Error('There is no bundle to pack: what electron-vite says of it is above.');
}

/**
 * @param args which system and form, and settings over those of electron-builder.yml
 * @param from the checkout, or a copy of what is packed of it
 * @throws where it could not be built; what electron-builder says of it stands on stderr then
 */
export function buildPackages(args: readonly string[], from = root): void {
  const builder = join(root, 'node_modules/electron-builder/cli.js');
  const settings = ['--config', 'build/package/electron-builder.yml', '--publish', 'never'];
  const { status } = spawnSync(process.execPath, [builder, ...settings, ...args], { cwd: from, stdio: 'inherit' });
  if (status !== 0) throw new Error(`electron-builder ended with code ${status ?? 'none'}: what it says is above.`);
}

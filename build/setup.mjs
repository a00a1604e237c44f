/**
 * `npm start`, `npm test` and `npm run squint` come here first, on whatever Node (>= 20) the person has. It brings the packages
 * (`npm ci`, once per lock file) and goes on with the Node that the packages hold, so that what runs is what ships.
 * Plain JavaScript without packages, for it runs before they are there. A script named after it gets the remaining arguments.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const say = (text) => process.stderr.write(`Squint: ${text}\n`);

const runtimePackage = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
const runtime = join(root, 'node_modules', runtimePackage, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

function packagesAreCurrent() {
  const installed = join(root, 'node_modules', '.package-lock.json');
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
}

function installPackages() {
  say('bringing its packages with npm ci, about 0.7 GB on disk. This is done once …');
  const began = Date.now();
  const npm = process.env.npm_execpath;
  const args = ['ci', '--loglevel=error', '--no-progress'];
  const { status, error } = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: ['inherit', 2, 2] })
    : spawnSync('npm', args, { cwd: root, stdio: ['inherit', 2, 2], shell: process.platform === 'win32' });
  if (error || status !== 0) {
    say(`npm ci did not finish${error ? ` (${error.message})` : ''}. It needs the npm registry; try again when this computer reaches it.`);
    process.exit(1);
  }
  say(`packages are here, after ${Math.round((Date.now() - began) / 1000)} s.`);
}

if (!packagesAreCurrent()) installPackages();

if (!existsSync(runtime)) {
  const { optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const systems = Object.keys(optionalDependencies).map((name) => name.replace('node-', ''));
  say(`it does not run on ${process.platform}-${process.arch}: its libraries have builds for ${systems.join(', ')} only.`);
  process.exit(1);
}

const [script, ...args] = process.argv.slice(2);
if (script) {
  const child = spawn(runtime, [join(root, script), ...args], { stdio: 'inherit' });
  // The terminal sends Ctrl-C to the whole group, the child too: wait for what it makes of it. A signal for this process alone is passed on.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (status, signal) => process.exit(status ?? 128 + (constants.signals[signal] ?? 0)));
}

/** Everything stays on this computer: where only the loopback is, nothing so much as tries to get out. */
import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromiumPath } from './chromium.ts';
import { sampleNames } from './photos.ts';
import { expect, test } from './squint.ts';

// Chromium asks its kernel for a way to one address, without sending anything, to learn whether there is IPv6: it is given one.
const setUp = 'ip link set lo up && ip -6 route add local 2001:4860:4860::8888 dev lo && exec "$@"';
const alone = ['--map-root-user', '--net', '--', 'sh', '-c', setUp, 'sh'];

test('a whole session tries no connection and asks for no name', async ({ home }) => {
  test.skip(chromiumPath() === null, 'there is no Chromium on this computer; SQUINT_CHROMIUM names one');
  test.skip(spawnSync('unshare', [...alone, 'true']).status !== 0, '[other system] gives nobody a network of their own (unshare, ip)');
  const session = fileURLToPath(new URL('offline.ts', import.meta.url));
  const { stdout } = await promisify(execFile)('unshare', [...alone, process.execPath, session], {
    env: { ...process.env, SQUINT_HOME: home, NODE_OPTIONS: '' },
  });
  const { byAddress, byName, bySquint, sorted } = JSON.parse(stdout) as Record<string, number>;
  expect(byAddress).toBe(2); // what is tried is counted
  expect(byName).toBeGreaterThan(0);
  expect(sorted).toBe(sampleNames.length);
  expect(bySquint).toBe(0);
});

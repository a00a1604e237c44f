/**
 * A whole session, as a program that offline.spec.ts starts where there is no network but the loopback: Squint is opened, the samples are
 * added and sorted, one is inspected, Squint is closed. It prints how often the kernel of that place was asked for a way out: once on
 * purpose, by address and by name, so that a count of none means something, and then during the session.
 */
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { LibraryState } from '../../src-main/contract/library.ts';
import { launchStandIn } from './stand-in/launch.ts';

/** Connections and packets that found no way out (RFC 4293 OutNoRoutes), or a name server where none listens (RFC 4113 NoPorts). */
function attempts(): number {
  const v4 = new Map<string, number>();
  const lines = readFileSync('/proc/self/net/snmp', 'utf8').trim().split('\n');
  for (let i = 0; i + 1 < lines.length; i += 2) {
    const [protocol, ...names] = lines[i]!.split(' ');
    const values = lines[i + 1]!.split(' ').slice(1);
    names.forEach((name, k) => v4.set(protocol! + name, Number(values[k])));
  }
  const v6 = new Map(
    readFileSync('/proc/self/net/snmp6', 'utf8')
      .trim()
      .split('\n')
      .map((line) => line.split(/\s+/) as [string, string]),
  );
  return v4.get('Ip:OutNoRoutes')! + v4.get('Udp:NoPorts')! + Number(v6.get('Ip6OutNoRoutes')) + Number(v6.get('Udp6NoPorts'));
}

const start = attempts();
for (const host of ['192.0.2.1', '2001:db8::1']) await once(connect(80, host), 'error').catch(() => {}); // for documentation, RFC 5737 and 3849
const byAddress = attempts() - start;
await lookup('squint.invalid').catch(() => {});
const byName = attempts() - start - byAddress;

const before = attempts();
const root = fileURLToPath(new URL('../..', import.meta.url));
const shell = await launchStandIn(`${root}out/main/index.mjs`, [], { cwd: root, env: process.env });
const page = await shell.firstWindow();
const state = async (): Promise<LibraryState> =>
  ((await page.evaluate(() => window.squint.request('library.state', {}))) as { value: LibraryState }).value;
await page.getByRole('button', { name: 'Try sample photos' }).click();
while ((await state()).run?.state !== 'done') await page.waitForTimeout(100);
await page
  .getByRole('option', { name: /left at exit/ })
  .first()
  .click();
await page.keyboard.press('i');
await page.getByRole('complementary', { name: 'What the network saw' }).getByRole('table').waitFor();
const { photos, waiting, failed } = (await state()).counts;
await shell.close();

console.log(JSON.stringify({ byAddress, byName, bySquint: attempts() - before, sorted: photos - waiting - failed }));

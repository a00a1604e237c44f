import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Job } from './driver.ts';
import { Engine, noPack, smallPack } from './engine.ts';
import { seeded, until } from './harness.ts';
import { nothingHalf, stored } from './proofs.ts';
import { start } from './strike.ts';
import { type Tree, filesIn, look, plantPhotos } from './tree.ts';

const root = mkdtempSync(join(tmpdir(), 'squint-two-'));
const at = (name: string): string => join(root, name);
const [home, photos] = [at('home'), at('photos')];
let pack = '';
let before: Tree;
let copy: Omit<Job & { do: 'sort' }, 'target'>;
beforeAll(async () => {
  await plantPhotos(photos, 60, seeded(2));
  before = look(photos);
  const small = await smallPack(root);
  pack = small.pack;
  mkdirSync(home);
  writeFileSync(join(home, 'machine.json'), small.machine);
  const scanning = await Engine.open(home, noPack);
  await scanning.ask('roots.add', { paths: [photos] });
  await scanning.quiet();
  await scanning.close();
  const engine = await Engine.open(home, pack);
  const ids = await engine.ids();
  await engine.ask('decisions.correct', { ids, collection: 'cats' });
  await engine.close();
  copy = { do: 'sort', how: 'copy', ids, collisions: 'number', intrudersEvery: 1000 };
});
afterAll(() => rmSync(root, { recursive: true }));

const ended = (child: ReturnType<typeof start>): Promise<number | null> =>
  child.exitCode !== null ? Promise.resolve(child.exitCode) : new Promise((resolve) => child.on('exit', resolve));

/** Copies them all, and is at it. */
async function copying(target: string): Promise<ReturnType<typeof start>> {
  mkdirSync(target);
  const process = start({ ...copy, target }, home, pack);
  await until(() => filesIn([target]).length > 0);
  return process;
}

describe.skipIf(process.platform === 'win32')('[other system] two processes on one library', () => {
  it('the second hears who has it, and the first copies on undisturbed', async () => {
    const first = await copying(at('copies'));
    await expect(Engine.open(home, pack)).rejects.toMatchObject({
      code: 'library-held',
      message: `The library ${join(home, 'library')} is in use by Squint (process ${first.pid}).`,
      hint: 'Close it first. On the command line, --no-catalog classifies without the library.',
    });
    expect(first.exitCode).toBeNull();
    expect(await ended(first)).toBe(0);
    expect(stored(home).findings).toEqual([]);
    expect(look(photos)).toEqual(before);
    expect(hashesOf(look(at('copies')))).toEqual(hashesOf(before));
  });

  it('the second has it at once when the first is killed, though children of the first may still run', async () => {
    const first = await copying(at('more copies'));
    first.kill('SIGKILL');
    await ended(first);
    const second = await Engine.open(home, pack); // it tries once
    const [settled] = await second.ask('operations.settled', {});
    expect(settled).toMatchObject({ kind: 'copy', state: 'stopped', reason: 'Squint ended before it was done.' });
    await second.close();
    expect(stored(home).findings).toEqual([]);
    expect(look(photos)).toEqual(before);
    expect(nothingHalf(filesIn([at('more copies')]))).toEqual([]);
  });
});

const hashesOf = (tree: Tree): Set<string> => new Set([...tree.values()].map((file) => file.split(' ')[0]!));

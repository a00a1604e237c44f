import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { type Step, carryOut, check, realDisk, reversed } from '../../../../src-main/library/operations/index.ts';
import { MemoryJournal, carrying, newFolder, step, write } from './made.ts';

let root: string;
let back: Step;
beforeEach(async () => {
  root = newFolder();
  mkdirSync(join(root, 'Sorted'));
  write(join(root, 'a.jpg'), 'photo');
  const one = step('move', join(root, 'a.jpg'), join(root, 'Sorted', 'a.jpg'));
  await carryOut([[one]], carrying(new MemoryJournal([[one]]), [root]));
  back = { ...reversed(one), hash: await realDisk.fastHash(one.target) };
});

const refusal = async (grounds: readonly string[] = [root]): Promise<string | undefined> =>
  (await check([[back]], grounds, realDisk)).cannot[0]?.reason.message;

it('a photo that lies as it was left can be taken back', async () => {
  expect(await check([[back]], [root], realDisk)).toEqual({ can: [[back]], cannot: [] });
});

it('one that was changed, went away, or whose old name another file has stays, and the reason is told', async () => {
  write(join(root, 'a.jpg'), 'another');
  expect(await refusal()).toBe('another file has the old name now');
  rmSync(join(root, 'a.jpg'));
  expect(await refusal()).toBe(undefined);
  writeFileSync(back.source, 'edited');
  expect(await refusal()).toBe('edited or replaced since');
  rmSync(back.source);
  expect(await refusal()).toBe('moved or deleted since');
});

it('one whose folder or drive is gone stays until it is there again', async () => {
  renameSync(join(root, 'Sorted'), join(root, 'elsewhere'));
  expect(await refusal([root, join(root, 'Sorted')])).toBe('the folder or drive is not there');
});

it('one of other bytes, but of the same size and time, is found out when it is read', async () => {
  rmSync(back.source);
  write(back.source, 'OTHER');
  expect(await refusal()).toBe(undefined);
  const journal = new MemoryJournal([[back]]);
  await carryOut([[back]], carrying(journal, [root], { checksHashes: true }));
  expect(journal.outcomes()).toEqual(['changed']);
  expect(readFileSync(back.source, 'utf8')).toBe('OTHER');
  expect(existsSync(back.target)).toBe(false);
});

it('what leads back from a move is a move, from a copy the bin, and from the bin a copy', () => {
  const kinds = (['move', 'copy', 'bin'] as const).map((kind) => reversed({ ...back, kind }).kind);
  expect(kinds).toEqual(['move', 'bin', 'copy']);
});

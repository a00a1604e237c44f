/** What people and programs may have done between a crash and the next start. */
import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Disk, type Step, type Unit, realDisk, settle } from '../../../../src-main/library/operations/index.ts';
import { heldSource, heldTarget } from '../../../../src-main/library/operations/steps.ts';
import { MemoryJournal, newFolder, step, write } from './made.ts';
import { treeOf } from '../../../tree-of.ts';

let root: string;
beforeEach(() => {
  root = newFolder();
  mkdirSync(join(root, 'Sorted'));
});

async function start(units: readonly Unit[], disk: Disk = realDisk): Promise<string[]> {
  const journal = new MemoryJournal(units);
  await settle(units, { disk, journal, token: 'abc' });
  return journal.outcomes();
}

const move = (name: string): Step => step('move', join(root, name), join(root, 'Sorted', name));

describe('after a move that ended before its outcome was noted', () => {
  it('a new file under the old name stays, and so does the photo under its new one', async () => {
    write(join(root, 'a.jpg'), 'the only copy of the photo');
    write(join(root, 'a.xmp'), 'its sidecar');
    const unit = [move('a.jpg'), move('a.xmp')].map((one) => ({ ...one, made: identityOf(one.source) }));
    for (const name of ['a.jpg', 'a.xmp']) renameSync(join(root, name), join(root, 'Sorted', name));
    writeFileSync(join(root, 'a.jpg'), 'another photo that a camera put there');
    expect(await start([unit])).toEqual(['done', 'done']);
    expect(readFileSync(join(root, 'a.jpg'), 'utf8')).toBe('another photo that a camera put there');
    expect(readFileSync(join(root, 'Sorted', 'a.jpg'), 'utf8')).toBe('the only copy of the photo');
    expect(readdirSync(root).sort()).toEqual(['Sorted', 'a.jpg']);
  });

  it('a photo of which a file is missing keeps the bytes that are there, also where another file has the old name', async () => {
    write(join(root, 'a.jpg'), 'the only copy of the photo');
    write(join(root, 'a.xmp'), 'its sidecar');
    const unit = [move('a.jpg'), move('a.xmp')].map((one) => ({ ...one, made: identityOf(one.source) }));
    renameSync(join(root, 'a.jpg'), join(root, 'Sorted', 'a.jpg'));
    writeFileSync(join(root, 'a.jpg'), 'another one');
    expect(await start([unit])).toEqual(['not-reached', 'not-reached']);
    expect(readFileSync(join(root, 'Sorted', 'a.jpg'), 'utf8')).toBe('the only copy of the photo');
    expect(readFileSync(join(root, 'a.jpg'), 'utf8')).toBe('another one');
  });

  it('an old name of the same size and time as the new one, but of other bytes, does not go', async () => {
    write(join(root, 'a.jpg'), 'edited in place');
    const one = move('a.jpg');
    write(join(root, 'Sorted', 'a.jpg'), 'before, 15 byte');
    expect(await start([[{ ...one, made: identityOf(one.target) }]])).toEqual(['done']);
    expect(readFileSync(join(root, 'a.jpg'), 'utf8')).toBe('edited in place');
    expect(existsSync(one.target)).toBe(true);
  });

  it('a file of the same size that somebody put under the new name is never taken for the photo', async () => {
    write(join(root, 'a.jpg'), 'photo');
    write(join(root, 'a.xmp'), 'notes');
    const unit = [{ ...move('a.jpg'), hash: await realDisk.fastHash(join(root, 'a.jpg')) }, move('a.xmp')];
    rmSync(join(root, 'a.jpg'));
    write(join(root, 'Sorted', 'a.jpg'), 'other');
    expect(await start([unit])).toEqual(['missing', 'missing']);
    expect(Object.keys(treeOf(root))).toEqual(['Sorted/a.jpg', 'a.xmp']);
  });

  it('a photo that was seen by two ways to its folder keeps its name', async () => {
    write(join(root, 'photos', 'a.jpg'));
    symlinkSync(join(root, 'photos'), join(root, 'link'));
    const before = treeOf(root);
    expect(await start([[step('move', join(root, 'photos', 'a.jpg'), join(root, 'link', 'a.jpg'))]])).toEqual(['not-reached']);
    expect(treeOf(root)).toEqual(before);
  });

  it('a photo that was edited while it had both names goes on under the new one', async () => {
    write(join(root, 'a.jpg'));
    const one = move('a.jpg');
    linkSync(one.source, one.target);
    writeFileSync(one.source, 'edited');
    expect(await start([[one]])).toEqual(['done']);
    expect(readFileSync(one.target, 'utf8')).toBe('edited');
    expect(existsSync(one.source)).toBe(false);
  });

  it("an empty file that is somebody else's stays", async () => {
    write(join(root, 'a.jpg'));
    const one = move('a.jpg');
    write(one.target, '');
    expect(await start([[{ ...one, made: '1:2' }]])).toEqual(['not-reached']);
    expect(existsSync(one.target)).toBe(true);
  });

  it.each([
    ['new', heldTarget],
    ['old', heldSource],
  ])('an empty file that held the %s name goes', async (which, made) => {
    write(join(root, 'a.jpg'), 'photo');
    const one = move('a.jpg');
    if (which === 'old') renameSync(one.source, one.target);
    writeFileSync(which === 'old' ? one.source : one.target, '');
    const photos = [{ ...one, made }];
    await start(which === 'old' ? [[photos[0]!, notThere()]] : [photos]);
    expect(treeOf(root)).toEqual({ 'a.jpg': expect.stringMatching(/ 1557100800000$/) as string });
  });

  it('a photo whose old name cannot go is put back with its companions, and the reason told', async () => {
    for (const name of ['a.jpg', 'a.xmp']) write(join(root, name));
    const before = treeOf(root);
    const unit = [move('a.jpg'), move('a.xmp')];
    for (const { source, target } of unit) linkSync(source, target);
    const busy: Disk = {
      ...realDisk,
      remove: (path) =>
        path === join(root, 'a.xmp') ? Promise.reject(Object.assign(new Error(), { code: 'EBUSY' })) : realDisk.remove(path),
    };
    expect(await start([unit], busy)).toEqual(['in-use', 'in-use']);
    expect(treeOf(root)).toEqual(before);
  });
});

const identityOf = (path: string): string => {
  const { dev, ino } = statSync(path, { bigint: true });
  return `${dev}:${ino}`;
};

/** A companion that never arrived. */
function notThere(): Step {
  write(join(root, 'b.xmp'), '');
  const one = move('b.xmp');
  rmSync(one.source);
  return one;
}

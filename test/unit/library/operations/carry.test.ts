import { existsSync, linkSync, mkdirSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Disk, type Unit, carryOut, realDisk } from '../../../../src-main/library/operations/index.ts';
import { MemoryJournal, carrying, newFolder, step, write } from './made.ts';
import { treeOf } from '../../../tree-of.ts';

/** A disk on which hard links are not to be had, as on exFAT. */
const withoutLinks: Disk = { ...realDisk, link: (_, target) => Promise.resolve(existsSync(target) ? 'taken' : 'cannot') };
/** A disk that takes every folder for another volume. */
const acrossVolumes: Disk = {
  ...realDisk,
  look: async (path) => {
    const entry = await realDisk.look(path);
    return entry && { ...entry, volume: path };
  },
};

let root: string;
let target: string;
beforeEach(() => {
  root = newFolder();
  target = join(root, 'Sorted');
  mkdirSync(target);
});

async function carry(units: readonly Unit[], disk: Disk = realDisk, collisions: 'number' | 'skip' = 'number') {
  const journal = new MemoryJournal(units);
  const ending = await carryOut(units, carrying(journal, [target], { disk, collisions }));
  return { journal, ending };
}

describe.each([
  ['on one volume', realDisk],
  ['on a volume without hard links', withoutLinks],
  ['to another volume', acrossVolumes],
])('a move %s', (_, disk) => {
  it('takes a photo and its companions to their new names, with bytes and times', async () => {
    write(join(root, 'a', 'IMG_1.JPG'));
    write(join(root, 'a', 'IMG_1.CR2'));
    const before = Object.values(treeOf(join(root, 'a'))).sort();
    const unit = ['IMG_1.JPG', 'IMG_1.CR2'].map((name) => step('move', join(root, 'a', name), join(target, 'Dogs', '2019', name)));
    const { journal, ending } = await carry([unit], disk);
    expect(ending).toEqual({ how: 'done' });
    expect(journal.outcomes()).toEqual(['done', 'done']);
    expect(readdirSync(join(root, 'a'))).toEqual([]);
    expect(readdirSync(join(target, 'Dogs', '2019')).sort()).toEqual(['IMG_1.CR2', 'IMG_1.JPG']);
    expect(Object.values(treeOf(target)).sort()).toEqual(before);
    expect(journal.folders).toEqual([join(target, 'Dogs'), join(target, 'Dogs', '2019')]);
  });

  it('gives all files of a photo a number where one name came into use since it was planned', async () => {
    write(join(root, 'IMG_1.JPG'));
    write(join(root, 'IMG_1.CR2.xmp'));
    write(join(target, 'IMG_1.CR2.xmp'), 'another');
    write(join(target, 'IMG_1 (2).JPG'), 'and one more');
    const unit = ['IMG_1.JPG', 'IMG_1.CR2.xmp'].map((name) => step('move', join(root, name), join(target, name)));
    await carry([unit], disk);
    expect(readdirSync(target).sort()).toEqual(['IMG_1 (2).JPG', 'IMG_1 (3).CR2.xmp', 'IMG_1 (3).JPG', 'IMG_1.CR2.xmp']);
    expect(readFileSync(join(target, 'IMG_1.CR2.xmp'), 'utf8')).toBe('another');
  });

  it('leaves a photo where it is if its bytes are there under its name already', async () => {
    write(join(root, 'a.jpg'), 'one photo');
    write(join(target, 'a.jpg'), 'one photo');
    const { journal } = await carry([[step('move', join(root, 'a.jpg'), join(target, 'a.jpg'))]], disk);
    expect(journal.outcomes()).toEqual(['already-there']);
    expect(existsSync(join(root, 'a.jpg'))).toBe(true);
  });

  it('leaves a photo and its companions where they are if one of them cannot go', async () => {
    write(join(root, 'a.jpg'));
    write(join(root, 'a.xmp'));
    const unit = ['a.jpg', 'a.xmp'].map((name) => step('move', join(root, name), join(target, name)));
    const busy: Disk = {
      ...disk,
      remove: (path) => (path === join(root, 'a.xmp') ? Promise.reject(Object.assign(new Error(), { code: 'EBUSY' })) : disk.remove(path)),
      rename: (from, to) =>
        from === join(root, 'a.xmp') ? Promise.reject(Object.assign(new Error(), { code: 'EBUSY' })) : disk.rename(from, to),
    };
    const { journal } = await carry([unit], busy);
    expect(journal.outcomes()).toEqual(['in-use', 'in-use']);
    expect(readdirSync(root).sort()).toEqual(['Sorted', 'a.jpg', 'a.xmp']);
    expect(readdirSync(target).filter((name) => !name.startsWith('.'))).toEqual([]);
  });

  it('leaves a photo that was changed, is gone, or is a link', async () => {
    for (const name of ['changed.jpg', 'gone.jpg', 'link.jpg', 'fine.jpg']) write(join(root, name));
    const units = ['changed.jpg', 'gone.jpg', 'fine.jpg'].map((name) => [step('move', join(root, name), join(target, name))]);
    writeFileSync(join(root, 'changed.jpg'), 'edited');
    units[1] = [{ ...units[1]![0]!, source: join(root, 'elsewhere', 'gone.jpg') }];
    symlinkSync(join(root, 'link.jpg'), join(root, 'to-link.jpg'));
    units.push([step('move', join(root, 'to-link.jpg'), join(target, 'to-link.jpg'))]);
    const { journal, ending } = await carry(units, disk);
    expect(journal.outcomes()).toEqual(['changed', 'missing', 'link', 'done']);
    expect(ending).toEqual({ how: 'done' });
    expect(readFileSync(join(root, 'changed.jpg'), 'utf8')).toBe('edited');
  });
});

it.each([
  ['to another volume', acrossVolumes],
  ['on a volume without hard links', withoutLinks],
])('gives every photo a name of its own where several of one lot need a number, %s', async (_, disk) => {
  write(join(target, 'a.jpg'), 'of somebody else');
  for (const folder of ['one', 'two', 'three']) write(join(root, folder, 'a.jpg'));
  const targets = ['a.jpg', 'a (2).jpg', 'a (3).jpg']; // as planned before the first name came into use
  const units = ['one', 'two', 'three'].map((folder, i) => [step('move', join(root, folder, 'a.jpg'), join(target, targets[i]!))]);
  const { journal } = await carry(units, disk);
  expect(journal.outcomes()).toEqual(['done', 'done', 'done']);
  expect(readdirSync(target).sort()).toEqual(['a (2).jpg', 'a (3).jpg', 'a (4).jpg', 'a.jpg']);
});

it('leaves a photo whose name is taken where numbers are not wished for', async () => {
  write(join(root, 'a.jpg'), 'one');
  write(join(target, 'a.jpg'), 'two');
  const { journal } = await carry([[step('move', join(root, 'a.jpg'), join(target, 'a.jpg'))]], realDisk, 'skip');
  expect(journal.outcomes()).toEqual(['name-taken']);
});

it('takes a name that differs in case only, on a volume that takes both for one, for the photo itself', async () => {
  write(join(root, 'a.jpg'), 'one');
  linkSync(join(root, 'a.jpg'), join(root, 'A.jpg')); // as such a volume shows it
  const { journal } = await carry([[step('move', join(root, 'a.jpg'), join(root, 'A.jpg'))]]);
  expect(journal.outcomes()).toEqual(['in-place']);
  expect(existsSync(join(root, 'a.jpg'))).toBe(true);
});

it('copies without touching the original, and keeps times and extended attributes', async () => {
  write(join(root, 'a.jpg'), 'one');
  const before = treeOf(root);
  const { journal } = await carry([[step('copy', join(root, 'a.jpg'), join(target, 'a.jpg'))]]);
  expect(journal.outcomes()).toEqual(['done']);
  expect(treeOf(root)).toEqual({ ...before, 'Sorted/a.jpg': before['a.jpg'] });
  expect(statSync(join(target, 'a.jpg')).ino).not.toBe(statSync(join(root, 'a.jpg')).ino);
});

it('keeps the original where the copy did not come out the same', async () => {
  write(join(root, 'a.jpg'), 'one');
  const faulty: Disk = { ...acrossVolumes, copy: (_, to) => (writeFileSync(to, 'two', { flag: 'wx' }), Promise.resolve([])) };
  const { journal } = await carry([[step('move', join(root, 'a.jpg'), join(target, 'a.jpg'))]], faulty);
  expect(journal.outcomes()).toEqual(['copy-differs']);
  expect(readFileSync(join(root, 'a.jpg'), 'utf8')).toBe('one');
  expect(readdirSync(target)).toEqual([]);
});

it('ends when the disk is full, and leaves nothing half done', async () => {
  for (const name of ['a.jpg', 'b.jpg', 'c.jpg']) write(join(root, name));
  const before = treeOf(root);
  let copies = 0;
  const full: Disk = {
    ...acrossVolumes,
    copy: (from, to) => {
      copies += 1;
      if (copies < 2) return realDisk.copy(from, to);
      writeFileSync(to, 'hal', { flag: 'wx' });
      return Promise.reject(Object.assign(new Error(), { code: 'ENOSPC' }));
    },
  };
  const units = ['a.jpg', 'b.jpg', 'c.jpg'].map((name) => [step('move', join(root, name), join(target, name))]);
  const { journal, ending } = await carry(units, full);
  expect(ending).toEqual({ how: 'failed', reason: { code: 'disk-full', message: 'the disk is full' } });
  expect(journal.outcomes()).toEqual(['disk-full', 'done']);
  expect(readdirSync(target)).toEqual(['a.jpg']);
  expect(Object.values(treeOf(root)).sort()).toEqual(Object.values(before).sort());
});

it('makes no folders where the drive that they would be on is gone', async () => {
  write(join(root, 'a.jpg'));
  const units = [[step('move', join(root, 'a.jpg'), join(root, 'drive', 'Sorted', 'Dogs', 'a.jpg'))]];
  const journal = new MemoryJournal(units);
  await carryOut(units, carrying(journal, [join(root, 'drive', 'Sorted')]));
  expect(journal.outcomes()).toEqual(['folder-gone']);
  expect(existsSync(join(root, 'drive'))).toBe(false);
});

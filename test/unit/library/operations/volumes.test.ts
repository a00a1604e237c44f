/**
 * Real volumes: a small one in memory as another volume and as one that gets full, and a folder that can only be read. Mounting needs rights
 * that tests rarely have; without them another volume is looked for, and what cannot be tried is skipped by name.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type Unit, carryOut, realDisk, reversed } from '../../../../src-main/library/operations/index.ts';
import { MemoryJournal, carrying, step, write } from './made.ts';
import { treeOf } from '../../../tree-of.ts';

const isRoot = process.getuid?.() === 0;
const megabyte = 1024 * 1024;

/** @returns whether it could be done */
function mount(...args: readonly string[]): boolean {
  if (process.platform !== 'linux' || !isRoot) return false;
  try {
    execFileSync('mount', args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const home = mkdtempSync(join(tmpdir(), 'squint volumes '));
const small = join(home, 'small');
const readOnly = join(home, 'read only');
mkdirSync(small);
mkdirSync(readOnly);
const hasSmall = mount('-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', small);
const hasReadOnly = mount('-t', 'tmpfs', '-o', 'size=1m,ro', 'tmpfs', readOnly);
const memory = '/dev/shm';
const another = hasSmall
  ? small
  : existsSync(memory) && statSync(memory).dev !== statSync(home).dev
    ? mkdtempSync(join(memory, 'squint-'))
    : null;

afterAll(() => {
  if (hasSmall) execFileSync('umount', [small]);
  if (hasReadOnly) execFileSync('umount', [readOnly]);
  if (another?.startsWith(memory)) rmSync(another, { recursive: true });
  rmSync(home, { recursive: true });
});

let root: string;
let target: string;
beforeEach(() => {
  root = mkdtempSync(join(home, 'photos '));
  target = join(another ?? root, 'Sorted');
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target);
});

const move = (name: string, to = join(target, name)) => step('move', join(root, name), to);

async function carry(units: readonly Unit[], grounds: readonly string[] = [target, root]) {
  const journal = new MemoryJournal(units);
  const ending = await carryOut(units, carrying(journal, grounds));
  return { journal, ending };
}

describe('photos that go to another volume', () => {
  it.skipIf(!another)('[no second volume] keep bytes, times to the nanosecond and permissions, there and back', async () => {
    write(join(root, 'a.jpg'), 'one');
    write(join(root, 'a.xmp'), 'notes');
    execFileSync('touch', ['-d', '2019-05-06T10:11:12.123456789Z', join(root, 'a.jpg')]);
    chmodSync(join(root, 'a.jpg'), 0o640);
    const before = aboutAll(root);
    const units = [[move('a.jpg'), move('a.xmp')]];
    const { journal } = await carry(units);
    expect(journal.outcomes()).toEqual(['done', 'done']);
    expect(aboutAll(target)).toEqual(before);
    expect(readdirSync(root)).toEqual([]);
    if (process.platform === 'linux') expect(before[0]).toContain('123456789');
    expect([...journal.settled.values()].map((one) => one.state === 'done' && one.lost)).toEqual([[], []]);
    await carry([units[0]!.map((one) => ({ ...reversed(one), id: one.id + 1e6 }))]);
    expect(aboutAll(root)).toEqual(before);
    expect(readdirSync(target)).toEqual([]);
  });

  it.skipIf(!another)('[no second volume] get numbers where names are in use, and replace nothing', async () => {
    for (const name of ['a.jpg', 'a.CR2', 'b.jpg']) write(join(root, name), `mine ${name}`);
    write(join(target, 'a.CR2'), 'of somebody else');
    write(join(target, 'b.jpg'), 'mine b.jpg');
    const { journal } = await carry([[move('a.jpg'), move('a.CR2')], [move('b.jpg')]]);
    expect(journal.outcomes().sort()).toEqual(['already-there', 'done', 'done']);
    expect(readdirSync(target).sort()).toEqual(['a (2).CR2', 'a (2).jpg', 'a.CR2', 'b.jpg']);
    expect(readFileSync(join(target, 'a.CR2'), 'utf8')).toBe('of somebody else');
    expect(readdirSync(root)).toEqual(['b.jpg']);
  });

  it.skipIf(!another || !hasAttributes())('[no extended attributes] keep them, or tell that they are lost', async () => {
    write(join(root, 'a.jpg'));
    attribute('set', join(root, 'a.jpg'));
    const { journal } = await carry([[move('a.jpg')]]);
    const [outcome] = journal.settled.values();
    const isKept = attribute('get', join(target, 'a.jpg'));
    expect(outcome).toMatchObject({ state: 'done', lost: isKept ? [] : ['attributes'] });
  });
});

it.skipIf(!hasSmall)('[may not mount] on a disk that gets full, what was done is done and the rest lies where it was', async () => {
  for (const name of ['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg']) write(join(root, name), name.repeat((0.7 * megabyte) / 5));
  const before = treeOf(root);
  const { journal, ending } = await carry(['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg'].map((name) => [move(name, join(target, 'Dogs', name))]));
  expect(ending).toEqual({ how: 'failed', reason: { code: 'disk-full', message: 'the disk is full' } });
  expect(journal.outcomes().sort()).toEqual(['disk-full', 'done', 'done']);
  expect(readdirSync(join(target, 'Dogs')).sort()).toEqual(['a.jpg', 'b.jpg']);
  expect(readdirSync(root).sort()).toEqual(['c.jpg', 'd.jpg']);
  expect({ ...treeOf(join(target, 'Dogs')), ...treeOf(root) }).toEqual(before);
});

it.skipIf(!hasReadOnly)('[may not mount] on a disk that can only be read, nothing is begun', async () => {
  for (const name of ['a.jpg', 'b.jpg']) write(join(root, name));
  const before = treeOf(root);
  const { journal, ending } = await carry(
    ['a.jpg', 'b.jpg'].map((name) => [move(name, join(readOnly, 'Dogs', name))]),
    [readOnly],
  );
  expect(ending).toEqual({ how: 'failed', reason: { code: 'read-only', message: 'the disk can only be read' } });
  expect(journal.outcomes()).toEqual(['read-only']);
  expect(treeOf(root)).toEqual(before);
});

it.skipIf(process.platform === 'win32')('[Windows] a folder without permission keeps its photos, and says so', async () => {
  write(join(root, 'locked', 'a.jpg'));
  write(join(root, 'b.jpg'));
  chmodSync(join(root, 'locked'), 0o555);
  const units = [[step('move', join(root, 'locked', 'a.jpg'), join(target, 'a.jpg'))], [move('b.jpg')]];
  const { journal, ending } = await asSomebody(() => carry(units));
  chmodSync(join(root, 'locked'), 0o755);
  expect(ending).toEqual({ how: 'done' });
  expect(journal.outcomes().sort()).toEqual(['done', 'no-permission']);
  expect(existsSync(join(root, 'locked', 'a.jpg'))).toBe(true);
  expect(readdirSync(target)).toEqual(['b.jpg']);
});

it('a folder whose names cannot be made safe gets nothing, and its photos stay', async () => {
  write(join(root, 'a.jpg'));
  write(join(root, 'b.jpg'));
  const units = [[move('a.jpg', join(target, 'Dogs', 'a.jpg'))], [move('b.jpg', join(target, 'Dogs', 'b.jpg'))]];
  const journal = new MemoryJournal(units);
  const faulty = {
    ...realDisk,
    syncFolder: (path: string) =>
      path.endsWith('Dogs') ? Promise.reject(Object.assign(new Error(), { code: 'EIO' })) : realDisk.syncFolder(path),
  };
  const before = treeOf(root);
  await carryOut(units, carrying(journal, [target, root], { disk: faulty }));
  expect(journal.outcomes()).toEqual(['disk-error', 'disk-error']);
  expect(treeOf(root)).toEqual(before);
  expect(readdirSync(join(target, 'Dogs'))).toEqual([]);
});

/** Root may do everything: then as one who may not. */
async function asSomebody<T>(act: () => Promise<T>): Promise<T> {
  if (!isRoot) return act();
  for (const folder of [home, root, target]) chmodSync(folder, 0o777);
  process.seteuid!(65534);
  try {
    return await act();
  } finally {
    process.seteuid!(0);
  }
}

/** Name, bytes, time to the nanosecond and permissions of each file. */
function aboutAll(folder: string): string[] {
  return readdirSync(folder)
    .sort()
    .map((name) => {
      const { mtimeNs, mode } = statSync(join(folder, name), { bigint: true });
      return `${name} ${readFileSync(join(folder, name), 'utf8')} ${mtimeNs} ${(mode & 0o777n).toString(8)}`;
    });
}

/** Node has no word for extended attributes. */
function attribute(verb: 'set' | 'get', path: string): boolean {
  const script = { set: 'os.setxattr(p, "user.squint", b"1")', get: 'os.getxattr(p, "user.squint")' }[verb];
  try {
    execFileSync('python3', ['-c', `import os, sys; p = sys.argv[1]; ${script}`, path], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function hasAttributes(): boolean {
  const path = join(home, 'tried');
  writeFileSync(path, '');
  return attribute('set', path);
}

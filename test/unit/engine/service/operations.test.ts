import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Operation, SortPlan, SortRequest } from '../../../../src-main/contract/operations.ts';
import { treeOf } from '../../../tree-of.ts';
import { fixture } from '../../reader/made.ts';
import { type EnginePacks, enginePacks } from '../packs.ts';
import { Window, folder, measuredMachine, until } from './window.ts';

let packs: EnginePacks;
let machine = '';
beforeAll(async () => {
  packs = await enginePacks();
  machine = await measuredMachine(packs.folders.photos32);
});
afterAll(() => packs.release());

let here: ReturnType<typeof folder>;
let window: Window;
beforeEach(async () => {
  here = folder();
  process.env.XDG_DATA_HOME = join(here.path, 'bin');
  mkdirSync(join(here.path, 'home'));
  mkdirSync(join(here.path, 'Sorted'));
  writeFileSync(join(here.path, 'home', 'machine.json'), machine);
  await open();
});
afterEach(async () => {
  await window.close();
  here.remove();
});

const open = async (): Promise<void> => {
  window = await Window.open(join(here.path, 'home'), packs.folders.photos32);
};

const at = (...way: string[]): string => join(here.path, ...way);

/** A file below the test's folder. Each has other bytes. */
function cat(...way: string[]): void {
  mkdirSync(at(...way, '..'), { recursive: true });
  copyFileSync(fixture('cat.jpg'), at(...way));
  writeFileSync(at(...way), way.join('/'), { flag: 'a' });
  utimesSync(at(...way), 1_500_000_000.123, 1_500_000_000.123);
}

/** The photos of a folder, in the library, looked at, and all of one collection by the person's word. */
async function added(name: string, collection = 'cats'): Promise<void> {
  await window.ask('roots.add', { paths: [at(name)] });
  await window.quiet();
  await window.ask('decisions.correct', { ids: await window.ids(), collection });
}

async function plan(more: Partial<SortRequest> = {}, target = at('Sorted')): Promise<SortPlan> {
  const { id } = await window.ask('targets.grant', { path: target });
  return window.ask('sort.plan', {
    ...{
      of: { kind: 'filter', filter: {} },
      how: 'move',
      target: id,
      pattern: '{collection}',
      collisions: 'number',
      review: false,
      rejects: false,
    },
    ...more,
  });
}

async function ended(operation: Operation): Promise<Operation> {
  await until(async () => (await window.ask('operations.now', {})) === null);
  return (await window.ask('operations.report', { operation: operation.id })).operation;
}

const sort = async (more: Partial<SortRequest> = {}, target?: string): Promise<Operation> =>
  ended(await window.ask('sort.begin', { plan: (await plan(more, target)).id }));

const undo = async (operation: number, photos: number[] | null = null): Promise<Operation> =>
  ended(await window.ask('operations.undo', { operation, photos }));

describe('a plan', () => {
  it('tells folders, files and bytes, who takes companions along, and who stays and why', async () => {
    cat('Photos', 'a.jpg');
    cat('Photos', 'b.jpg');
    writeFileSync(at('Photos', 'b.xmp'), '<x/>');
    cat('Photos', 'rejected.jpg');
    await added('Photos');
    const [, , rejected] = await window.ids();
    await window.ask('decisions.flag', { ids: [rejected!], flag: 'reject' });
    const about = await plan();
    expect(about).toMatchObject({ photos: 2, files: 3, withCompanions: 1, renamed: 0, copied: { files: 0, bytes: 0 }, problem: null });
    expect(about.folders).toEqual([{ path: 'Cats', files: 3, bytes: about.bytes }]);
    expect(about.staying).toEqual([{ code: 'reject', message: 'rejects stay where they are', files: 1, examples: ['rejected.jpg'] }]);
    expect(await window.ask('sort.files', { plan: about.id, folder: 'Cats', from: 1, limit: 5 })).toMatchObject([
      { from: join('Photos', 'b.jpg'), to: join('Cats', 'b.jpg'), renamed: false },
    ]);
    expect((await plan({ rejects: true })).folders.map(({ path }) => path)).toEqual(['Cats', 'Rejects']);
    expect(readdirSync(at('Sorted'))).toEqual([]);
  });

  it('refuses a pattern that is none, a folder that was never chosen, and one of its own', async () => {
    const { id } = await window.ask('targets.grant', { path: at('Sorted') });
    const request = { of: { kind: 'filter', filter: {} }, how: 'move', target: id, collisions: 'number', review: false, rejects: false };
    expect(await window.refusal('sort.plan', { ...request, pattern: '{mood}' })).toMatchObject({
      code: 'bad-pattern',
      message: '{mood} is not known.',
    });
    expect(await window.refusal('sort.plan', { ...request, pattern: 'x', target: 99 })).toMatchObject({ code: 'no-such-target' });
    expect(await window.refusal('targets.grant', { path: at('home', 'library') }, 'host')).toMatchObject({ code: 'not-a-target' });
    expect(await window.refusal('targets.grant', { path: at('no', 'such') }, 'host')).toMatchObject({ code: 'not-a-target' });
    expect(await window.refusal('targets.grant', { path: at('Sorted') })).toMatchObject({ code: 'not-for-views' });
  });

  it('holds until another is made', async () => {
    cat('Photos', 'a.jpg');
    await added('Photos');
    const first = await plan();
    await plan();
    expect(await window.refusal('sort.begin', { plan: first.id })).toMatchObject({ code: 'no-such-plan' });
  });
});

describe('a move', () => {
  it('takes photos to their folders, keeps what is known of them, and goes back with names, bytes and times', async () => {
    for (const name of ['a.jpg', 'b.jpg', 'c.jpg']) cat('Photos', 'trip', name);
    writeFileSync(at('Photos', 'trip', 'b.xmp'), '<x/>');
    await added('Photos');
    const before = treeOf(at('Photos'));
    const ids = await window.ids();
    const moved = await sort();
    expect(moved).toMatchObject({ kind: 'move', state: 'done', files: 4, done: 4, left: 0 });
    expect(readdirSync(at('Sorted', 'Cats')).sort()).toEqual(['a.jpg', 'b.jpg', 'b.xmp', 'c.jpg']);
    expect(Object.values(treeOf(at('Sorted'))).sort()).toEqual(Object.values(before).sort());
    expect(await window.ids()).toEqual(ids);
    expect(window.told('removed')).toMatchObject([{ ids: null }]);
    expect(await window.rows()).toMatchObject(ids.map((id) => ({ id, missing: false, decided: { collection: 'cats' } })));
    expect((await window.ask('library.state', {})).roots.map(({ name, photos }) => [name, photos])).toEqual([
      ['Photos', 0],
      ['Sorted', 3],
    ]);
    const back = await undo(moved.id);
    expect(back).toMatchObject({ kind: 'move', undoes: moved.id, state: 'done', done: 4 });
    expect(treeOf(at('Photos'))).toEqual(before);
    expect(readdirSync(at('Sorted'))).toEqual([]);
    expect(await window.ids()).toEqual(ids);
    expect((await window.ask('operations.list', { before: null, limit: 10 })).map(({ id, done, undone }) => [id, done, undone])).toEqual([
      [back.id, 4, 0],
      [moved.id, 4, 4],
    ]);
    const again = await undo(back.id);
    expect(again).toMatchObject({ state: 'done', done: 4 });
    expect(await window.ids()).toEqual(ids);
    expect(Object.values(treeOf(at('Sorted'))).sort()).toEqual(Object.values(before).sort());
  });

  it('makes the folder that was chosen, and once more when it is done again', async () => {
    cat('Photos', 'a.jpg');
    await added('Photos');
    const target = at('New folder');
    const moved = await sort({}, target);
    const back = await undo(moved.id);
    expect(existsSync(target)).toBe(false);
    expect(await undo(back.id)).toMatchObject({ state: 'done', done: 1, isBack: false });
    expect(readdirSync(join(target, 'Cats'))).toEqual(['a.jpg']);
    expect((await window.ask('library.state', {})).roots.map(({ name, photos }) => [name, photos])).toEqual([
      ['Photos', 0],
      ['New folder', 1],
    ]);
  });

  it('can be taken back after a restart, and for single photos', async () => {
    for (const name of ['a.jpg', 'b.jpg']) cat('Photos', name);
    await added('Photos');
    const [a, b] = await window.ids();
    const moved = await sort();
    await window.close();
    await open();
    await window.quiet();
    expect(await window.ask('operations.of', { photo: a! })).toMatchObject({
      operation: { id: moved.id },
      from: expect.stringContaining('Photos') as string,
    });
    expect(await undo(moved.id, [a!])).toMatchObject({ done: 1 });
    expect(readdirSync(at('Photos'))).toEqual(['a.jpg']);
    expect(readdirSync(at('Sorted', 'Cats'))).toEqual(['b.jpg']);
    expect(await undo(moved.id)).toMatchObject({ done: 1 });
    expect(await window.ids()).toEqual([a, b]);
    expect(await window.refusal('operations.undo', { operation: moved.id, photos: null })).toMatchObject({ code: 'nothing-to-undo' });
  });

  it('leaves alone what was changed since, is gone, or has its old name taken', async () => {
    for (const name of ['changed.jpg', 'gone.jpg', 'taken.jpg', 'fine.jpg']) cat('Photos', name);
    await added('Photos');
    const moved = await sort();
    writeFileSync(at('Sorted', 'Cats', 'changed.jpg'), 'edited', { flag: 'a' });
    rmSync(at('Sorted', 'Cats', 'gone.jpg'));
    writeFileSync(at('Photos', 'taken.jpg'), 'another');
    const check = await window.ask('operations.check', { operation: moved.id, photos: null });
    expect(check.files).toBe(1);
    expect(check.cannot.map(({ code, files }) => [code, files]).sort()).toEqual([
      ['changed', 1],
      ['missing', 1],
      ['name-taken', 1],
    ]);
    expect(await undo(moved.id)).toMatchObject({ done: 1, left: 0 });
    expect(readdirSync(at('Photos')).sort()).toEqual(['fine.jpg', 'taken.jpg']);
    expect(readFileSync(at('Photos', 'taken.jpg'), 'utf8')).toBe('another');
  });

  it('inside a folder in the list stays in that folder', async () => {
    cat('Photos', 'a.jpg');
    await added('Photos');
    const [id] = await window.ids();
    await sort({}, at('Photos'));
    await window.ask('roots.rescan', { root: (await window.ask('library.state', {})).roots[0]!.id });
    await window.quiet();
    expect(await window.ids()).toEqual([id]);
    expect(existsSync(at('Photos', 'Cats', 'a.jpg'))).toBe(true);
    expect((await plan({}, at('Photos'))).staying).toMatchObject([{ code: 'in-place', files: 1 }]);
  });
});

it('copies beside the originals, and takes the copies back into the bin', async () => {
  cat('Photos', 'a.jpg');
  await added('Photos');
  const before = treeOf(at('Photos'));
  const copied = await sort({ how: 'copy' });
  expect(copied).toMatchObject({ kind: 'copy', done: 1 });
  expect(treeOf(at('Photos'))).toEqual(before);
  expect(treeOf(at('Sorted'))).toEqual({ 'Cats/a.jpg': before['a.jpg'] });
  expect(statSync(at('Sorted', 'Cats', 'a.jpg')).ino).not.toBe(statSync(at('Photos', 'a.jpg')).ino);
  const back = await undo(copied.id);
  expect(back).toMatchObject({ kind: 'bin', done: 1 });
  expect(readdirSync(at('Sorted'))).toEqual([]);
  expect(Object.values(treeOf(at('bin', 'Trash', 'files')))).toEqual([before['a.jpg']]);
  expect(treeOf(at('Photos'))).toEqual(before);
  expect(await undo(back.id)).toMatchObject({ kind: 'copy', done: 1 });
  expect(treeOf(at('Sorted'))).toEqual({ 'Cats/a.jpg': before['a.jpg'] });
});

it('shows copies that were put into a folder in the list, and not those that were taken back', async () => {
  cat('Photos', 'a.jpg');
  await added('Photos');
  const copied = await sort({ how: 'copy' }, at('Photos'));
  await window.quiet();
  expect((await window.rows()).map(({ name, missing }) => [name, missing])).toEqual([
    ['a.jpg', false],
    ['a.jpg', false],
  ]);
  await undo(copied.id);
  await window.quiet();
  expect((await window.rows()).map(({ missing }) => missing).sort()).toEqual([false, true]);
});

it('stops when asked, and leaves the rest where it is', async () => {
  for (let i = 0; i < 150; i += 1) cat('Photos', `${i}.jpg`);
  await window.ask('roots.add', { paths: [at('Photos')] });
  await until(async () => (await window.ids()).length === 150);
  await window.ask('run.stop', {});
  await window.ask('decisions.correct', { ids: await window.ids(), collection: 'cats' });
  const operation = await window.ask('sort.begin', { plan: (await plan({ how: 'copy' })).id });
  expect(await window.refusal('sort.begin', { plan: 1 })).toMatchObject({ code: 'no-such-plan' });
  await window.ask('operations.stop', {});
  const { state, reason, done, left } = await ended(operation);
  expect([state, reason]).toEqual(['stopped', 'You stopped it.']);
  expect(done + left).toBe(150);
  expect(left).toBeGreaterThan(0);
  expect(readdirSync(at('Photos'))).toHaveLength(150);
});

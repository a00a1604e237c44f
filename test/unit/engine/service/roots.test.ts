import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fixture } from '../../reader/made.ts';
import { type EnginePacks, enginePacks } from '../packs.ts';
import { Window, folder, measuredMachine } from './window.ts';

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
  mkdirSync(join(here.path, 'home'));
  writeFileSync(join(here.path, 'home', 'machine.json'), machine);
  window = await Window.open(join(here.path, 'home'), packs.folders.photos32);
});
afterEach(async () => {
  await window.close();
  here.remove();
});

/** A file below the test's folder, with folders above it. Each has other bytes. */
function cat(...way: string[]): string {
  const path = join(here.path, ...way);
  mkdirSync(join(path, '..'), { recursive: true });
  copyFileSync(fixture('cat.jpg'), path);
  writeFileSync(path, way.join('/'), { flag: 'a' });
  return path;
}

const add = (...names: string[]) => window.ask('roots.add', { paths: names.map((name) => join(here.path, name)) });
const roots = async () => (await window.ask('library.state', {})).roots.map(({ name, scope, photos }) => ({ name, scope, photos }));

describe('what is dropped', () => {
  it('may be several folders, two of them of one name', async () => {
    cat('2023', 'Iceland', 'a.jpg');
    cat('2024', 'Iceland', 'b.jpg');
    expect(await add('2023/Iceland', '2024/Iceland')).toEqual({ root: null, notes: [] });
    await window.quiet();
    expect(await roots()).toEqual([
      { name: 'Iceland', scope: 'folder', photos: 1 },
      { name: 'Iceland', scope: 'folder', photos: 1 },
    ]);
  });

  it('may be files: of their folder only they are in the library', async () => {
    cat('Iceland', 'a.jpg');
    cat('Iceland', 'b.jpg');
    cat('Iceland', 'c.jpg');
    expect(await add('Iceland/a.jpg', 'Iceland/b.jpg')).toMatchObject({ notes: [] });
    await window.quiet();
    expect(await roots()).toEqual([{ name: 'Iceland', scope: 'files', photos: 2 }]);
    await add('Iceland/c.jpg');
    await window.quiet();
    expect((await window.rows()).map(({ name, state }) => [name, state])).toEqual(
      ['a.jpg', 'b.jpg', 'c.jpg'].map((name) => [name, 'sorted']),
    );
  });

  it('may be a folder of which files are there already: it becomes whole', async () => {
    cat('Iceland', 'a.jpg');
    cat('Iceland', 'b.jpg');
    await add('Iceland/a.jpg');
    const one = await window.quiet();
    await add('Iceland');
    expect(await window.quiet()).toMatchObject({ id: one!.id + 1, done: 1 });
    expect(await roots()).toEqual([{ name: 'Iceland', scope: 'folder', photos: 2 }]);
  });

  it('may be a mix, with what is no picture and what is not there: that is told, the rest is added', async () => {
    cat('Iceland', 'a.jpg');
    cat('b.jpg');
    writeFileSync(join(here.path, 'notes.txt'), 'no picture');
    expect(await add('Iceland', 'b.jpg', 'notes.txt', 'nowhere')).toEqual({
      root: null,
      notes: ['notes.txt is no picture.', `There is no file or folder ${join(here.path, 'nowhere')}.`],
    });
    await window.quiet();
    expect((await roots()).map(({ scope, photos }) => [scope, photos])).toEqual([
      ['folder', 1],
      ['files', 1],
    ]);
  });

  it('is not added twice where it lies inside a folder that is there', async () => {
    cat('Photos', 'Iceland', 'a.jpg');
    const first = await add('Photos');
    await window.quiet();
    expect(await add('Photos/Iceland')).toEqual({ root: first.root, notes: ['Iceland is already in the library, inside Photos.'] });
    expect(await add('Photos/Iceland/a.jpg')).toEqual({ root: first.root, notes: ['a.jpg is already in the library, inside Photos.'] });
    expect(await add('Photos')).toEqual({ root: first.root, notes: ['Photos is already in the library.'] });
    await window.quiet();
    expect(await roots()).toEqual([{ name: 'Photos', scope: 'folder', photos: 1 }]);
  });

  it('takes in the folders that lie inside it, with what is known of their photos', async () => {
    cat('Photos', 'Iceland', 'a.jpg');
    cat('Photos', 'b.jpg');
    await add('Photos/Iceland');
    await window.quiet();
    const [known] = await window.rows();
    await window.ask('decisions.confirm', { ids: [known!.id] });
    expect(await add('Photos')).toMatchObject({ notes: ['Iceland is now part of Photos.'] });
    expect(await window.quiet()).toMatchObject({ done: 2, stored: 1 });
    expect(await roots()).toEqual([{ name: 'Photos', scope: 'folder', photos: 2 }]);
    expect((await window.rows()).find(({ name }) => name === 'a.jpg')).toMatchObject({
      id: known!.id,
      decided: { collection: known!.collection, how: 'confirmed' },
    });
  });
});

describe('a folder in the list', () => {
  it('leaves it without a file touched, and is back with all that is known', async () => {
    const path = cat('Iceland', 'a.jpg');
    const { root } = await add('Iceland');
    const run = await window.quiet();
    const rows = await window.rows();
    await window.ask('roots.remove', { root: root! });
    expect(await roots()).toEqual([]);
    expect(await window.rows()).toEqual([]);
    expect(await window.ask('library.counts', {})).toMatchObject({ photos: 0 });
    expect(window.told('removed')).toHaveLength(1);
    expect(await add('Iceland')).toEqual({ root, notes: [] });
    expect(await window.quiet()).toEqual(run);
    expect(await window.rows()).toEqual(rows);
    expect(await window.ask('photos.path', { id: rows[0]!.id })).toBe(path);
    expect(await window.ask('roots.path', { root: root! })).toBe(join(here.path, 'Iceland'));
  });

  it('is looked through again when asked, and only what is new is run', async () => {
    cat('Iceland', 'a.jpg');
    const { root } = await add('Iceland');
    await window.quiet();
    cat('Iceland', 'deep', 'b.jpg');
    await window.ask('roots.rescan', { root: root! });
    await window.quiet();
    expect(await window.quiet()).toMatchObject({ id: 2, done: 1, stored: 0 });
    expect(await window.refusal('roots.rescan', { root: 99 })).toMatchObject({ code: 'no-such-root' });
  });
});

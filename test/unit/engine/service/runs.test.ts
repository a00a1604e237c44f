import { copyFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { childrenOf } from '../../../kill/harness.ts';
import { fixture } from '../../reader/made.ts';
import { type EnginePacks, enginePacks } from '../packs.ts';
import { Window, folder, manyCats, measuredMachine, until } from './window.ts';

const onWindows = process.platform === 'win32';
let packs: EnginePacks;
let machine = '';
beforeAll(async () => {
  packs = await enginePacks();
  machine = await measuredMachine(packs.folders.joined);
});
afterAll(() => packs.release());

let here: ReturnType<typeof folder>;
let home = '';
let photos = '';
let window: Window;
const reopen = async (): Promise<void> => {
  window = await Window.open(home, packs.folders.joined);
};
beforeEach(async () => {
  here = folder();
  home = join(here.path, 'home');
  photos = join(here.path, 'Photos');
  mkdirSync(photos);
  mkdirSync(home);
  writeFileSync(join(home, 'machine.json'), machine);
  await reopen();
});
afterEach(async () => {
  await window.close();
  here.remove();
});

const verdicts = (): number =>
  window
    .told('rows')
    .flatMap(({ rows }) => rows)
    .filter(({ state }) => state === 'sorted').length;

describe('a folder that is dropped', () => {
  it('shows its photos at once, and their verdicts as they come', async () => {
    manyCats(photos, 40);
    await window.ask('roots.add', { paths: [photos] });
    const run = await window.quiet();
    expect(run).toMatchObject({ state: 'done', files: 40, done: 40, stored: 0, failed: 0, reason: null });
    expect(window.told('added').flatMap(({ ids }) => ids)).toHaveLength(40);
    const first = window.notices.findIndex(({ notice }) => notice.type === 'added');
    const sorted = window.notices.findIndex(({ notice }) => notice.type === 'rows' && notice.rows.some(({ state }) => state === 'sorted'));
    expect(first).toBeLessThan(sorted);
    expect(window.told('rows').length).toBeGreaterThan(1);
    const rows = await window.rows();
    expect(rows.every(({ state, exit, energy, width }) => state === 'sorted' && exit !== null && energy !== null && width === 451)).toBe(
      true,
    );
    expect(run!.exits.reduce((a, b) => a + b, 0)).toBe(40);
    const joules = rows.reduce((sum, { energy }) => sum + energy!.joules, 0);
    expect(joules).toBeCloseTo(run!.energy.joules, 6);
  });

  it('tells counts and the run four times a second at most, rows twenty times', async () => {
    manyCats(photos, 150);
    await window.ask('roots.add', { paths: [photos] });
    await window.quiet();
    for (const [type, everyMs] of [
      ['counts', 250],
      ['run', 250],
      ['rows', 50],
    ] as const) {
      const at = window.notices.filter(({ notice }) => notice.type === type).map((told) => told.at);
      expect(at.length).toBeGreaterThan(1);
      expect(at.length).toBeLessThanOrEqual((at.at(-1)! - at[0]!) / everyMs + 2);
    }
  });

  it('says why a file has no verdict, and goes on', async () => {
    copyFileSync(fixture('cat.jpg'), join(photos, 'cat.jpg'));
    copyFileSync(join(import.meta.dirname, 'window.ts'), join(photos, 'text.jpg'));
    await window.ask('roots.add', { paths: [photos] });
    expect(await window.quiet()).toMatchObject({ state: 'done', done: 2, skipped: 1 });
    const [, text] = await window.rows();
    expect(text).toMatchObject({ state: 'skipped', problem: { code: 'not-a-picture', message: 'This is text, not a picture.' } });
    expect((await window.ask('activity.list', {})).problems).toMatchObject([
      { kind: 'skipped', count: 1, examples: [{ name: 'text.jpg' }] },
    ]);
  });

  it('runs a duplicate once', async () => {
    for (const name of ['a', 'b']) copyFileSync(fixture('cat.jpg'), join(photos, `${name}.jpg`));
    await window.ask('roots.add', { paths: [join(photos, 'a.jpg')] });
    await window.quiet();
    await window.ask('roots.add', { paths: [photos] });
    expect(await window.quiet()).toMatchObject({ state: 'done', done: 1, stored: 1 });
    const [a, b] = await window.rows();
    expect(b).toMatchObject({ state: 'sorted', collection: a!.collection, confidence: a!.confidence });
  });
});

describe('what is known', () => {
  it('is there when the window is opened again, and nothing is run again', async () => {
    manyCats(photos, 20);
    await window.ask('roots.add', { paths: [photos] });
    const run = await window.quiet();
    const rows = await window.rows();
    await window.close();
    await reopen();
    expect(await window.quiet()).toEqual(run);
    expect(await window.rows()).toEqual(rows);
    expect(window.told('run')).toEqual([]);
  });

  it('stays with a file that was moved meanwhile, with the word of the person', async () => {
    manyCats(photos, 3);
    await window.ask('roots.add', { paths: [photos] });
    await window.quiet();
    const [first] = await window.rows();
    await window.ask('decisions.correct', { ids: [first!.id], collection: 'birds' });
    await window.close();
    mkdirSync(join(photos, 'Sub'));
    renameSync(join(photos, 'cat 0.jpg'), join(photos, 'Sub', 'moved.jpg'));
    await reopen();
    await until(async () => (await window.rows()).some(({ name }) => name === 'moved.jpg'));
    expect(await window.quiet()).toMatchObject({ done: 1, stored: 1 });
    const rows = await window.rows();
    expect(rows).toHaveLength(3);
    expect(rows.find(({ name }) => name === 'moved.jpg')).toMatchObject({
      id: first!.id,
      missing: false,
      decided: { collection: 'birds', how: 'corrected' },
    });
  });

  it('is read again where the file has changed', async () => {
    manyCats(photos, 2);
    await window.ask('roots.add', { paths: [photos] });
    await window.quiet();
    const [changed, same] = await window.rows();
    copyFileSync(fixture('webp-animated.webp'), join(photos, 'cat 0.jpg'));
    await window.ask('roots.rescan', { root: changed!.root });
    await until(async () => (await window.quiet())?.id !== 1);
    expect(await window.quiet()).toMatchObject({ id: 2, done: 1, stored: 0 });
    const [now, still] = await window.rows();
    expect(now!.version).not.toBe(changed!.version);
    expect(now!.width).not.toBe(changed!.width);
    expect(still).toEqual(same);
  });
});

describe('a run', () => {
  it('stands still while it is paused, says so, and goes on', async () => {
    manyCats(photos, 150);
    await window.ask('roots.add', { paths: [photos] });
    await until(() => verdicts() > 0);
    await window.ask('run.pause', {});
    expect(await window.run()).toMatchObject({ state: 'paused', reason: 'You paused it.' });
    let done = -1;
    for (let unchanged = 0; unchanged < 10;) {
      await after(100);
      const now = (await window.run())!.done;
      unchanged = now === done ? unchanged + 1 : 0; // until those under way are through
      done = now;
    }
    expect(done).toBeLessThan(150);
    const { seconds } = (await window.run())!;
    await after(100);
    expect((await window.run())!.seconds).toBe(seconds);
    await window.ask('run.resume', {});
    expect(await window.quiet()).toMatchObject({ state: 'done', done: 150 });
  });

  it('keeps what is known when it is stopped, and another one takes the rest', async () => {
    manyCats(photos, 120);
    await window.ask('roots.add', { paths: [photos] });
    await until(() => verdicts() > 0);
    await window.ask('run.stop', {});
    const stopped = (await window.run())!;
    expect(stopped).toMatchObject({ state: 'stopped', reason: null });
    const { waiting } = await window.ask('library.counts', {});
    expect(waiting).toBe(120 - stopped.done);
    expect(waiting).toBeGreaterThan(0);
    await window.ask('run.start', { filter: {} });
    expect(await window.quiet()).toMatchObject({ state: 'done', files: waiting, done: waiting, stored: 0 });
    expect((await window.ask('library.counts', {})).waiting).toBe(0);
    expect((await window.ask('activity.list', {})).runs.map(({ state }) => state)).toEqual(['done', 'stopped']);
  });

  it('takes first what is on screen', async () => {
    manyCats(photos, 120);
    await window.ask('roots.add', { paths: [photos] });
    await window.ask('run.pause', {});
    await until(async () => (await window.ids()).length === 120);
    const ids = await window.ids();
    const shown = ids.slice(-10);
    await window.ask('photos.show', { ids: shown });
    window.notices.length = 0;
    await window.ask('run.resume', {});
    await window.quiet();
    const order = window.told('rows').flatMap(({ rows }) => rows.filter(({ state }) => state === 'sorted').map(({ id }) => id));
    expect(Math.max(...shown.map((id) => order.indexOf(id)))).toBeLessThan(80);
  });

  it('of what is not sorted takes those that failed once more, and those that were skipped not', async () => {
    manyCats(photos, 2);
    writeFileSync(join(photos, 'empty.jpg'), '');
    copyFileSync(join(import.meta.dirname, 'window.ts'), join(photos, 'text.jpg'));
    await window.ask('roots.add', { paths: [photos] });
    expect(await window.quiet()).toMatchObject({ id: 1, done: 4, failed: 1, skipped: 1 });
    await window.ask('run.start', { filter: {} });
    expect(await window.quiet()).toMatchObject({ id: 1 });
    await window.ask('run.start', { filter: { pile: { kind: 'not-sorted' } } });
    expect(await window.quiet()).toMatchObject({ id: 2, files: 1, done: 1, failed: 1, skipped: 0 });
    expect(await window.ask('library.counts', {})).toMatchObject({ waiting: 0, failed: 1, skipped: 1 });
  });

  it('is joined by what is dropped meanwhile', async () => {
    const other = join(here.path, 'Other');
    manyCats(photos, 100);
    manyCats(other, 20, 1000);
    await window.ask('roots.add', { paths: [photos] });
    await until(() => verdicts() > 0);
    await window.ask('roots.add', { paths: [other] });
    expect(await window.quiet()).toMatchObject({ id: 1, state: 'done', files: 120, done: 120 });
  });

  it('looks closer at a photo through every exit, and that one is decided there from then on', async () => {
    manyCats(photos, 2);
    await window.ask('roots.add', { paths: [photos] });
    await window.ask('policy.choose', { choice: { kind: 'preset', preset: 'saver' } });
    await window.quiet();
    const [first] = await window.rows();
    const before = await window.ask('photos.inspect', { id: first!.id });
    expect(before.closer!.exits).toBe(first!.exits - before.verdict!.opinions.length);
    await window.ask('run.closer', { ids: [first!.id] });
    await until(async () => (await window.quiet())?.id !== 1);
    const inspected = await window.ask('photos.inspect', { id: first!.id });
    expect(inspected.row).toMatchObject({ exit: first!.exits, exits: first!.exits });
    expect(inspected.closer).toBeNull();
    expect(inspected.why).toMatch(/^Looked at closer by your wish, through every exit/);
    expect(inspected.steps).toHaveLength(first!.exits);
    expect(inspected.steps.reduce((sum, { joules }) => sum + joules, 0)).toBeCloseTo(inspected.verdict!.energy.network, 9);
    await window.ask('policy.choose', { choice: { kind: 'preset', preset: 'balanced' } });
    await window.ask('policy.choose', { choice: { kind: 'preset', preset: 'saver' } });
    expect((await window.rows())[0]!.exit).toBe(first!.exits);
  });
});

describe('deaths', () => {
  it.skipIf(onWindows)('of reader and network in mid-run lose nothing, and nothing is run twice', async () => {
    manyCats(photos, 150);
    await window.ask('roots.add', { paths: [photos] });
    await until(() => verdicts() > 0);
    for (let kills = 0; kills < 6; kills++) {
      for (const pid of childrenOf(process.pid)) {
        try {
          process.kill(pid, 'SIGKILL');
        } catch {
          // It was `ps` itself.
        }
      }
      await after(150);
    }
    const run = await window.quiet();
    expect(run).toMatchObject({ state: 'done', files: 150, done: 150, failed: 0, skipped: 0 });
    expect(run!.exits.reduce((a, b) => a + b, 0)).toBe(150);
    expect(await window.ask('library.counts', {})).toMatchObject({ photos: 150, waiting: 0, failed: 0 });
  });

  it('of the whole engine in order lose nothing: the rest waits, and the next start says so', async () => {
    manyCats(photos, 150);
    await window.ask('roots.add', { paths: [photos] });
    await until(() => verdicts() > 0);
    await window.close();
    await reopen();
    const run = await window.quiet();
    expect(run).toMatchObject({
      state: 'stopped',
      reason: 'Squint was closed before it was done.',
      hint: 'Start it again for the photos that wait.',
    });
    expect(run!.done).toBeGreaterThan(0);
    const { waiting } = await window.ask('library.counts', {});
    expect(waiting).toBe(150 - run!.done);
    await window.ask('run.start', { filter: {} });
    expect(await window.quiet()).toMatchObject({ state: 'done', done: waiting });
  });

  it('of a drive in mid-run fail no photo: they wait until it is back', async () => {
    manyCats(photos, 150);
    await window.ask('roots.add', { paths: [photos] });
    await until(() => verdicts() > 0);
    renameSync(photos, join(here.path, 'Elsewhere'));
    const run = await window.quiet();
    expect(run).toMatchObject({ state: 'done', failed: 0 });
    expect(run!.done).toBeLessThan(150);
    expect(run!.files).toBe(run!.done);
    const [root] = (await window.ask('library.state', {})).roots;
    expect(root!.state).toBe('offline');
    expect(await window.ask('library.counts', {})).toMatchObject({ failed: 0, waiting: 150 - run!.done });
    renameSync(join(here.path, 'Elsewhere'), photos);
    await window.ask('roots.rescan', { root: root!.id });
    await window.quiet();
    await window.ask('run.start', { filter: {} });
    expect(await window.quiet()).toMatchObject({ state: 'done', done: 150 - run!.done });
  });

  it('of a folder that is taken away leave its photos, as missing', async () => {
    manyCats(photos, 3);
    await window.ask('roots.add', { paths: [photos] });
    await window.quiet();
    const [root] = (await window.ask('library.state', {})).roots;
    renameSync(photos, join(here.path, 'Elsewhere'));
    await window.ask('roots.rescan', { root: root!.id });
    await window.quiet();
    expect((await window.ask('library.state', {})).roots).toMatchObject([{ state: 'offline', photos: 3 }]);
    expect((await window.rows()).map(({ missing, state }) => [missing, state])).toEqual(new Array(3).fill([true, 'sorted']));
    renameSync(join(here.path, 'Elsewhere'), photos);
    rmSync(join(photos, 'cat 1.jpg'));
    await window.ask('roots.rescan', { root: root!.id });
    await window.quiet();
    expect((await window.rows()).map(({ missing }) => missing)).toEqual([false, true, false]);
  });
});

import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type EnginePacks, enginePacks } from '../packs.ts';
import { openParts } from './parts.ts';
import { folder, manyCats, measuredMachine, until } from './window.ts';

let packs: EnginePacks;
let machine = '';
beforeAll(async () => {
  packs = await enginePacks();
  machine = await measuredMachine(packs.folders.joined);
});
afterAll(() => packs.release());

let here: ReturnType<typeof folder>;
let photos = '';
let parts: Awaited<ReturnType<typeof openParts>>;
beforeEach(async () => {
  here = folder();
  photos = join(here.path, 'Photos');
  mkdirSync(join(here.path, 'home'));
  writeFileSync(join(here.path, 'home', 'machine.json'), machine);
  parts = await openParts(join(here.path, 'home'), packs.folders.joined);
});
afterEach(async () => {
  await parts.close();
  here.remove();
});

const state = () => parts.runs.state();
const waiting = (): number => parts.catalog.counts().waiting;
const done = async (): Promise<void> => {
  await until(() => state()?.state === 'done' && parts.roots.list().every(({ scanning }) => !scanning));
};

describe('while files are changed', () => {
  it('a run waits, says why, and goes on afterwards', async () => {
    manyCats(photos, 100);
    await parts.roots.add([photos]);
    await until(() => (state()?.done ?? 0) > 0);
    const release = parts.runs.holdBack('Files are being moved.');
    expect(state()).toMatchObject({ state: 'paused', reason: 'Files are being moved.' });
    await parts.runs.still();
    let left = -1;
    for (let unchanged = 0; unchanged < 10;) {
      await after(100);
      unchanged = waiting() === left ? unchanged + 1 : 0; // until what is with the networks is through
      left = waiting();
    }
    expect(left).toBeGreaterThan(0);
    release();
    await done();
    expect(state()).toMatchObject({ done: 100, failed: 0 });
  });

  it('a run that the person paused stays so afterwards, and one that they let go on waits for the files', async () => {
    manyCats(photos, 100);
    await parts.roots.add([photos]);
    await until(() => (state()?.done ?? 0) > 0);
    parts.runs.pause();
    let release = parts.runs.holdBack('Files are being moved.');
    release();
    expect(state()).toMatchObject({ state: 'paused', reason: 'You paused it.' });
    release = parts.runs.holdBack('Files are being moved.');
    parts.runs.resume();
    expect(state()).toMatchObject({ state: 'paused', reason: 'Files are being moved.' });
    release();
    expect(state()).toMatchObject({ state: 'running', reason: null });
  });

  it('a run that is begun waits too, and reads photos from where they lie then', async () => {
    manyCats(photos, 20);
    const release = parts.runs.holdBack('Files are being moved.');
    await parts.roots.add([photos]);
    await until(() => parts.roots.list().every(({ scanning }) => !scanning));
    expect(state()).toMatchObject({ state: 'paused', reason: 'Files are being moved.', done: 0 });
    release();
    await done();
    expect(state()).toMatchObject({ done: 20, failed: 0 });
  });

  it('no folder is looked through; what came meanwhile is found afterwards', async () => {
    manyCats(photos, 3);
    await parts.roots.add([photos]);
    await done();
    const release = await parts.roots.hold();
    renameSync(join(photos, 'cat 0.jpg'), join(photos, 'moved.jpg'));
    parts.roots.rescan(parts.roots.list()[0]!.id);
    await after(200);
    expect(parts.roots.list()).toMatchObject([{ photos: 3, scanning: false }]);
    expect(parts.catalog.roots()[0]!.missing).toBe(0);
    release();
    await until(async () => parts.catalog.roots()[0]!.missing === 0 && (await parts.catalog.count({ text: 'moved' })) === 1);
  });
});

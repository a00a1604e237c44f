import { execFileSync } from 'node:child_process';
import { appendFileSync, copyFileSync, mkdirSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fixture } from '../../reader/made.ts';
import { type EnginePacks, enginePacks } from '../packs.ts';
import { Window, folder, manyCats, measuredMachine, until } from './window.ts';

let packs: EnginePacks;
let machine = '';
beforeAll(async () => {
  packs = await enginePacks();
  machine = await measuredMachine(packs.folders.photos32);
});
afterAll(() => packs.release());

let here: ReturnType<typeof folder>;
let home = '';
let photos = '';
let window: Window;
const open = async (): Promise<void> => {
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'machine.json'), machine);
  window = await Window.open(home, packs.folders.photos32);
};
beforeEach(async () => {
  here = folder();
  home = join(here.path, 'home');
  photos = join(here.path, 'Photos');
  await open();
});
afterEach(async () => {
  await window.close();
  here.remove();
});

const rows = async () => (await window.rows()).map(({ name, state, missing }) => ({ name, state, missing }));
const root = async () => (await window.ask('library.state', {})).roots[0]!;
const sorted = (name: string) => ({ name, state: 'sorted', missing: false });
/** Until it is watched too. */
const settled = async (): Promise<void> => {
  await window.quiet();
  await after(100);
};

describe('a folder in the list', () => {
  it('shows a photo that comes, and sorts it, without being asked', async () => {
    manyCats(photos, 1);
    await window.ask('roots.add', { paths: [photos] });
    await settled();
    mkdirSync(join(photos, 'new', 'deep'), { recursive: true });
    copyFileSync(fixture('cat.jpg'), join(photos, 'new', 'deep', 'b.jpg'));
    await until(async () => (await rows()).some(({ name, state }) => name === 'b.jpg' && state === 'sorted'));
    copyFileSync(fixture('webp-animated.webp'), join(photos, 'new', 'deep', 'c.webp'));
    await until(async () => (await rows()).some(({ name, state }) => name === 'c.webp' && state === 'sorted'));
  });

  it('marks a photo that goes as missing, knows it again where it comes back, and reads one anew that changed', async () => {
    manyCats(photos, 3);
    await window.ask('roots.add', { paths: [photos] });
    await settled();
    const before = await window.rows();
    renameSync(join(photos, 'cat 0.jpg'), join(here.path, 'away.jpg'));
    await until(async () => (await rows())[0]!.missing);
    renameSync(join(here.path, 'away.jpg'), join(photos, 'cat 0.jpg'));
    await until(async () => !(await rows())[0]!.missing);
    expect((await window.quiet())!.id).toBe(1);
    expect(await window.rows()).toEqual(before);
    appendFileSync(join(photos, 'cat 1.jpg'), 'other bytes');
    await until(async () => (await window.quiet())?.id === 2);
    expect(await window.run()).toMatchObject({ done: 1, stored: 0 });
  });

  it('knows a photo again that was moved or renamed in it, with the word of the person', async () => {
    manyCats(photos, 2);
    await window.ask('roots.add', { paths: [photos] });
    await settled();
    const [first] = await window.rows();
    await window.ask('decisions.confirm', { ids: [first!.id] });
    mkdirSync(join(photos, 'Sub'));
    renameSync(join(photos, 'cat 0.jpg'), join(photos, 'Sub', 'moved.jpg'));
    await until(async () => (await rows()).some(({ name, missing }) => name === 'moved.jpg' && !missing));
    await window.quiet();
    const now = await window.rows();
    expect(now).toHaveLength(2);
    expect(now.find(({ name }) => name === 'moved.jpg')).toMatchObject({ id: first!.id, decided: { how: 'confirmed' } });
  });

  it("does nothing where Squint's own folder lies in it and is written to", async () => {
    manyCats(photos, 2);
    await window.close();
    home = join(photos, 'Squint');
    await open();
    await window.ask('roots.add', { paths: [photos] });
    await settled();
    await after(1000);
    window.notices.length = 0;
    writeFileSync(join(home, 'anything.jpg'), 'a');
    await window.ask('settings.set', { theme: 'dark' });
    await after(1500);
    expect(window.told('roots')).toEqual([]);
  });

  it('of which only files were named minds no others', async () => {
    manyCats(photos, 2);
    await window.ask('roots.add', { paths: [join(photos, 'cat 0.jpg')] });
    await settled();
    window.notices.length = 0;
    writeFileSync(join(photos, 'other.jpg'), 'a');
    await after(1000);
    expect(window.told('roots')).toEqual([]);
    unlinkSync(join(photos, 'cat 0.jpg'));
    await until(async () => (await rows())[0]!.missing);
    expect(await rows()).toHaveLength(1);
  });

  it('is watched no more when it was taken from the list', async () => {
    manyCats(photos, 1);
    await window.ask('roots.add', { paths: [photos] });
    await settled();
    await window.ask('roots.remove', { root: (await root()).id });
    await after(500); // until that is told
    window.notices.length = 0;
    manyCats(photos, 2);
    await after(1000);
    expect(window.notices).toEqual([]);
  });
});

describe('a folder that is taken away', () => {
  it('is offline at once, keeps all that is known, and is back by itself with what came meanwhile', async () => {
    manyCats(photos, 2);
    await window.ask('roots.add', { paths: [photos] });
    await settled();
    renameSync(photos, join(here.path, 'Elsewhere'));
    await until(async () => (await root()).state === 'offline');
    expect(await rows()).toEqual([0, 1].map((i) => ({ ...sorted(`cat ${i}.jpg`), missing: true })));
    manyCats(join(here.path, 'Elsewhere'), 1, 2);
    renameSync(join(here.path, 'Elsewhere'), photos);
    await until(async () => (await root()).state === 'online');
    await until(async () => (await rows()).filter(({ state }) => state === 'sorted').length === 3);
    expect(await rows()).toEqual([0, 1, 2].map((i) => sorted(`cat ${i}.jpg`)));
    await settled();
    manyCats(photos, 1, 3); // it is watched again
    await until(async () => (await rows()).length === 4);
  });

  it('with all above it is offline, and back with them', async () => {
    const deep = join(photos, 'Drive', 'DCIM');
    manyCats(deep, 1);
    await window.ask('roots.add', { paths: [deep] });
    await settled();
    renameSync(photos, join(here.path, 'Elsewhere'));
    await until(async () => (await root()).state === 'offline');
    renameSync(join(here.path, 'Elsewhere'), photos);
    await until(async () => (await root()).state === 'online');
  });

  it('before the start is offline, and is noticed when it comes', async () => {
    manyCats(photos, 1);
    await window.ask('roots.add', { paths: [photos] });
    await settled();
    await window.close();
    renameSync(photos, join(here.path, 'Elsewhere'));
    await open();
    await until(async () => (await root()).state === 'offline');
    renameSync(join(here.path, 'Elsewhere'), photos);
    await until(async () => (await root()).state === 'online');
  });

  it.skipIf(process.platform !== 'linux' || process.getuid?.() !== 0)(
    '[may not mount] as a volume, whose empty folder stays, is offline; nothing counts as deleted',
    async () => {
      mkdirSync(photos);
      const mount = (): Buffer => execFileSync('mount', ['-t', 'tmpfs', 'none', photos]);
      const unmount = (): Buffer => execFileSync('umount', ['-l', photos]);
      mount();
      try {
        manyCats(photos, 2);
        await window.ask('roots.add', { paths: [photos] });
        await settled();
        unmount();
        await until(async () => (await root()).state === 'offline');
        expect((await window.ask('library.counts', {})).photos).toBe(2);
        mount();
        manyCats(photos, 2);
        await window.ask('roots.rescan', { root: (await root()).id });
        await until(async () => (await root()).state === 'online');
        await settled();
        expect(await rows()).toEqual([0, 1].map((i) => sorted(`cat ${i}.jpg`)));
      } finally {
        unmount();
      }
    },
  );
});

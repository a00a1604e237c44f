import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Blind, type Watching, watchAsOne } from '../../../src-main/library/watch-tree.ts';
import { watchPlace } from '../../../src-main/library/watch-place.ts';
import { watchFolder } from '../../../src-main/library/watch.ts';
import { asOrdinaryUser } from './ordinary-user.ts';

let here = '';
let root = '';
let watching: Watching | null = null;
let told: (string[] | null)[] = [];
let gone = 0;
let blind: Blind[] = [];
beforeEach(() => {
  here = realpathSync(mkdtempSync(join(tmpdir(), 'squint-watch-')));
  root = join(here, 'Photos');
  mkdirSync(join(root, 'Iceland', 'Day 1'), { recursive: true });
  [told, gone, blind] = [[], 0, []];
});
afterEach(async () => {
  await watching?.stop();
  watching = null;
  rmSync(here, { recursive: true, force: true });
});

const hearing = {
  changed: (paths: readonly string[] | null) => told.push(paths && paths.map((path) => path.slice(root.length + 1)).sort()),
  gone: () => (gone += 1),
  blind: (why: Blind) => blind.push(why),
};
const follow = async (scope: 'folder' | 'files' = 'folder', except = join(here, 'home')): Promise<void> => {
  watching = await watchFolder({ path: root, scope }, except, hearing);
};
async function until(what: () => boolean): Promise<void> {
  for (const since = performance.now(); !what();) {
    if (performance.now() - since > 10_000) throw new Error(`waited in vain: ${JSON.stringify({ told, gone, blind })}`);
    await after(20);
  }
}
const hears = (path: string): Promise<void> => until(() => told.some((paths) => paths?.includes(path)));
/** Long enough for what would be told. */
const quiet = (): Promise<void> => after(1000);

describe('a folder that is watched', () => {
  it('tells of a photo that comes, changes, is renamed and goes, at any depth', async () => {
    await follow();
    writeFileSync(join(root, 'Iceland', 'Day 1', 'a.jpg'), 'a');
    await hears('Iceland/Day 1/a.jpg');
    told = [];
    appendFileSync(join(root, 'Iceland', 'Day 1', 'a.jpg'), 'b');
    await hears('Iceland/Day 1/a.jpg');
    told = [];
    renameSync(join(root, 'Iceland', 'Day 1', 'a.jpg'), join(root, 'b.jpg'));
    await hears('b.jpg');
    await hears('Iceland/Day 1/a.jpg');
    told = [];
    unlinkSync(join(root, 'b.jpg'));
    await hears('b.jpg');
    expect(blind).toEqual([]);
  });

  it('tells many changes at once', async () => {
    await follow();
    for (let i = 0; i < 50; i++) writeFileSync(join(root, `${i}.jpg`), 'a');
    await until(() => told.length > 0);
    await quiet();
    expect(told).toHaveLength(1);
    expect(told[0]).toHaveLength(50);
  });

  it('says that anything may have changed where more did than can be told apart', async () => {
    await follow();
    for (let i = 0; i < 2500; i++) writeFileSync(join(root, `${i}.jpg`), '');
    await until(() => told.includes(null));
  });

  it('tells of photos in folders that are made in one go, and of those that come there later', async () => {
    await follow();
    mkdirSync(join(root, 'new', 'deep', 'er'), { recursive: true });
    writeFileSync(join(root, 'new', 'deep', 'er', 'a.jpg'), 'a');
    await hears('new');
    await quiet();
    told = [];
    writeFileSync(join(root, 'new', 'deep', 'er', 'b.jpg'), 'a');
    await hears('new/deep/er/b.jpg');
  });

  it('tells of photos that come into a folder that was moved in, and into one that was renamed', async () => {
    await follow();
    mkdirSync(join(here, 'Other', 'deep'), { recursive: true });
    renameSync(join(here, 'Other'), join(root, 'Other'));
    renameSync(join(root, 'Iceland'), join(root, 'Island'));
    await hears('Other');
    await hears('Island');
    await hears('Iceland');
    await quiet();
    told = [];
    writeFileSync(join(root, 'Other', 'deep', 'a.jpg'), 'a');
    writeFileSync(join(root, 'Island', 'Day 1', 'a.jpg'), 'a');
    await hears('Other/deep/a.jpg');
    await hears('Island/Day 1/a.jpg');
  });

  it('tells of photos in a folder that was removed and made again', async () => {
    await follow();
    rmSync(join(root, 'Iceland'), { recursive: true });
    mkdirSync(join(root, 'Iceland'));
    await hears('Iceland');
    await quiet();
    told = [];
    writeFileSync(join(root, 'Iceland', 'a.jpg'), 'a');
    await hears('Iceland/a.jpg');
  });

  it("passes over hidden files, system folders, linked folders and Squint's own", async () => {
    mkdirSync(join(root, '.git'));
    mkdirSync(join(root, '.thumbnails'));
    mkdirSync(join(root, 'Squint', 'cache'), { recursive: true });
    mkdirSync(join(here, 'outside'));
    symlinkSync(join(here, 'outside'), join(root, 'link'));
    await follow('folder', join(root, 'Squint'));
    for (const way of ['.git/a.jpg', '.a.jpg.swp', 'Squint/cache/a.webp', 'link/a.jpg']) writeFileSync(join(root, way), 'a');
    await quiet();
    expect(told).toEqual([]);
  });

  it.skipIf(process.platform !== 'linux')('[other system] goes on beside one that may not be opened', async () => {
    mkdirSync(join(root, 'locked'), { mode: 0 });
    await asOrdinaryUser(here, () => follow());
    writeFileSync(join(root, 'a.jpg'), 'a');
    await hears('a.jpg');
    chmodSync(join(root, 'locked'), 0o700);
  });

  it('of which only files were named tells of what lies in it directly', async () => {
    await follow('files');
    writeFileSync(join(root, 'Iceland', 'a.jpg'), 'a');
    writeFileSync(join(root, 'b.jpg'), 'a');
    await hears('b.jpg');
    expect(told.flat()).not.toContain('Iceland/a.jpg');
  });

  it('says that it may be gone when it is renamed or removed', async () => {
    await follow();
    renameSync(root, join(here, 'Elsewhere'));
    await until(() => gone > 0);
  });

  it('tells nothing any more after the end', async () => {
    await follow();
    writeFileSync(join(root, 'a.jpg'), 'a');
    await watching!.stop();
    writeFileSync(join(root, 'b.jpg'), 'a');
    await quiet();
    expect(told).toEqual([]);
  });
});

describe('a tree that the system watches as one', () => {
  it('tells of a photo that comes and of one that goes', async () => {
    const heard: string[] = [];
    const how = {
      heard: (path: string) => heard.push(path),
      gone: hearing.gone,
      blind: hearing.blind,
      unknown: () => heard.push('unknown'),
    };
    watching = await watchAsOne(root, join(here, 'home'), how);
    const photo = join(root, 'Iceland', 'a.jpg');
    writeFileSync(photo, 'a');
    await until(() => heard.includes(photo));
    await after(300);
    heard.length = 0;
    unlinkSync(photo);
    await until(() => heard.includes(photo));
    expect(heard).not.toContain('unknown');
    expect(blind).toEqual([]);
  });

  it('says why it is not watched', async () => {
    const how = { heard: () => {}, gone: hearing.gone, blind: hearing.blind, unknown: () => {} };
    watching = await watchAsOne(join(here, 'nowhere'), join(here, 'home'), how);
    expect(blind).toMatchObject([{ kind: 'failed' }]);
  });
});

describe('the place of a folder', () => {
  it('is heard of when the folder goes and comes back, and when those above it do', async () => {
    let heard = 0;
    const end = watchPlace(join(root, 'Iceland', 'Day 1'), () => (heard += 1));
    const hear = async (change: () => void): Promise<void> => {
      heard = 0;
      change();
      await until(() => heard > 0);
    };
    const away = join(here, 'Away');
    await hear(() => renameSync(join(root, 'Iceland', 'Day 1'), away));
    await hear(() => renameSync(away, join(root, 'Iceland', 'Day 1')));
    await hear(() => renameSync(root, away));
    await hear(() => renameSync(away, root));
    await hear(() => rmSync(root, { recursive: true }));
    await hear(() => mkdirSync(join(root, 'Iceland'), { recursive: true }));
    await after(100);
    await hear(() => mkdirSync(join(root, 'Iceland', 'Day 1')));
    end();
    heard = 0;
    rmSync(join(root, 'Iceland', 'Day 1'), { recursive: true });
    await after(100);
    expect(heard).toBe(0);
  });
});

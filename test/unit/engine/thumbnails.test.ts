import { copyFileSync, existsSync, mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Cache } from '../../../src-main/engine/cache.ts';
import { type MediaMeans, mediaFile } from '../../../src-main/engine/media.ts';
import { Reading } from '../../../src-main/engine/reading.ts';
import { type Ready, Thumbnails } from '../../../src-main/engine/thumbnails.ts';
import { fixture, sharedPhotos } from '../reader/made.ts';

const program = new URL('../../fixtures/children/reader.ts', import.meta.url);
const want = { pictures: [{ side: 8, short: 8 }], need: 0, from: 'scaled' } as const;

let home: string;
let cache: Cache;
let reading: Reading;
let paths: string[];
let told: string[];
const photo = (id: number) => (paths[id - 1] === undefined ? null : { path: paths[id - 1]!, key: paths[id - 1]! });
/** Waits until it holds; an engine and its reader share the computer with whatever else runs. */
const soon = (check: () => void | Promise<void>): Promise<void> => vi.waitFor(check, { timeout: 40_000, interval: 5 });
const tell = (ready: readonly Ready[]): void => void told.push(...ready.map(({ id, level }) => `${id} ${level}`));
const all = (): number[] => paths.map((_, i) => i + 1);

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'squint-thumbnails-'));
  cache = new Cache(join(home, 'cache'));
  told = [];
});
afterEach(async () => {
  await reading.close();
  await rm(home, { recursive: true });
});

/** A reader that is told by the names of files what to do (test/fixtures/children/reader.ts). */
function pretend(...names: string[]): Thumbnails {
  reading = new Reading({ program });
  paths = names;
  return new Thumbnails({ reading, cache, photo, tell });
}

/** Copies of these photographs. */
function photographs(...names: string[]): Thumbnails {
  reading = new Reading();
  paths = names.map((name) => join(home, name));
  for (const [i, name] of names.entries()) copyFileSync(fixture(name), paths[i]!);
  return new Thumbnails({ reading, cache, photo, tell });
}

describe('thumbnails', () => {
  it('come after the previews of all that is on screen, and before anything beside it', async () => {
    pretend(...Array.from({ length: 50 }, (_, i) => `camera ${i}`)).show(all()); // a fifth is on screen
    await soon(() => expect(told).toHaveLength(100));
    const place = (ready: string): number => told.indexOf(ready);
    const onScreen = all().slice(0, 10);
    const [previews, thumbs] = [onScreen.map((id) => place(`${id} preview`)), onScreen.map((id) => place(`${id} thumb`))];
    const under = 4; // at once, so that so many may be out of order
    expect(Math.max(...previews)).toBeLessThan(10 + under);
    expect(Math.min(...thumbs)).toBeGreaterThan(10 - under);
    expect(Math.max(...thumbs)).toBeLessThan(20 + under);
  });

  it('are not made of what was scrolled past before its turn', async () => {
    const thumbnails = pretend(...Array.from({ length: 40 }, (_, i) => `slow ${i}`));
    thumbnails.show(all());
    thumbnails.show([40]);
    await soon(() => expect(told).toContain('40 thumb'));
    await soon(() => expect(reading.viewingCpuMs).toBeGreaterThanOrEqual(6));
    expect(reading.viewingCpuMs).toBeLessThan(8); // four that had begun, and two levels of the last
  });

  it('are told again at once to a view that was loaded anew, without a look at the disk', async () => {
    const thumbnails = pretend('a', 'b');
    thumbnails.show(all());
    await soon(() => expect(told).toHaveLength(2));
    told = [];
    await rm(cache.folder, { recursive: true });
    thumbnails.show(all());
    expect(told).toEqual(['1 thumb', '2 thumb']);
  });

  it('of a restart come from the cache', async () => {
    pretend('a').show([1]);
    await soon(() => expect(told).toContain('1 thumb'));
    const restarted = new Reading({ program });
    try {
      const toldAgain: Ready[] = [];
      new Thumbnails({ reading: restarted, cache, photo, tell: (ready) => toldAgain.push(...ready) }).show([1]);
      await soon(() => expect(toldAgain).toEqual([{ id: 1, level: 'thumb' }]));
      expect(restarted.viewingCpuMs).toBe(0);
    } finally {
      await restarted.close();
    }
  });

  it('are made anew once the cache was cleared', async () => {
    const thumbnails = pretend('a');
    thumbnails.show([1]);
    await soon(() => expect(told).toHaveLength(1));
    await cache.clear();
    told = [];
    thumbnails.show([1]);
    expect(told).toEqual([]);
    await soon(() => expect(told).toEqual(['1 thumb']));
  });

  it('of the others come when one file kills the reader, and that one is not tried for ever', async () => {
    const thumbnails = pretend('a', 'crash', 'b', 'c');
    thumbnails.show(all());
    await soon(() => expect(told.toSorted()).toEqual(['1 thumb', '3 thumb', '4 thumb']));
    await soon(async () => expect(await mediaFile({ kind: 'thumb', id: 2, level: 'thumb' }, means())).toHaveProperty('problem'));
    const make = vi.spyOn(reading, 'make');
    thumbnails.show(all());
    await after(50); // time to ask once more
    expect(make).not.toHaveBeenCalled();
  });

  it('of a drive that was not there come when it is there again', async () => {
    const thumbnails = photographs('cat.jpg');
    await rename(paths[0]!, `${paths[0]!} away`);
    thumbnails.show([1]);
    await soon(() => expect(reading.viewingCpuMs).toBeGreaterThan(0));
    await mediaFile({ kind: 'thumb', id: 1, level: 'thumb' }, means()); // the refusal
    await rename(`${paths[0]!} away`, paths[0]!);
    await soon(() => {
      thumbnails.show([1]);
      expect(told).toContain('1 thumb');
    });
  });

  it('come while a run reads', async () => {
    const thumbnails = pretend('a', 'b');
    const reads = Promise.all(Array.from({ length: 40 }, (_, i) => reading.read(`slow ${i}`, want, false)));
    let over = false;
    void reads.then(() => (over = true));
    thumbnails.show(all());
    await soon(() => expect(told).toHaveLength(2));
    expect(over).toBe(false);
    await reads;
  });

  it('of real photographs are pictures', async () => {
    const thumbnails = photographs('cat.jpg', 'heic-single.heic', 'tiff-16bit-rgb.tif');
    await writeFile((paths[3] = join(home, 'text.jpg')), 'text');
    thumbnails.show(all());
    await soon(() => expect(told.toSorted()).toEqual(['1 thumb', '2 thumb', '3 thumb']));
    const file = await mediaFile({ kind: 'thumb', id: 2, level: 'thumb' }, means());
    expect(await sharp('path' in file ? file.path : '').metadata()).toMatchObject({ format: 'webp', width: 512, height: 341 });
  });

  it('of a HEIC that the run reads come from that very decode', async () => {
    const thumbnails = photographs('cat.jpg', 'heic-single.heic');
    paths.push(...Array.from({ length: 4 }, () => paths[0]!));
    const make = vi.spyOn(reading, 'make');
    expect(await thumbnails.read(paths[1]!, want, false)).toMatchObject({ ok: true, pixels: { thumbnail: false } }); // it is not on screen
    thumbnails.show([1, 3, 4, 5, 6, 2]);
    expect(await thumbnails.read(paths[1]!, want, false)).toMatchObject({ ok: true, pixels: { thumbnail: true } });
    await soon(() => expect(told).toContain('2 thumb'));
    expect(make.mock.calls.filter(([path, { kind }]) => path === paths[1] && kind === 'thumbnail')).toEqual([]);
  });
});

const means = (): MediaMeans => ({
  reading,
  cache,
  photo,
  given: (id, network) =>
    id === 1 && network === 2 ? { pack: 'digest', pictures: [...want.pictures, { side: 16, short: 20 }], rung: 'scaled' } : null,
});

describe.skipIf(!existsSync(sharedPhotos))('of every test photograph, hostile ones too', () => {
  it('there is a thumbnail where the run reads it, and the same reason where it does not', async () => {
    reading = new Reading();
    paths = ['orientation', 'formats', 'hostile'].flatMap((name) =>
      readdirSync(join(sharedPhotos, name)).map((file) => join(sharedPhotos, name, file)),
    );
    const codes = await Promise.all(
      all().map(async (id) => {
        const [thumb, read] = await Promise.all([
          mediaFile({ kind: 'thumb', id, level: 'thumb' }, means()),
          reading.read(photo(id)!.path, { ...want, pictures: [{ side: 64, short: 64 }] }, false),
        ]);
        return ['problem' in thumb ? thumb.problem.code : 'made', read.ok ? 'made' : read.problem.code] as const;
      }),
    );
    expect(codes.map(([thumb]) => thumb)).toEqual(codes.map(([, read]) => read));
    expect(codes.filter(([thumb]) => thumb === 'made').length).toBeGreaterThan(70);
  }, 120_000);
});

describe('media', () => {
  const asked = async (wanted: Parameters<typeof mediaFile>[0]) => {
    const file = await mediaFile(wanted, means());
    if ('problem' in file) return file.problem.message;
    const { make } = JSON.parse(readFileSync(file.path, 'utf8')) as { make: object };
    return { type: file.type, ...make };
  };

  it('of every kind are files of the cache, made when they are missing', async () => {
    pretend('camera');
    expect(await asked({ kind: 'thumb', id: 1, level: 'preview' })).toMatchObject({ kind: 'preview', type: 'image/webp' });
    expect(await asked({ kind: 'thumb', id: 1, level: 'thumb' })).toMatchObject({ kind: 'thumbnail', type: 'image/webp' });
    expect(await asked({ kind: 'full', id: 1 })).toMatchObject({ kind: 'full', type: 'image/jpeg' });
    expect(await asked({ kind: 'picture', id: 1, network: 2 })).toMatchObject({
      kind: 'picture',
      type: 'image/png',
      want: { need: 1, from: 'scaled', pictures: [{ side: 8 }, { side: 16 }] },
    });
  });

  it('for the loupe come in steps of size, so that a window that grows leaves few', async () => {
    pretend('a');
    const loupe = { kind: 'loupe', id: 1 } as const;
    const first = await mediaFile({ ...loupe, width: 1100, height: 700 }, means());
    expect(await mediaFile({ ...loupe, width: 1200, height: 760 }, means())).toEqual(first);
    expect(await asked({ ...loupe, width: 1100, height: 700 })).toMatchObject({
      kind: 'fitted',
      width: 1280,
      height: 768,
      type: 'image/jpeg',
    });
    expect(await asked({ ...loupe, width: 0, height: 0 })).toMatchObject({ width: 256, height: 256 });
  });

  it('that cannot be had are told in a sentence', async () => {
    pretend('a', 'crash');
    expect(await asked({ kind: 'thumb', id: 1, level: 'preview' })).toBe('The file has no embedded preview that surely shows it.');
    expect(await asked({ kind: 'full', id: 7 })).toBe('The photo is not in the library any more.');
    expect(await asked({ kind: 'picture', id: 1, network: 1 })).toBe('This network did not see the photo.');
    expect(await asked({ kind: 'full', id: 2 })).toBe('Reading it made the reader crash, twice.');
  });
});

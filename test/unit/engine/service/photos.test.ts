import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import papa from 'papaparse';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Row } from '../../../../src-main/contract/library.ts';
import { photos64 } from '../../packs/fixture-packs.ts';
import { cameraFile, fixture } from '../../reader/made.ts';
import { Window, folder, until } from './window.ts';

const resources = fileURLToPath(new URL('../../../..', import.meta.url));
const here = folder();
const [home, photos] = [join(here.path, 'home'), join(here.path, 'photos')];
let window: Window;
let rows: Row[];
const named = (name: string): Row => rows.find((row) => row.name === name)!;
const open = () => Window.open(home, photos64, resources);

beforeAll(async () => {
  mkdirSync(join(photos, 'deep'), { recursive: true });
  copyFileSync(fixture('cat.jpg'), join(photos, 'cat.jpg'));
  copyFileSync(fixture('heic-single.heic'), join(photos, 'deep', 'heic.heic'));
  writeFileSync(join(photos, 'camera.jpg'), await cameraFile());
  writeFileSync(join(photos, 'broken.jpg'), 'no picture');
  window = await open();
  await window.ask('roots.add', { paths: [photos] });
  await window.quiet();
  rows = await window.rows();
});
afterAll(async () => {
  await window.close();
  here.remove();
});

describe('a photo inspected', () => {
  it('tells what each exit said, what it cost and why it left, and what the file says', async () => {
    const { row, place, verdict, steps, why, pictures, about } = await window.ask('photos.inspect', { id: named('heic.heic').id });
    expect(place).toBe('deep');
    expect(row).toEqual(named('heic.heic'));
    expect(verdict).toMatchObject({ path: 'heic.heic', exit: row.exit, confidence: row.confidence });
    expect(steps.map(({ exit }) => exit)).toEqual(verdict!.opinions.map(({ exit }) => exit));
    expect(steps.reduce((sum, { joules }) => sum + joules, 0) + verdict!.energy.read).toBeCloseTo(verdict!.energy.joules, 9);
    expect(steps.reduce((sum, { macs }) => sum + macs, 0)).toBe(verdict!.macs);
    expect(why).toMatch(/^(Left at exit \d of 7|Went through every exit)/);
    expect(pictures.map(({ side }) => side)).toEqual([64, 104, 224]);
    expect(pictures[0]!.seen).toBe(true);
    expect(about).toMatchObject({ format: 'HEIC', bytes: readFileSync(join(photos, 'deep', 'heic.heic')).length });
  });

  it('tells the rung of each picture, and the camera’s time', async () => {
    const { verdict, pictures, about } = await window.ask('photos.inspect', { id: named('camera.jpg').id });
    expect(pictures[0]).toEqual({ network: 1, side: 64, seen: true, rung: verdict!.reads[0]!.rung });
    expect(about.taken).toBe('2024-05-01T12:00:00');
  });

  it('has no verdict where it failed, but the reason', async () => {
    const { row, verdict, steps, why, closer, pictures } = await window.ask('photos.inspect', { id: named('broken.jpg').id });
    expect(row.problem).toMatchObject({ message: 'This is text, not a picture.' });
    expect({ verdict, steps, why, closer }).toEqual({ verdict: null, steps: [], why: null, closer: null });
    expect(pictures.every(({ seen }) => !seen)).toBe(true);
  });

  it('is refused where there is none', async () => {
    expect(await window.refusal('photos.inspect', { id: 999 })).toEqual({
      code: 'no-such-photo',
      message: 'This photo is not in the library any more.',
    });
  });
});

describe('pictures of photos', () => {
  it('are made for what is on screen, and told', async () => {
    await window.ask('photos.show', { ids: rows.map(({ id }) => id) });
    const level = (name: string) =>
      window
        .told('thumbs')
        .flatMap(({ thumbs }) => thumbs)
        .filter(({ id }) => id === named(name).id)
        .at(-1)?.level;
    await until(() => level('cat.jpg') === 'thumb' && level('heic.heic') === 'thumb');
    const { path, type } = await window.ask('media.file', { kind: 'thumb', id: named('cat.jpg').id, level: 'thumb' });
    expect(type).toBe('image/webp');
    expect((await sharp(path).metadata()).format).toBe('webp');
    expect((await window.ask('cache.size', {})).bytes).toBeGreaterThan(1000);
    await window.ask('cache.clear', {});
    expect((await window.ask('cache.size', {})).bytes).toBe(0);
  });

  it('are the very crops that the networks were given', async () => {
    const { path } = await window.ask('media.file', { kind: 'picture', id: named('cat.jpg').id, network: 1 });
    expect(await sharp(path).metadata()).toMatchObject({ width: 64, height: 64, format: 'png' });
    expect(await window.refusal('media.file', { kind: 'picture', id: named('broken.jpg').id, network: 1 }, 'host')).toMatchObject({
      code: 'not-seen',
    });
  });
});

describe('photos', () => {
  it('are found by the year that their files tell, by part of their name and by what their pile is called', async () => {
    const camera = named('camera.jpg');
    expect(await window.ask('photos.facets', {})).toMatchObject({ years: expect.arrayContaining([{ year: 2024, photos: 1 }]) as unknown });
    expect(await window.ids({ year: 2024 })).toEqual([camera.id]);
    expect(await window.ids({ text: 'ERA' })).toEqual([camera.id]);
    await window.ask('decisions.correct', { ids: [camera.id], collection: 'dogs' });
    expect(await window.ids({ text: 'dogs' })).toContain(camera.id);
    expect(await window.ids({ text: 'animals' })).toContain(camera.id); // the group that dogs are of
    await window.ask('decisions.undo', {});
    const { ids } = await window.ask('photos.ids', { filter: {}, order: 'taken', after: null, limit: 9 });
    expect(ids.at(-1)).toBe(Math.max(...rows.filter(({ id }) => id !== camera.id).map(({ id }) => id))); // undated ones last
  });
});

describe('the word of the person', () => {
  it('can be taken back and said again, also after a restart', async () => {
    const ids = [named('cat.jpg').id, named('heic.heic').id];
    await window.ask('decisions.correct', { ids, collection: 'dogs' });
    const decided = async () => (await window.ask('photos.rows', { ids })).map((row) => row.decided?.collection ?? null);
    expect(await decided()).toEqual(['dogs', 'dogs']);
    expect((await window.ask('library.counts', {})).collections.dogs).toBeGreaterThanOrEqual(2);
    await window.close();
    window = await open();
    expect(await window.ask('decisions.undo', {})).toEqual({ message: 'Taken back: 2 photos corrected to Dogs.', ids });
    expect(await decided()).toEqual([null, null]);
    expect(await window.ask('decisions.undo', {})).toBeNull();
    expect(await window.ask('decisions.redo', {})).toEqual({ message: 'Done again: 2 photos corrected to Dogs.', ids });
    expect(
      window
        .told('rows')
        .at(-1)!
        .rows.map(({ id }) => id)
        .sort(),
    ).toEqual([...ids].sort());
    await window.ask('decisions.confirm', { ids: [ids[0]!] });
    expect(await window.ask('decisions.undo', {})).toMatchObject({
      message: expect.stringMatching(/^Taken back: one photo confirmed as /) as string,
    });
    await window.ask('decisions.undo', {});
  });

  it('flags photos, and that is told, counted and taken back', async () => {
    const ids = [named('cat.jpg').id, named('heic.heic').id];
    await window.ask('decisions.flag', { ids, flag: 'pick' });
    await window.ask('decisions.flag', { ids: [ids[1]!], flag: 'reject' });
    expect(await window.ids({ flag: 'pick' })).toEqual([ids[0]]);
    expect(await window.ids({ flag: 'reject' })).toEqual([ids[1]]);
    await until(() => window.told('counts').at(-1)?.counts.rejects === 1);
    expect(window.told('counts').at(-1)!.counts.picks).toBe(1);
    await window.ask('decisions.flag', { ids: [ids[1]!], flag: null });
    expect(await window.ask('decisions.undo', {})).toEqual({ message: 'Taken back: one photo unflagged.', ids: [ids[1]] });
    expect(await window.ask('decisions.undo', {})).toEqual({ message: 'Taken back: one photo rejected.', ids: [ids[1]] });
    expect(await window.ask('decisions.undo', {})).toEqual({ message: 'Taken back: 2 photos picked.', ids });
    expect((await window.ask('photos.rows', { ids })).map(({ flag }) => flag)).toEqual([null, null]);
  });

  it('may only be a collection of the pack', async () => {
    expect(await window.refusal('decisions.correct', { ids: [1], collection: 'unicorns' })).toEqual({
      code: 'no-such-collection',
      message: 'The pack has no collection "unicorns".',
    });
  });
});

describe('photos as a table', () => {
  it('have a line each, with the person’s word, also those without a verdict', async () => {
    await window.ask('decisions.correct', { ids: [named('cat.jpg').id], collection: 'dogs' });
    const path = join(here.path, 'photos.csv');
    expect(await window.ask('photos.csv', { path, filter: {} })).toEqual({ photos: 4 });
    const lines = papa.parse<Record<string, string>>(readFileSync(path, 'utf8'), { header: true, skipEmptyLines: true }).data;
    expect(lines.map((line) => line.path)).toEqual(
      ['broken.jpg', 'camera.jpg', 'cat.jpg', join('deep', 'heic.heic')].map((name) => join(photos, name)),
    );
    expect(lines[0]).toMatchObject({ not_sorted: 'This is text, not a picture.', collection: '', decided: '' });
    expect(lines[2]).toMatchObject({ collection: named('cat.jpg').collection, exit: String(named('cat.jpg').exit), decided: 'dogs' });
    expect(await window.refusal('photos.csv', { path, filter: {} }, 'host')).toMatchObject({
      code: 'target-exists',
      hint: 'Choose another name.',
    });
    expect(existsSync(path)).toBe(true);
    await window.ask('decisions.undo', {});
  });
});

describe('round about', () => {
  it('are the samples, added once', async () => {
    expect(await window.ask('samples.add', {})).toMatchObject({ notes: [] });
    await window.quiet();
    expect((await window.ask('library.state', {})).roots.map(({ name, photos: n }) => [name, n])).toEqual([
      ['photos', 4],
      ['samples', 14],
    ]);
    expect(await window.ask('samples.add', {})).toMatchObject({ notes: ['samples is already in the library.'] });
    await window.quiet();
  });

  it('is what networks can run on here', async () => {
    const providers = await window.ask('providers.list', {});
    expect(providers.find(({ name }) => name === 'cpu')).toEqual({ name: 'cpu', available: true, note: null });
    expect(providers.find(({ name }) => name === 'dml')!.note).toMatch(/DirectML comes with Squint for Windows/);
  });

  it('are settings that hold at once and are told', async () => {
    const before = (await window.ask('library.state', {})).settings;
    expect(await window.ask('settings.set', { watts: 7, threads: 1, theme: 'dark' })).toEqual({
      ...before,
      watts: 7,
      threads: 1,
      theme: 'dark',
    });
    expect(window.told('settings').at(-1)!.settings.watts).toBe(7);
    expect((await window.ask('library.state', {})).watts).toEqual({ typical: 7, low: 7, high: 7, of: 'your figure' });
  });

  it('are licences and the log', async () => {
    const { text } = await window.ask('about.licences', {});
    expect(text).toMatch(/Apache License/);
    expect(text).toMatch(/EfficientNet-Lite/);
    expect(await window.ask('log.path', {})).toBe(join(home, 'log', 'squint.log'));
  });
});

import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { presets } from '../../../../src-main/contract/events.ts';
import { loadPack } from '../../../../src-main/packs/index.ts';
import { photos32, photos64 } from '../../packs/fixture-packs.ts';
import { solveCurve } from '../../../../src-main/engine/service/curve.ts';
import { Window, folder, until } from './window.ts';

const samples = join(photos64, '..', 'samples');

describe('another policy', () => {
  const here = folder();
  let window: Window;
  beforeAll(async () => {
    window = await Window.open(here.path, photos64);
    await window.ask('roots.add', { paths: [samples] });
    await window.quiet();
  });
  afterAll(async () => {
    await window.close();
    here.remove();
  });
  const choose = (preset: (typeof presets)[number]) => window.ask('policy.choose', { choice: { kind: 'preset', preset } });

  it('decides again at once what is known, runs nothing, and says what it would look closer at', async () => {
    await choose('balanced');
    const run = await window.run();
    const balanced = await window.rows();
    const { changed, further } = await choose('full');
    const full = await window.rows();
    expect(further).toBe(balanced.filter(({ exit, exits }) => exit! < exits).length);
    expect(further).toBeGreaterThan(0);
    expect(changed).toBe(further);
    expect(full.filter((row) => row.further)).toHaveLength(further);
    expect((await window.ask('library.counts', {})).further).toBe(further);
    expect(window.told('changed').length).toBeGreaterThan(0);
    expect(await window.run()).toEqual(run);
    expect(await choose('balanced')).toMatchObject({ further: 0 });
    expect(await window.rows()).toEqual(balanced);
  });

  it('is kept in the settings, and told', async () => {
    await choose('saver');
    expect((await window.ask('library.state', {})).settings.choice).toEqual({ kind: 'preset', preset: 'saver' });
    expect(window.told('settings').at(-1)!.settings.choice).toEqual({ kind: 'preset', preset: 'saver' });
  });

  it('says beforehand what it would cost, as it then turns out', async () => {
    await choose('balanced');
    const filter = {};
    const estimate = await window.ask('policy.estimate', { choice: { kind: 'preset', preset: 'full' }, filter });
    const { further } = await choose('full');
    expect(estimate).toMatchObject({ photos: 14, known: 14 - further, further, waiting: 0 });
    expect(estimate.accuracy!.low).toBeLessThan(estimate.accuracy!.share);
    expect(estimate.macs).toBe(estimate.fullMacs);
    expect(estimate.joules.typical).toBeCloseTo(further * estimate.joulesAPhoto.typical, 9);
    expect(estimate.joules.low).toBeLessThan(estimate.joules.typical);
    expect(estimate.seconds).toBeGreaterThan(0);
    const saver = await window.ask('policy.estimate', { choice: { kind: 'preset', preset: 'saver' }, filter });
    expect(saver).toMatchObject({ further: 0, seconds: 0 });
    expect(saver.joulesAPhoto.typical).toBeLessThan(estimate.joulesAPhoto.typical);
  });

  it('is taken up again at the next start, where the window was closed before all was decided', async () => {
    await choose('balanced');
    const balanced = await window.rows();
    await choose('full');
    await window.close();
    const settings = JSON.parse(readFileSync(join(here.path, 'settings.json'), 'utf8')) as object;
    writeFileSync(join(here.path, 'settings.json'), JSON.stringify({ ...settings, choice: { kind: 'preset', preset: 'balanced' } }));
    writeFileSync(join(here.path, 'redeciding'), '');
    window = await Window.open(here.path, photos64);
    await until(() => !existsSync(join(here.path, 'redeciding')));
    expect(await window.rows()).toEqual(balanced);
  });

  it('takes further what it has to, where that is asked for', async () => {
    await choose('balanced');
    const { further } = await choose('full');
    await window.ask('run.start', { filter: {} });
    expect(await window.quiet()).toMatchObject({ done: further, stored: 0 });
    const rows = await window.rows();
    expect(rows.every((row) => !row.further && row.exit === row.exits)).toBe(true);
  });

  it('may be a point of the curve, and no other', async () => {
    const { curve } = (await window.ask('library.state', {})).pack!;
    await window.ask('policy.choose', { choice: { kind: 'point', point: 0 } });
    expect((await window.rows()).some(({ exit }) => exit === 1)).toBe(true);
    expect(await window.refusal('policy.choose', { choice: { kind: 'point', point: curve.length } })).toEqual({
      code: 'no-such-point',
      message: `The pack "Photos" has no point ${curve.length} on its curve.`,
      hint: `It has ${curve.length}, counted from 0.`,
    });
  });
});

describe('what was decided by another pack', () => {
  it('is still shown, the next start says so, and a run decides it anew', async () => {
    const here = folder();
    const first = await Window.open(here.path, photos32);
    await first.ask('roots.add', { paths: [join(samples, 'cat.jpg')] });
    await first.quiet();
    await first.close();
    const window = await Window.open(here.path, photos64);
    try {
      expect(await window.quiet()).toMatchObject({
        state: 'stopped',
        reason: 'Squint sorts with another pack now; these photos were sorted with the one before.',
        hint: 'Start it to sort them anew.',
      });
      expect(await window.rows()).toMatchObject([{ state: 'sorted', exits: 6 }]);
      await window.ask('run.start', { filter: {} });
      expect(await window.quiet()).toMatchObject({ id: 2, state: 'done', done: 1, stored: 0, reason: null });
      expect(await window.rows()).toMatchObject([{ state: 'sorted', exits: 7 }]);
    } finally {
      await window.close();
      here.remove();
    }
  });
});

describe('the curve', () => {
  it('rises from the cheapest to the dearest, with no threshold below the review threshold, and presets near it', async () => {
    const pack = await loadPack(photos64);
    const { points, presets: leave } = await solveCurve(pack);
    expect(points.length).toBeGreaterThan(10);
    points.slice(1).forEach(({ figures }, i) => expect(figures.accuracy).toBeGreaterThan(points[i]!.figures.accuracy));
    for (const { thresholds, figures, leave: shares } of points) {
      expect(Math.min(...thresholds)).toBeGreaterThanOrEqual(pack.manifest.review!);
      expect(figures.low).toBeLessThan(figures.accuracy);
      expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
    }
    expect(Object.keys(leave)).toEqual([...presets]);
    const { milliseconds, accuracy } = points.at(-1)!.figures;
    const dearest = pack.manifest.curve!.find(({ preset }) => preset === 'accurate')!;
    expect(Math.abs(accuracy - dearest.accuracy)).toBeLessThan(0.02);
    expect(milliseconds.network + milliseconds.read).toBeGreaterThan(
      points[0]!.figures.milliseconds.network + points[0]!.figures.milliseconds.read,
    );
  });

  it('is empty where the pack is not calibrated', async () => {
    expect((await solveCurve(await loadPack(photos32))).points).toEqual([]);
  });
});

describe('a pack that is not calibrated', () => {
  it('runs under full only, and says so', async () => {
    const here = folder();
    const window = await Window.open(here.path, photos32);
    try {
      const { pack, settings } = await window.ask('library.state', {});
      expect(pack).toMatchObject({ calibrated: false, curve: [], presets: {} });
      expect(settings.choice).toEqual({ kind: 'preset', preset: 'full' });
      expect(await window.refusal('policy.choose', { choice: { kind: 'preset', preset: 'saver' } })).toMatchObject({
        code: 'not-calibrated',
        message: `The pack "${pack!.title}" is not calibrated, so it has no preset "saver".`,
      });
      await window.ask('roots.add', { paths: [join(samples, 'cat.jpg')] });
      await window.quiet();
      const [row] = await window.rows();
      expect(row).toMatchObject({ state: 'sorted', exit: pack!.exits.length, pile: 'collection' });
      expect((await window.ask('photos.inspect', { id: row!.id })).why).toMatch(/is not calibrated, so nothing says how sure/);
    } finally {
      await window.close();
      here.remove();
    }
  });
});

describe('a pack that cannot be used', () => {
  it('is named, and the library can still be looked at', async () => {
    const here = folder();
    const pack = join(here.path, 'pack');
    mkdirSync(join(here.path, 'photos'));
    cpSync(join(samples, 'cat.jpg'), join(here.path, 'photos', 'cat.jpg'));
    cpSync(photos32, pack, { recursive: true });
    writeFileSync(join(pack, 'ranet.safetensors'), 'damaged');
    const window = await Window.open(here.path, pack);
    try {
      const state = await window.ask('library.state', {});
      expect(state.pack).toBeNull();
      expect(state.packProblem).toMatchObject({ code: 'pack-damaged' });
      await window.ask('roots.add', { paths: [join(here.path, 'photos')] });
      await window.quiet();
      expect(await window.rows()).toMatchObject([{ name: 'cat.jpg', state: 'waiting' }]);
      expect(await window.refusal('run.start', { filter: {} })).toMatchObject({ code: 'pack-damaged' });
    } finally {
      await window.close();
      here.remove();
    }
  });
});

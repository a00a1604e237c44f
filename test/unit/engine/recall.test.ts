import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import * as v from 'valibot';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Catalog, openCatalog } from '../../../src-main/catalog/index.ts';
import { SquintError } from '../../../src-main/contract/errors.ts';
import { RunEvent, type Summary, type Verdict } from '../../../src-main/contract/events.ts';
import { RunState } from '../../../src-main/contract/library.ts';
import { type ClassifyRequest, classify } from '../../../src-main/engine/index.ts';
import { Recall } from '../../../src-main/engine/recall.ts';
import { loadPack, policyFor } from '../../../src-main/packs/index.ts';
import { cameraFile, cat, fixture } from '../reader/made.ts';
import { type EnginePacks, enginePacks } from './packs.ts';
import { Window, folder, measuredMachine } from './service/window.ts';

let packs: EnginePacks;
let machine = '';
let root = folder();
let photos = '';
let home = '';
const never = new AbortController().signal;

beforeAll(async () => {
  packs = await enginePacks();
  machine = await measuredMachine(packs.folders.joined);
});
afterAll(() => packs.release());
beforeEach(async () => {
  root = folder();
  home = join(root.path, 'home');
  photos = join(root.path, 'photos');
  mkdirSync(home);
  mkdirSync(photos);
  writeFileSync(join(home, 'machine.json'), machine);
  process.env.SQUINT_HOME = home;
  copyFileSync(fixture('cat.jpg'), join(photos, 'cat.jpg'));
  copyFileSync(fixture('tiff-16bit-rgb.tif'), join(photos, 'tiff.tif'));
  copyFileSync(fixture('webp-animated.webp'), join(photos, 'webp.webp'));
  writeFileSync(join(photos, 'camera.jpg'), await cameraFile());
  writeFileSync(join(photos, 'small preview.jpg'), await cameraFile({ preview: await cat(64, 48).jpeg().toBuffer() }));
});
afterEach(() => {
  delete process.env.SQUINT_HOME;
  root.remove();
});

interface Ran {
  readonly summary: Summary;
  readonly verdicts: ReadonlyMap<string, Verdict>; // by name
}

async function run(request: Partial<ClassifyRequest> = {}): Promise<Ran> {
  const verdicts = new Map<string, Verdict>();
  const summary = await classify(
    {
      ...{ inputs: [photos], from: root.path, pack: packs.folders.joined },
      ...{ preset: 'balanced', provider: 'cpu', read: 'auto', catalog: true },
      ...request,
    },
    (event) => {
      expect(v.parse(RunEvent, event)).toEqual(event);
      if (event.type === 'verdict') verdicts.set(event.path.slice(photos.length + 1), event);
    },
    never,
  );
  return { summary, verdicts };
}

/** What the library has, looked at between runs. */
function library<T>(look: (catalog: Catalog) => T): T {
  const catalog = openCatalog(join(home, 'library'));
  try {
    return look(catalog);
  } finally {
    catalog.close();
  }
}

const asNew = (verdict: Verdict): Verdict => ({ ...verdict, stored: false });

describe('a second run over the same photos', () => {
  it('is answered from the library: the same verdicts with what they cost then, nothing read, nothing run', async () => {
    const first = await run();
    const second = await run();
    expect([first.summary.stored, second.summary.stored]).toEqual([0, 5]);
    for (const [name, verdict] of second.verdicts) {
      expect(verdict.stored).toBe(true);
      expect(asNew(verdict)).toEqual(first.verdicts.get(name));
    }
    const { collections, exits, sorted, grouped, review } = first.summary;
    expect(second.summary).toMatchObject({ verdicts: 5, collections, exits, sorted, grouped, review, notReached: 0 });
    expect(second.summary).toMatchObject({ bytes: 0, meanMacs: 0, rungs: { preview: 0, scaled: 0, full: 0 }, energy: { joules: 0 } });
    expect(second.summary.busySeconds).toMatchObject({ read: 0, network: 0 });
    expect(second.summary.saved).toMatchObject({ read: 0, network: 0, ofRead: 0, ofNetwork: 0 });
  });

  it('knows a photo that was renamed or copied, and looks at one that has changed', async () => {
    const first = await run();
    renameSync(join(photos, 'cat.jpg'), join(photos, 'tom.jpg'));
    copyFileSync(join(photos, 'camera.jpg'), join(photos, 'again.jpg'));
    writeFileSync(join(photos, 'tiff.tif'), Buffer.concat([readFileSync(join(photos, 'tiff.tif')), Buffer.from('more')]));
    const { verdicts, summary } = await run();
    expect(summary).toMatchObject({ verdicts: 6, stored: 5 });
    expect(asNew(verdicts.get('tom.jpg')!)).toEqual({ ...first.verdicts.get('cat.jpg')!, path: join(photos, 'tom.jpg') });
    expect(verdicts.get('again.jpg')).toMatchObject({ stored: true, exit: first.verdicts.get('camera.jpg')!.exit });
    expect(verdicts.get('tiff.tif')!.stored).toBe(false);
  });

  it('counts cost of the new photos only', async () => {
    await run({ inputs: [join(photos, 'cat.jpg')] });
    const { verdicts, summary } = await run();
    const fresh = [...verdicts.values()].filter(({ stored }) => !stored);
    expect(fresh).toHaveLength(4);
    expect(summary.energy.joules).toBeCloseTo(
      fresh.reduce((sum, { energy }) => sum + energy.joules, 0),
      9,
    );
    expect(summary.meanMacs).toBeCloseTo(fresh.reduce((sum, { macs }) => sum + macs, 0) / 4, 3);
    expect(summary.bytes).toBe(fresh.reduce((sum, { reads }) => sum + reads.reduce((total, { bytes }) => total + bytes, 0), 0));
  });

  it('under another preset looks only at those that it would take further, and decides the others again', async () => {
    const saver = await run({ preset: 'saver' });
    const accurate = await run({ preset: 'accurate' });
    let further = 0;
    for (const [name, { stored, exit, opinions }] of accurate.verdicts) {
      const before = saver.verdicts.get(name)!;
      const suffices = before.exit === before.exits || before.opinions.some(({ top }) => top[0]!.confidence >= 0.9);
      expect([name, stored]).toEqual([name, suffices]);
      if (!suffices) further += 1;
      expect(exit === before.exits || opinions[exit - 1]!.threshold === 0.9).toBe(true);
    }
    expect(further).toBeGreaterThan(0);
    const again = await run({ preset: 'saver' });
    expect(again.summary).toMatchObject({ stored: 5, exits: saver.summary.exits });
  });

  it('looks at photos again of which more is to be read than was', async () => {
    await run({ read: 'preview' });
    const decoded = await run({ read: 'scaled' });
    expect(decoded.verdicts.get('camera.jpg')).toMatchObject({ stored: false, reads: [{ rung: 'scaled' }] });
    expect((await run({ read: 'scaled' })).summary.stored).toBe(5);
  });

  it('by another pack looks at every photo, and keeps what both say', async () => {
    await run();
    expect((await run({ pack: packs.folders.photos64 })).summary.stored).toBe(0);
    expect((await run({ pack: packs.folders.photos64 })).summary.stored).toBe(5);
    expect((await run()).summary.stored).toBe(5);
  });

  it('finds a damaged photo as it was', async () => {
    writeFileSync(join(photos, 'half.jpg'), readFileSync(fixture('cat.jpg')).subarray(0, 20_000));
    const first = (await run()).verdicts.get('half.jpg')!;
    expect(first.damaged).toBe(true);
    expect((await run()).verdicts.get('half.jpg')).toEqual({ ...first, stored: true });
  });

  it('tries again what could not be read', async () => {
    writeFileSync(join(photos, 'broken.jpg'), 'no picture');
    await run();
    expect((await run()).summary).toMatchObject({ stored: 5, skipped: 1 });
  });
});

describe('the library', () => {
  it('has the run as a window lists it, and no folder more in its list; a run that found out nothing is none', async () => {
    const { summary } = await run();
    await run();
    library((catalog) => {
      expect(catalog.roots()).toEqual([]);
      const runs = catalog.runs(10);
      expect(runs).toHaveLength(1);
      expect(runs[0]).toMatchObject({ state: 'done', files: 5 });
      expect(v.parse(RunState, runs[0]!.summary)).toMatchObject({
        state: 'done',
        done: 5,
        stored: 0,
        bytes: summary.bytes,
        choice: { kind: 'preset', preset: 'balanced' },
      });
    });
  });

  it('is left alone where that is asked for', async () => {
    await run({ catalog: false });
    expect(existsSync(join(home, 'library'))).toBe(false);
    await run();
    const before = readdirSync(join(home, 'library')).map((name) => [name, readFileSync(join(home, 'library', name)).toString('base64')]);
    expect((await run({ catalog: false })).summary.stored).toBe(0);
    expect(readdirSync(join(home, 'library')).map((name) => [name, readFileSync(join(home, 'library', name)).toString('base64')])).toEqual(
      before,
    );
  });

  it('answers for photos that the window sorted, and the window for those of the command line', async () => {
    const window = await Window.open(home, packs.folders.joined);
    await window.ask('roots.add', { paths: [photos] });
    await window.quiet();
    await window.close();
    expect((await run()).summary).toMatchObject({ verdicts: 5, stored: 5 });

    const other = join(root.path, 'other');
    mkdirSync(other);
    writeFileSync(join(other, 'new.jpg'), await cat(300, 200).jpeg().toBuffer());
    expect((await run({ inputs: [other] })).summary).toMatchObject({ stored: 0 });
    const later = await Window.open(home, packs.folders.joined);
    await later.ask('roots.add', { paths: [other] });
    expect(await later.quiet()).toMatchObject({ done: 1, stored: 1 });
    await later.close();
  });

  it('has when and with what a photo was taken that only the command line read', async () => {
    writeFileSync(join(photos, 'canon.jpg'), await cameraFile({ camera: ['Canon', 'Canon EOS 7D'] }));
    await run();
    const window = await Window.open(home, packs.folders.joined);
    await window.ask('roots.add', { paths: [photos] });
    expect(await window.quiet()).toMatchObject({ done: 6, stored: 6 });
    expect(await window.ask('photos.facets', {})).toMatchObject({
      years: [{ year: 2024 }],
      cameras: [{ camera: 'Canon EOS 7D', photos: 1 }],
    });
    await window.close();
  });

  it('has the window decide again where photos of its list were looked at anew', async () => {
    const window = await Window.open(home, packs.folders.joined);
    await window.ask('policy.choose', { choice: { kind: 'preset', preset: 'saver' } });
    await window.ask('roots.add', { paths: [photos] });
    await window.quiet();
    await window.close();
    const decoded = (await run({ preset: 'full' })).verdicts;
    const later = await Window.open(home, packs.folders.joined);
    await expect.poll(() => existsSync(join(home, 'redeciding'))).toBe(false);
    for (const { name, exit, confidence } of await later.rows()) {
      expect([name, confidence]).toEqual([name, decoded.get(name)!.opinions[exit! - 1]!.top[0]!.confidence]);
    }
    await later.close();
  });

  it('keeps what knows more: a run that asked fewer exits does not replace it', async () => {
    const full = await run({ preset: 'full', read: 'preview' });
    const camera = { inputs: [join(photos, 'camera.jpg')] };
    expect((await run({ ...camera, preset: 'saver', read: 'full' })).verdicts.get('camera.jpg')).toMatchObject({ stored: false });
    const again = await run({ ...camera, preset: 'full' });
    expect(again.verdicts.get('camera.jpg')).toEqual({ ...full.verdicts.get('camera.jpg')!, stored: true });
  });

  it('is said not to be writable as soon as it is not, and the run ends with that', async () => {
    const pack = await loadPack(packs.folders.joined);
    const catalog = openCatalog(join(home, 'library'));
    const full = (): never => {
      throw new SquintError('library-disk-full', 'The disk is full.');
    };
    const policy = policyFor(pack, 'full');
    const recall = new Recall(
      { ...catalog, storeVerdictOfContent: full },
      { pack, policy, preset: { kind: 'preset', preset: 'full' }, provider: 'cpu', read: 'auto' },
      () => {},
    );
    const known = { hash: 'h', verdict: null, visited: 0 };
    const verdict = { opinions: [] } as unknown as Verdict;
    recall.keep(known, { width: 1, height: 1, taken: null, camera: null }, verdict); // the first is written at once
    await after(1);
    expect(() => recall.keep(known, { width: 1, height: 1, taken: null, camera: null }, verdict)).toThrow('The disk is full.');
    expect(() => recall.end(full)).toThrow('The disk is full.');
    recall.close();
    library((free) => expect(free.runs(1)).toMatchObject([{ state: 'failed' }])); // closed, so that others can have it
  });
});

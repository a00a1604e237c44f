import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RunEvent, type Summary, type Verdict } from '../../../src-main/contract/events.ts';
import { type ClassifyRequest, classify } from '../../../src-main/engine/index.ts';
import { importPack, exportOnnx, loadPack } from '../../../src-main/packs/index.ts';
import { cameraFile, cat, fixture } from '../reader/made.ts';
import { type EnginePacks, enginePacks, packNames } from './packs.ts';

let packs: EnginePacks;
let root = '';
let photos = '';
const never = new AbortController().signal;

beforeAll(async () => {
  packs = await enginePacks();
  root = mkdtempSync(join(tmpdir(), 'squint-classify-'));
  process.env.SQUINT_HOME = join(root, 'home');
  photos = join(root, 'photos');
  mkdirSync(photos);
  copyFileSync(fixture('cat.jpg'), join(photos, 'cat.jpg'));
  copyFileSync(fixture('tiff-16bit-rgb.tif'), join(photos, 'tiff.tif'));
  copyFileSync(fixture('webp-animated.webp'), join(photos, 'webp.webp'));
  writeFileSync(join(photos, 'camera.jpg'), await cameraFile());
  // Its preview has 48 lines: enough for photos32, which brings the short side to 36, and for nothing at 64.
  writeFileSync(join(photos, 'small preview.jpg'), await cameraFile({ preview: await cat(64, 48).jpeg().toBuffer() }));
  writeFileSync(join(photos, 'broken.jpg'), 'no picture');
  writeFileSync(join(photos, 'notes.txt'), 'no picture either');
});
afterAll(() => {
  delete process.env.SQUINT_HOME;
  rmSync(root, { recursive: true });
  packs.release();
});

async function run(
  request: Partial<ClassifyRequest> & { pack: string },
  signal = never,
): Promise<{ events: RunEvent[]; summary: Summary }> {
  const events: RunEvent[] = [];
  const summary = await classify(
    { inputs: [photos], from: root, preset: 'balanced', provider: 'cpu', read: 'auto', catalog: false, ...request },
    (event) => events.push(event),
    signal,
  );
  return { events, summary };
}

const verdictsOf = (events: readonly RunEvent[]): Map<string, Verdict> =>
  new Map(events.flatMap((event) => (event.type === 'verdict' ? [[event.path.slice(photos.length + 1), event] as const] : [])));

describe.each(packNames)('a run with the pack %s', (name) => {
  it.each(['balanced', 'full'] as const)(
    'tells a start, one outcome per file and a summary under %s, all as the contract has them',
    async (preset) => {
      const { events, summary } = await run({ pack: packs.folders[name], preset });
      for (const event of events) expect(v.parse(RunEvent, event)).toEqual(event);
      expect(events[0]!.type).toBe('start');
      expect(events.at(-1)).toEqual(summary);
      const files = events.slice(1, -1).map((event) => ('path' in event ? event.path : ''));
      expect(new Set(files).size).toBe(7);
      expect(files).toHaveLength(7);
      expect(summary).toMatchObject({ how: 'done', files: 7, verdicts: 5, failed: 0, skipped: 2, notReached: 0 });
    },
  );

  it('adds up: exits, piles, rungs and joules of the photos are those of the summary', async () => {
    const { events, summary } = await run({ pack: packs.folders[name], preset: 'saver' });
    const verdicts = [...verdictsOf(events).values()];
    const sum = (of: (verdict: Verdict) => number): number => verdicts.reduce((total, verdict) => total + of(verdict), 0);
    expect(summary.sorted + summary.grouped + summary.review).toBe(5);
    expect(summary.exits.reduce((a, b) => a + b, 0)).toBe(5);
    expect(summary.rungs.preview + summary.rungs.scaled + summary.rungs.full).toBe(sum(({ reads }) => reads.length));
    expect(summary.bytes).toBe(sum(({ reads }) => reads.reduce((total, { bytes }) => total + bytes, 0)));
    expect(summary.energy.joules).toBeCloseTo(
      sum(({ energy }) => energy.joules),
      9,
    );
    expect(summary.energy.read + summary.energy.network).toBeCloseTo(summary.energy.joules, 9);
    expect(summary.meanMacs).toBeCloseTo(sum(({ macs }) => macs) / 5, 3);
    expect(summary.busySeconds.overhead).toBeGreaterThan(0);
  });

  it('gives a verdict whose opinions lead to where the photo left', async () => {
    const pack = await loadPack(packs.folders[name]);
    const { events } = await run({ pack: packs.folders[name] });
    for (const verdict of verdictsOf(events).values()) {
      expect(verdict.exits).toBe(pack.exits);
      expect(verdict.opinions.map(({ exit }) => exit)).toEqual(Array.from({ length: verdict.exit }, (_, i) => i + 1));
      expect(verdict.macs).toBe(pack.macs[verdict.exit - 1]);
      const [last, ...before] = verdict.opinions.toReversed();
      for (const { top, threshold } of before) expect(top[0]!.confidence).toBeLessThan(threshold!);
      if (last!.threshold !== null) expect(last!.top[0]!.confidence).toBeGreaterThanOrEqual(last!.threshold);
      expect(last!.threshold === null).toBe(verdict.exit === pack.exits);
      expect([verdict.collection, verdict.confidence]).toEqual([last!.top[0]!.collection, last!.top[0]!.confidence]);
      expect(verdict.review).toBe(verdict.pile === 'review');
    }
  });

  it('asks no more exits than the policy wants, and what they say does not depend on it', async () => {
    const full = verdictsOf((await run({ pack: packs.folders[name], preset: 'full', read: 'scaled' })).events);
    const saver = verdictsOf((await run({ pack: packs.folders[name], preset: 'saver', read: 'scaled' })).events);
    let asked = 0;
    for (const [path, { opinions }] of saver) {
      const said = ({ exit, leaf, top }: Verdict['opinions'][number]) => ({ exit, leaf, top: top.map(({ collection }) => collection) });
      const there = full.get(path)!.opinions;
      expect(opinions.map(said)).toEqual(there.slice(0, opinions.length).map(said));
      opinions.forEach(({ top }, i) => expect(top[0]!.confidence).toBeCloseTo(there[i]!.top[0]!.confidence, 5));
      asked += opinions.length;
    }
    const all = [...full.values()].reduce((sum, { opinions }) => sum + opinions.length, 0);
    expect(all).toBe(5 * full.get('cat.jpg')!.exits);
    expect(asked).toBeLessThan(all);
  });

  it('reads no preview under full, where every photo goes to the last exit', async () => {
    const { summary } = await run({ pack: packs.folders[name], preset: 'full' });
    expect(summary.rungs.preview).toBe(0);
    expect(summary.saved.network).toBeCloseTo(0, 9);
  });

  it('ends in order when it is stopped, with what is known', async () => {
    const many = join(root, `many ${name}`);
    mkdirSync(many);
    for (let i = 0; i < 200; i++) copyFileSync(join(photos, 'cat.jpg'), join(many, `${i}.jpg`));
    const stop = new AbortController();
    const events: RunEvent[] = [];
    const summary = await classify(
      { inputs: [many], from: root, pack: packs.folders[name], preset: 'balanced', provider: 'cpu', read: 'full', catalog: false },
      (event) => {
        events.push(event);
        if (event.type === 'verdict') stop.abort();
      },
      stop.signal,
    );
    expect(summary.how).toBe('stopped');
    expect(summary.verdicts).toBeGreaterThan(0);
    expect(summary.notReached).toBeGreaterThan(0);
    expect(summary.verdicts + summary.notReached).toBe(200);
    expect(events.filter(({ type }) => type === 'verdict')).toHaveLength(summary.verdicts);
  });
});

describe('a run with several networks', () => {
  it('reads again only the photos that go on, at the cheapest rung with enough pixels', async () => {
    const { events } = await run({ pack: packs.folders.joined, preset: 'accurate' });
    const pack = await loadPack(packs.folders.joined);
    const firstOfNext = pack.firstExits[1]!;
    const verdicts = verdictsOf(events);
    expect(verdicts.get('camera.jpg')!.reads.map(({ rung }) => rung)).toEqual(['preview']); // 120 lines are enough for all three
    const small = verdicts.get('small preview.jpg')!;
    expect(small.exit).toBeGreaterThanOrEqual(firstOfNext);
    expect(small.reads.map(({ rung, side }) => [rung, side])).toEqual([
      ['preview', 32],
      ['scaled', 64],
    ]);
    expect(small.opinions.map(({ rung }) => rung)).toEqual(small.opinions.map(({ exit }) => (exit < firstOfNext ? 'preview' : 'scaled')));
    const early = verdictsOf((await run({ pack: packs.folders.joined, preset: 'saver' })).events).get('small preview.jpg')!;
    expect(early.exit).toBeLessThan(firstOfNext);
    expect(early.reads).toHaveLength(1);
  });
});

describe('a RANet that was exported', () => {
  it('gives the same verdicts when it is taken back as graphs', async () => {
    const exported = join(root, 'exported');
    const back = join(root, 'taken back');
    await exportOnnx(packs.folders.photos32, exported);
    await importPack({ checkpoint: join(exported, 'NETWORK.json'), to: back });
    const original = verdictsOf((await run({ pack: packs.folders.photos32 })).events);
    const again = verdictsOf((await run({ pack: back })).events);
    expect(again.size).toBe(5);
    const said = ({ opinions, exit, pile }: Verdict): object => ({ opinions, exit, pile });
    for (const [path, verdict] of again) expect(said(verdict)).toEqual(said(original.get(path)!));
  });
});

describe('a run that cannot begin', () => {
  it('says which pack is missing', async () => {
    await expect(run({ pack: join(root, 'nowhere') })).rejects.toThrow(`There is no pack in ${join(root, 'nowhere')}`);
  });

  it('says which input is missing', async () => {
    await expect(run({ pack: packs.folders.photos64, inputs: [join(root, 'no photos')] })).rejects.toMatchObject({ code: 'input-missing' });
  });
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { machineFigures, processorName } from '../../../src-main/engine/machine.ts';
import { Inference } from '../../../src-main/engine/inference.ts';
import { Reading } from '../../../src-main/engine/reading.ts';
import { squintHome } from '../../../src-main/engine/home.ts';
import { type Pack, loadPack } from '../../../src-main/packs/index.ts';
import { photos32 } from '../packs/fixture-packs.ts';
import { fixture } from '../reader/made.ts';

describe('what this computer takes', () => {
  let home = '';
  let pack: Pack;
  let reading: Reading;
  let inference: Inference;
  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'squint-machine-'));
    pack = await loadPack(photos32);
    reading = new Reading();
    inference = new Inference({ networks: pack.networks, provider: 'cpu', want: { features: pack.featuresNeeded, logits: false } });
  });
  afterAll(async () => {
    await Promise.all([reading.close(), inference.close()]);
    rmSync(home, { recursive: true });
  });
  const figures = (paths: string[] = []) => machineFigures(home, { pack, provider: 'cpu', reading, inference, paths });
  const square = (megapixels: number) => ({ width: 1000, height: megapixels * 1000 });

  it('is measured per exit at the first run, and kept', async () => {
    const first = await figures();
    expect(first.stageMs).toHaveLength(pack.exits);
    expect(first.stageMs.every((ms) => ms > 0)).toBe(true);
    await first.save();
    expect((await figures()).stageMs).toEqual(first.stageMs);
  });

  it('tells no decode before one was seen, then by the line through those seen', async () => {
    const machine = await figures();
    expect(machine.scaledMs(square(12))).toBeNull();
    machine.note({ ...square(12), cpuMs: 30 });
    expect(machine.scaledMs(square(6))).toBeCloseTo(15, 6); // by size alone, while all are of one
    machine.note({ ...square(2), cpuMs: 10 });
    expect(machine.scaledMs(square(7))).toBeCloseTo(20, 6);
    expect(machine.scaledMs(square(0))).toBeCloseTo(6, 6);
  });

  it('looks at a few photos of the run where no decode was seen', async () => {
    const machine = await figures([fixture('cat.jpg'), '/not/there.jpg', '/no/jpeg.png']);
    expect(machine.scaledMs(square(12))).toBeGreaterThan(0);
  });

  it('fails no run where it cannot be kept', async () => {
    writeFileSync(join(home, 'a file'), '');
    const machine = await machineFigures(join(home, 'a file', 'inside'), { pack, provider: 'cpu', reading, inference, paths: [] });
    await expect(machine.save()).resolves.toBeUndefined();
  });

  it('starts anew where the file is damaged or of another computer', async () => {
    writeFileSync(join(home, 'machine.json'), '{');
    const anew = await figures();
    expect(anew.stageMs).toHaveLength(pack.exits);
    await anew.save();
    const saved = JSON.parse(readFileSync(join(home, 'machine.json'), 'utf8')) as { processor: string; stageMs: Record<string, number[]> };
    expect(saved.processor).toBe(processorName());
    const key = Object.keys(saved.stageMs)[0]!;
    writeFileSync(join(home, 'machine.json'), JSON.stringify({ ...saved, processor: 'another', stageMs: { [key]: [1, 2, 3, 4, 5, 6] } }));
    expect((await figures()).stageMs).not.toEqual([1, 2, 3, 4, 5, 6]);
  });
});

describe('where Squint keeps what is its own', () => {
  it.each([
    ['linux', { SQUINT_HOME: '/s', XDG_DATA_HOME: '/x' }, '/s'],
    ['linux', { XDG_DATA_HOME: '/x' }, join('/x', 'squint')],
    ['win32', { APPDATA: '/a' }, join('/a', 'Squint')],
  ] as const)('on %s with %j it is %s', (platform, env, expected) => expect(squintHome(env, platform)).toBe(expected));

  it.each([
    ['linux', join('.local', 'share', 'squint')],
    ['darwin', join('Library', 'Application Support', 'Squint')],
    ['win32', join('AppData', 'Roaming', 'Squint')],
  ] as const)('on %s it is %s in the home folder, if nothing is said', (platform, end) => {
    expect(squintHome({}, platform).endsWith(end)).toBe(true);
  });
});

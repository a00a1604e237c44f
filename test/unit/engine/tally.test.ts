import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../../src-main/contract/events.ts';
import type { MachineFigures } from '../../../src-main/engine/machine.ts';
import { readsOfCamera } from '../../../src-main/engine/observe.ts';
import type { Course } from '../../../src-main/engine/photo.ts';
import { Tally } from '../../../src-main/engine/tally.ts';
import type { Pack } from '../../../src-main/packs/index.ts';

const pack = { exits: 3, macs: [10, 20, 100], manifest: { collections: [{ key: 'dogs', title: 'Dogs' }] } } as unknown as Pack;
const watts = { typical: 10, low: 4, high: 20, of: 'a test' };

/** Stages take 1, 2 and 7 ms; a scaled decode 25. Decodes that are noted are kept. */
function machine(): MachineFigures & { noted: number[] } {
  const noted: number[] = [];
  return {
    noted,
    provider: 'cpu',
    stageMs: [1, 2, 7],
    scaledMs: () => 25,
    note: ({ cpuMs }) => noted.push(cpuMs),
    save: () => Promise.resolve(),
  };
}

const read = (rung: 'preview' | 'scaled', cpuMs: number) =>
  ({
    network: 0,
    side: 8,
    rung,
    bytes: 1000,
    ms: cpuMs,
    cpuMs,
    width: 4000,
    height: 3000,
    taken: null,
    camera: null,
    enlarged: false,
    damaged: false,
  }) as const;

const course = (path: string, reads: Course['reads'], networkCpuMs: number[]): Course => ({
  path,
  guesses: [],
  reads,
  readCpuMs: reads.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
  networkCpuMs,
  networkMs: 1,
  logits: [],
  damaged: false,
});
const verdict = (exit: number): Verdict =>
  ({ exit, pile: 'collection', collection: 'dogs', macs: pack.macs[exit - 1]! }) as unknown as Verdict;
const ending = { how: 'done', providerNote: null, files: 3, seconds: 1, overheadMs: 100 } as const;

describe('what was saved', () => {
  it('is against every network on one scaled decode: the stages not run, and the decode less what was read', () => {
    const tally = new Tally(pack, watts, machine());
    tally.add(course('a.jpg', [read('preview', 2)], [1]), verdict(1));
    const { saved } = tally.summary(ending);
    expect(saved).toMatchObject({
      method: 'modelled',
      read: expect.closeTo(0.23, 9) as number,
      network: expect.closeTo(0.09, 9) as number,
    });
    expect([saved.ofRead, saved.ofNetwork]).toEqual([expect.closeTo(0.25, 9), expect.closeTo(0.1, 9)]);
  });

  it('is less than nothing for a photo that was read twice, by its own decode', () => {
    const figures = machine();
    const tally = new Tally(pack, watts, figures);
    tally.add(course('a.jpg', [read('preview', 2), read('scaled', 30)], [1, 2, 7]), verdict(3));
    expect(tally.summary(ending).saved).toMatchObject({ read: expect.closeTo(-0.02, 9) as number, network: 0 });
    expect(figures.noted).toEqual([30]);
  });

  it('learns from scaled decodes of JPEGs only', () => {
    const figures = machine();
    const tally = new Tally(pack, watts, figures);
    tally.add(course('a.png', [read('scaled', 90)], [1]), verdict(1));
    tally.add(course('b.JPEG', [read('preview', 2)], [1]), verdict(1));
    expect(figures.noted).toEqual([]);
  });
});

describe('the summary', () => {
  it('tells why a run ended on another provider than it began on', () => {
    const tally = new Tally(pack, watts, machine());
    expect(tally.summary(ending)).not.toHaveProperty('providerNote');
    expect(tally.summary({ ...ending, providerNote: 'cuda crashed' })).toHaveProperty('providerNote', 'cuda crashed');
  });

  it('adds up what the photos cost, and books the rest apart', () => {
    const tally = new Tally(pack, watts, machine());
    tally.add(course('a.jpg', [read('preview', 2)], [1]), verdict(1));
    tally.add(course('b.jpg', [read('preview', 2), read('scaled', 30)], [1, 2, 7]), verdict(3));
    tally.failed += 1;
    expect(tally.summary(ending)).toMatchObject({
      verdicts: 2,
      failed: 1,
      notReached: 0,
      exits: [1, 0, 1],
      collections: { dogs: 2 },
      meanMacs: 55,
      rungs: { preview: 2, scaled: 1, full: 0 },
      bytes: 3000,
      busySeconds: { read: 0.034, network: 0.011, overhead: 0.1 },
      energy: {
        joules: expect.closeTo(0.45, 9) as number,
        read: expect.closeTo(0.34, 9) as number,
        network: expect.closeTo(0.11, 9) as number,
      },
      overheadJoules: 1,
    });
  });
});

describe('what a camera’s photo is read for', () => {
  const closer = {
    pictures: [
      { side: 64, short: 64 },
      { side: 104, short: 104 },
      { side: 224, short: 224 },
    ],
    firstExits: [1, 4, 5],
  } as unknown as Pack;

  it('is its preview as long as 106 lines are enough, then a decode too', () => {
    const reads = [1, 3, 4, 5].map((exit) => readsOfCamera(closer, exit));
    const preview = { preview: 1, scaled: 0 };
    expect(reads).toEqual([preview, preview, preview, { preview: 1, scaled: 1 }]);
  });

  it('is a decode alone where the first network wants more', () => {
    const wide = { pictures: [{ side: 224, short: 224 }], firstExits: [1] } as unknown as Pack;
    expect(readsOfCamera(wide, 1)).toEqual({ preview: 0, scaled: 1 });
  });
});

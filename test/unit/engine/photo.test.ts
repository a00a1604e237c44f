import { describe, expect, it } from 'vitest';
import { SquintError } from '../../../src-main/contract/errors.ts';
import { type Means, classifyPhoto } from '../../../src-main/engine/photo.ts';
import { runPhotos } from '../../../src-main/engine/pipeline.ts';
import type { Answer } from '../../../src-main/engine/reading.ts';
import { verdictOf } from '../../../src-main/engine/verdict.ts';
import type { Pack } from '../../../src-main/packs/index.ts';

/** A pack of two networks with an exit each; only what a photo's way needs of it. */
const pack = {
  exits: 2,
  firstExits: [1, 2],
  macs: [10, 100],
  pictures: [
    { side: 8, short: 8 },
    { side: 16, short: 16 },
  ],
  needs: [[], ['exit1.features']],
  manifest: { collections: [{ key: 'dogs', title: 'Dogs' }] },
} as unknown as Pack;

const guess = { leaf: null, top: [{ collection: 'dogs', confidence: 0.4 }], group: null };
const pixels = {
  rung: 'preview',
  bytes: 1,
  ms: 1,
  cpuMs: 2,
  width: 100,
  height: 100,
  taken: null,
  camera: null,
  enlarged: false,
  damaged: false,
} as const;
const read: Answer = { ok: true, pixels: { ...pixels, pictures: [new Uint8Array(192), null] } };
const gone: Answer = { ok: false, problem: { code: 'gone', message: 'The file is gone.' }, skipped: false, bytes: 0, cpuMs: 3 };

function means(answers: Answer[], left: boolean): Means & { asked: unknown[] } {
  const asked: unknown[] = [];
  return {
    asked,
    pack,
    from: 'preview',
    thresholds: [[0.9], [0]],
    reading: {
      read: (_path, want, urgent) => {
        asked.push({ need: want.need, from: want.from, urgent });
        return Promise.resolve(answers.shift()!);
      },
    },
    inference: {
      look: () =>
        Promise.resolve({ guesses: [guess], left, logits: [], features: { 'exit1.features': Float32Array.of(1) }, cpuMs: [1], ms: 1 }),
    },
  };
}

describe('the way of one photo', () => {
  const policy = { thresholds: [0.9], review: 0.5, groupReview: 0.5 };
  const watts = { typical: 1, low: 1, high: 1, of: 'a test' };

  it('goes on with a decode where the preview has too few pixels, before photos that have not begun', async () => {
    const way = means([read, read], false);
    await classifyPhoto('a.jpg', way);
    expect(way.asked).toEqual([
      { need: 0, from: 'preview', urgent: false },
      { need: 1, from: 'scaled', urgent: true },
    ]);
  });

  it('ends at the last exit it visited, damaged and in Review, when its file cannot be read again', async () => {
    const outcome = await classifyPhoto('a.jpg', means([read, gone], false));
    if (outcome.kind !== 'classified') throw new Error('it should have a verdict');
    expect(outcome.course).toMatchObject({ damaged: true, readCpuMs: 5 });
    expect(verdictOf(outcome.course, { pack, policy, watts })).toMatchObject({ exit: 1, damaged: true, review: true, pile: 'review' });
  });

  it('is refused with the reason when its file cannot be read at all', async () => {
    expect(await classifyPhoto('a.jpg', means([gone], false))).toEqual({
      kind: 'refused',
      path: 'a.jpg',
      problem: { code: 'gone', message: 'The file is gone.' },
      skipped: false,
      cpuMs: 3,
      bytes: 0,
    });
  });
});

describe('many photos', () => {
  const paths = Array.from({ length: 500 }, (_, i) => String(i));
  const refused = (path: string) =>
    ({ kind: 'refused', path, problem: { code: 'x', message: 'x' }, skipped: false, cpuMs: 0, bytes: 0 }) as const;

  it('are never more under way than the bound', async () => {
    let underWay = 0;
    let most = 0;
    const lead = async (path: string) => {
      most = Math.max(most, ++underWay);
      await new Promise(setImmediate);
      underWay -= 1;
      return refused(path);
    };
    const told: string[] = [];
    await runPhotos(paths, lead, ({ path }) => told.push(path), new AbortController().signal);
    expect(told).toHaveLength(500);
    expect(most).toBe(48);
  });

  it('end with the reason when the network fails, and no further ones are begun', async () => {
    let begun = 0;
    const lead = () => {
      begun += 1;
      return Promise.reject(new SquintError('network-failed', 'The network could not run.'));
    };
    await expect(runPhotos(paths, lead, () => {}, new AbortController().signal)).rejects.toThrow('The network could not run.');
    expect(begun).toBeLessThan(100);
  });
});

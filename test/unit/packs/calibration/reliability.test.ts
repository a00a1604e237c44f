import { expect, it } from 'vitest';
import { reliability } from '../../../../src-main/packs/calibration/reliability.ts';
import { seeded } from '../../policy/table.ts';

/** Photos that are right as often as their confidence says, to the power given. */
function photos(n: number, power: number): [Float32Array, Uint8Array] {
  const random = seeded(9);
  const confidence = Float32Array.from({ length: n }, () => 0.3 + 0.7 * random());
  return [confidence, Uint8Array.from(confidence, (c) => (random() < c ** power ? 1 : 0))];
}

it('is the mean distance between confidence and share of right photos over ten bins of equal count', () => {
  // Twenty photos: in each bin two of the same confidence, one right. Distances 0.45, 0.35, … 0.05, 0.05, … 0.45.
  const confidence = Float32Array.from({ length: 20 }, (_, i) => 0.05 + 0.1 * Math.floor(i / 2));
  const right = Uint8Array.from({ length: 20 }, (_, i) => i % 2);
  const { error, bins } = reliability(confidence, right);
  expect(error).toBeCloseTo(0.25, 6);
  expect(bins).toHaveLength(10);
  expect(bins[0]).toMatchObject({ photos: 2, confidence: expect.closeTo(0.05, 6) as number, right: 0.5 });
});

it('has bins whose counts differ by one at most', () => {
  const { bins } = reliability(...photos(37, 1));
  expect(bins.map((bin) => bin.photos).sort()).toEqual([3, 3, 3, 4, 4, 4, 4, 4, 4, 4]);
});

it('puts an honest network inside the band and an overconfident one above it', () => {
  const honest = reliability(...photos(1000, 1));
  expect(honest.error).toBeLessThan(honest.band.high);
  expect(honest.error).toBeGreaterThan(honest.band.low);
  const vain = reliability(...photos(1000, 1.5));
  expect(vain.error).toBeGreaterThan(vain.band.high);
});

it('has a band per bin: a coin thrown a hundred times lies within ten of fifty', () => {
  const coins = reliability(new Float32Array(1000).fill(0.5), new Uint8Array(1000));
  for (const { band } of coins.bins) {
    expect(band.low).toBeCloseTo(0.4, 1);
    expect(band.high).toBeCloseTo(0.6, 1);
  }
});

it('expects more error of fewer photos', () => {
  expect(reliability(...photos(100, 1)).band.high).toBeGreaterThan(2 * reliability(...photos(2000, 1)).band.high);
});

it('works for fewer photos than bins, and gives the same figures again', () => {
  expect(reliability(...photos(3, 1)).bins).toHaveLength(3);
  expect(reliability(...photos(300, 1))).toEqual(reliability(...photos(300, 1)));
});

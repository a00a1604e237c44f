import { describe, expect, it } from 'vitest';
import { shareOf } from '../../../src-main/engine/share.ts';

describe("a photo's share of its batch", () => {
  const guess = { leaf: null, top: [], group: null };
  const photo = (visited: number) => ({ guesses: new Array<typeof guess>(visited).fill(guess), left: true, logits: [], features: {} });
  // Four photos ran the first stage, two of them the second.
  const ran = {
    photos: [photo(1), photo(2), photo(1), photo(2)],
    stages: [
      { photos: 4, ms: 8, cpuMs: 4 },
      { photos: 2, ms: 4, cpuMs: 3 },
    ],
    cpuMs: 11,
  };

  it('is of the stages that it ran', () => {
    expect(shareOf(ran, 0)).toEqual({ cpuMs: [1 + 1], ms: 2 });
    expect(shareOf(ran, 1)).toEqual({ cpuMs: [1 + 0.5, 1.5 + 0.5], ms: 4 });
  });

  it('adds up to the batch', () => {
    const all = ran.photos.flatMap((_, i) => shareOf(ran, i).cpuMs);
    expect(all.reduce((a, b) => a + b, 0)).toBeCloseTo(ran.cpuMs, 9);
  });
});

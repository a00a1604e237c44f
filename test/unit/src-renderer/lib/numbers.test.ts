import { describe, expect, it } from 'vitest';
import { bytes, count, duration, energy, energyRange, figures, percent } from '../../../../src-renderer/lib/numbers.ts';

describe('numbers for people', () => {
  it('never round a share up to certainty', () => {
    expect([0.996, 1, 0.004, 0.885].map(percent)).toEqual(['99%', '100%', '<1%', '89%']);
  });

  it('have two figures unless more are told of, and the thousands a comma', () => {
    expect([0, 9.96, 99.6, 0.0431, 1234, 0.5].map((n) => figures(n))).toEqual(['0', '10', '100', '0.043', '1,200', '0.50']);
    expect(count(48_210)).toBe('48,210');
  });

  it('tell a photo in mJ, a run in J, a long one in Wh, and what was spent more than saved with its sign', () => {
    expect([0.0183, 440, 3600, -0.02].map((joules) => energy(joules))).toEqual(['18 mJ', '440 J', '1.0 Wh', '-20 mJ']);
    expect(energyRange({ joules: 0.018, low: 0.012, high: 0.026 })).toBe('18 mJ (12–26)');
  });

  it('give the range in the unit of the middle', () => {
    expect(energyRange({ joules: 0.8, low: 0.3, high: 1.9 })).toBe('800 mJ (300–1,900)');
  });

  it('round a duration before it is split, so that no minute has 60 seconds', () => {
    expect([0, 0.2, 59.7, 151, 3599.6, 7384].map(duration)).toEqual([
      '0 s',
      'under 1 s',
      '1 min 0 s',
      '2 min 31 s',
      '1 h 0 min',
      '2 h 3 min',
    ]);
  });

  it('count bytes in thousands, as file managers do', () => {
    expect([0, 65_536, 4_212_000].map(bytes)).toEqual(['0 B', '65.5 kB', '4.21 MB']);
  });
});

import { describe, expect, it } from 'vitest';
import {
  bytes,
  duration,
  interval,
  joules,
  joulesWithin,
  millions,
  percent,
  plural,
} from '../../../../../src-main/hosts/cli/present/numbers.ts';

describe('numbers for people', () => {
  it.each([
    [0, '0 J'],
    [0.0153, '15 mJ'],
    [0.0004, '0.40 mJ'],
    [3.14159, '3.1 J'],
    [5, '5.0 J'],
    [9.96, '10 J'],
    [132, '130 J'],
    [1249, '1,200 J'],
    [7200, '2.0 Wh'],
    [-0.02, '-20 mJ'],
  ])('%f joules are %s: two figures, no more', (value, shown) => expect(joules(value)).toBe(shown));

  it('has a range in the unit of its middle', () => {
    expect(joulesWithin({ typical: 0.8, low: 0.31, high: 1.92 })).toBe('800 mJ (310 to 1,900)');
    expect(joulesWithin({ typical: 3, low: 0.93, high: 7.2 })).toBe('3.0 J (0.93 to 7.2)');
  });

  it('rounds no share away', () => {
    expect([0, 0.001, 0.126, 0.9999, 1].map(percent)).toEqual(['0 %', '<1 %', '13 %', '>99 %', '100 %']);
    expect(interval({ share: 0.73, low: 0.709, high: 0.75 })).toBe('73.0 (70.9 to 75.0)');
  });

  it('uses the unit that fits', () => {
    expect([900, 65536, 2.5e6, 3.2e9].map(bytes)).toEqual(['1 kB', '66 kB', '3 MB', '3.2 GB']);
    expect([1.25, 42, 59.7, 125, 3599, 4000].map(duration)).toEqual(['1.3 s', '42 s', '1 min', '2 min', '1 h 0 min', '1 h 7 min']);
    expect([8_318_208, 57_574_910].map(millions)).toEqual(['8.3', '58']);
    expect([plural(1, 'photo'), plural(1200, 'photo')]).toEqual(['1 photo', '1,200 photos']);
  });
});

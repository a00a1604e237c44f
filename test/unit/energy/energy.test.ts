import { describe, expect, it } from 'vitest';
import { energyOf, savedBy, wattsOf } from '../../../src-main/energy/index.ts';

describe('watts of a busy core', () => {
  it.each([
    ['AMD EPYC 7B13', 'a server processor'],
    ['Intel(R) Xeon(R) Platinum 8375C CPU @ 2.90GHz', 'a server processor'],
    ['Apple M2 Pro', 'an ultra-low-power laptop processor'],
    ['11th Gen Intel(R) Core(TM) i5-1135G7 @ 2.40GHz', 'an ultra-low-power laptop processor'],
    ['Intel(R) Core(TM) i7-8550U CPU @ 1.80GHz', 'an ultra-low-power laptop processor'],
    ['12th Gen Intel(R) Core(TM) i7-12700H', 'a laptop processor'],
    ['AMD Ryzen 7 7840HS w/ Radeon 780M Graphics', 'a laptop processor'],
    ['13th Gen Intel(R) Core(TM) i9-13900K', 'a desktop processor'],
    ['AMD Ryzen 9 7950X 16-Core Processor', 'a desktop processor'],
    ['something new', 'a processor of unknown class'],
  ])('%s is %s', (name, of) => {
    expect(wattsOf(name).of).toBe(of);
  });

  it('has a range around the typical figure in every class', () => {
    for (const name of ['EPYC', 'Apple M1', 'i7-12700H', 'Core', 'something new']) {
      const { typical, low, high } = wattsOf(name);
      expect(low).toBeLessThan(typical);
      expect(high).toBeGreaterThan(typical);
    }
  });
});

describe('the ledger', () => {
  const watts = { typical: 5, low: 2, high: 10, of: 'a test' };

  it('turns busy milliseconds into joules, reading and network apart', () => {
    expect(energyOf({ read: 30, network: 10 }, watts)).toEqual({
      joules: 0.2,
      low: 0.08,
      high: 0.4,
      method: 'modelled',
      read: 0.15,
      network: 0.05,
    });
  });

  it('counts what was saved from the stages not run and the decode not made', () => {
    expect(savedBy({ exit: 1, reads: 2, scaled: 27 }, [1, 2, 7])).toEqual({ read: 25, network: 9 });
  });

  it('says so when a photo was read twice', () => {
    expect(savedBy({ exit: 3, reads: 29, scaled: 27 }, [1, 2, 7])).toEqual({ read: -2, network: 0 });
  });
});

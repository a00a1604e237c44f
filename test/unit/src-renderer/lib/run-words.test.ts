import { describe, expect, it } from 'vitest';
import type { RunState } from '../../../../src-main/contract/library.ts';
import { comparedWith, methodOf, notSorted, readFrom, share } from '../../../../src-renderer/lib/run-words.ts';
import { runOf, sortedRow } from '../../../fake/bridge.ts';

const run: RunState = { ...runOf([sortedRow(1)], 'running'), rungs: { preview: 82, scaled: 17, full: 1 }, stored: 0 };

describe('a run in words', () => {
  it('tells which rungs were read, leaving out those that were not', () => {
    expect(readFrom(run)).toBe('embedded preview 82%, scaled decode 17%, full decode 1%');
    expect(readFrom({ ...run, rungs: { preview: 0, scaled: 4, full: 0 }, stored: 1204 })).toBe('scaled decode 100%, 1,204 known already');
    expect(readFrom({ ...run, rungs: { preview: 0, scaled: 0, full: 0 } })).toBe('nothing yet');
  });

  it('tells what was not sorted, and nothing where all was', () => {
    expect(notSorted({ ...run, failed: 23, skipped: 4 })).toBe('23 could not be read, 4 skipped');
    expect(notSorted({ ...run, failed: 0, skipped: 0 })).toBe('');
  });

  it('never tells a few of many as none, nor most as all', () => {
    expect([share(1, 1000), share(0, 1000), share(999, 1000), share(1000, 1000), share(0, 0)]).toEqual(['<1%', '0%', '99%', '100%', '0%']);
  });

  it('tells what was saved, and what was spent on top', () => {
    expect(comparedWith(6, 10)).toBe('60% less');
    expect(comparedWith(-2, 10)).toBe('20% more');
    expect(comparedWith(0.01, 10)).toBe('as much');
    expect(comparedWith(-0.012, 0)).toBe('12 mJ more');
  });

  it('names the method and the range of its watts', () => {
    expect(methodOf(run)).toBe('Modelled: busy time × 5 W a core (2–12), a server processor');
    expect(methodOf({ ...run, energy: { ...run.energy, method: 'measured' } })).toBe('Measured by a counter of this computer');
  });
});

import { describe, expect, it } from 'vitest';
import { leaves, nobody, pileOf, thresholdAt, type Policy } from '../../../src-main/policy/decide.ts';

const policy: Policy = { thresholds: [0.75, nobody], review: 0.5, groupReview: 0.625 };

describe('leaving an exit', () => {
  it('happens at exactly the threshold', () => {
    expect(leaves(0.75, 0.75)).toBe(true);
    expect(leaves(0.75 - 2 ** -24, 0.75)).toBe(false);
  });

  it('happens always at the last exit', () => {
    expect(thresholdAt(policy, 3)).toBeNull();
    expect(leaves(0, thresholdAt(policy, 3))).toBe(true);
  });

  it('happens to nobody, however sure, where the threshold says so', () => {
    expect(thresholdAt(policy, 2)).toBe(nobody);
    expect(leaves(1, nobody)).toBe(false);
  });
});

describe('the pile', () => {
  it('is the collection for a photo that left early', () => {
    expect(pileOf({ last: false, confidence: 0.1, groupConfidence: 0.9 }, policy)).toBe('collection');
  });

  it('is the collection at the last exit from exactly the review threshold on', () => {
    expect(pileOf({ last: true, confidence: 0.5, groupConfidence: null }, policy)).toBe('collection');
  });

  it('is the group of a doubtful photo from exactly its threshold on', () => {
    expect(pileOf({ last: true, confidence: 0.4375, groupConfidence: 0.625 }, policy)).toBe('group');
    expect(pileOf({ last: true, confidence: 0.4375, groupConfidence: 0.5625 }, policy)).toBe('review');
  });

  it('is Review for a doubtful photo of a pack without groups', () => {
    expect(pileOf({ last: true, confidence: 0.4375, groupConfidence: null }, policy)).toBe('review');
  });
});

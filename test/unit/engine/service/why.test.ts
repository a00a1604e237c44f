import { describe, expect, it } from 'vitest';
import type { Verdict } from '../../../../src-main/contract/events.ts';
import { type Circumstances, whyOf } from '../../../../src-main/engine/service/why.ts';
import { verdict } from '../../hosts/cli/present/made.ts';

const use = {
  pack: { calibrated: true, manifest: { groups: [{ key: 'animals', title: 'Animals' }] } },
  inForce: { policy: { thresholds: [0.82, 0.9], review: 0.75, groupReview: 0.85 } },
} as unknown as Circumstances['use'];

const opinion = (exit: number, threshold: number | null): Verdict['opinions'][number] => ({
  exit,
  side: 64,
  rung: 'preview',
  leaf: null,
  top: [],
  group: { key: 'animals', confidence: 0.9 },
  threshold,
});
const opinions = [opinion(1, 0.82), opinion(2, 0.9), opinion(3, null)];
const why = (over: Partial<Verdict>, circumstances: Partial<Circumstances> = {}): string =>
  whyOf(verdict({ exits: 3, opinions, ...over }), { use, further: false, closer: false, ...circumstances });

describe('where a photo left and why', () => {
  it.each<[string, Partial<Verdict>, Partial<Circumstances>]>([
    ['Left at exit 1 of 3: 88 % reached its 82 %.', { exit: 1, confidence: 0.88 }, {}],
    ['Left at exit 2 of 3: 99.9 % reached its 90 %.', { exit: 2, confidence: 0.9996 }, {}],
    ['Went through every exit; 91 % reached the review limit of 75 %.', { exit: 3, confidence: 0.91 }, {}],
    ['Went through every exit; 61 % is below the review limit of 75 %.', { exit: 3, confidence: 0.61, pile: 'review' }, {}],
    [
      'Went through every exit; 61 % is below the review limit of 75 %, but 90 % for Animals reached 85 %.',
      { exit: 3, confidence: 0.61, pile: 'group', group: 'animals' },
      {},
    ],
    ['Seen up to exit 2 of 3; the choice in force would look closer.', { exit: 2, confidence: 0.6 }, { further: true }],
    [
      'Looked at closer by your wish, through every exit; 91 % reached the review limit of 75 %.',
      { exit: 3, confidence: 0.91 },
      { closer: true },
    ],
    [
      'Its file could not be read again after exit 1 of 3, so it left without being sure.',
      { exit: 1, confidence: 0.5, damaged: true, pile: 'review' },
      {},
    ],
    ['Left at exit 1 of 3: 88 % reached its 82 %.', { exit: 1, confidence: 0.88, damaged: true }, {}],
  ])('%s', (sentence, over, circumstances) => expect(why(over, circumstances)).toBe(sentence));
});

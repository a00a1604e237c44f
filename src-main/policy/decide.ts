/**
 * When is an exit good enough, and where does the photo go?
 *
 * A photo visits the exits in order and leaves at the first whose best confidence reaches that exit's threshold, at the last exit always.
 * Only the last exit may send it to its group's pile or to Review. The same numbers always give the same decision.
 */
export interface Policy {
  readonly thresholds: readonly number[]; // one per exit of the pack but the last, confidences in [0, 1]; above 1 nobody leaves there
  readonly review: number; // at the last exit: a collection's confidence below it is doubtful
  readonly groupReview: number; // at the last exit: a group's confidence that still sorts a doubtful photo into the group's pile
}

/** A threshold that no confidence reaches: the authors' value. */
export const nobody = 1e8;

export type Pile = 'collection' | 'group' | 'review';

/** The threshold at an exit (from 1), or null at the last, where everyone leaves. */
export const thresholdAt = (policy: Policy, exit: number): number | null => policy.thresholds[exit - 1] ?? null;

/** Whether a photo of this confidence leaves: >=, as in the authors' code. */
export const leaves = (confidence: number, threshold: number | null): boolean => threshold === null || confidence >= threshold;

/** Where a photo goes that left at an exit with this confidence. */
export function pileOf(at: { last: boolean; confidence: number; groupConfidence: number | null }, policy: Policy): Pile {
  if (!at.last || at.confidence >= policy.review) return 'collection';
  return at.groupConfidence !== null && at.groupConfidence >= policy.groupReview ? 'group' : 'review';
}

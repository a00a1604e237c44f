/** Where a photo left and why, in one sentence for people. */
import type { Verdict } from '../../contract/events.ts';
import type { PackInUse } from './context.ts';

export interface Circumstances {
  readonly use: Pick<PackInUse, 'pack' | 'inForce'>;
  readonly further: boolean; // the policy in force would have it looked at closer
  readonly closer: boolean; // it was looked at closer by the person's wish
}

export function whyOf(verdict: Verdict, { use: { pack, inForce }, further, closer }: Circumstances): string {
  const { exit, exits, confidence, opinions, pile, group, damaged } = verdict;
  const { threshold, group: likeliest } = opinions[exit - 1]!;
  const sure = percent(confidence);
  if (further) return `Seen up to exit ${exit} of ${exits}; the choice in force would look closer.`;
  if (exit < exits && damaged && (threshold === null || confidence < threshold)) {
    return `Its file could not be read again after exit ${exit} of ${exits}, so it left without being sure.`;
  }
  if (exit < exits) return `Left at exit ${exit} of ${exits}: ${sure} reached its ${percent(threshold ?? 0)}.`;
  const way = closer ? 'Looked at closer by your wish, through every exit' : 'Went through every exit';
  const { review, groupReview } = inForce.policy;
  if (!pack.calibrated) return `${way}; the pack is not calibrated, so nothing says how sure ${sure} is.`;
  if (pile === 'collection') return `${way}; ${sure} reached the review limit of ${percent(review)}.`;
  if (pile === 'group') {
    const title = pack.manifest.groups?.find(({ key }) => key === group)?.title ?? group;
    return `${way}; ${sure} is below the review limit of ${percent(review)}, but ${percent(likeliest!.confidence)} for ${title} reached ${percent(groupReview)}.`;
  }
  return `${way}; ${sure} is below the review limit of ${percent(review)}.`;
}

/** Not 100 % where it is less, nor the same on both sides of a limit that differs by a little: one digit where a whole number would say too much. */
function percent(share: number): string {
  const whole = Math.round(share * 100);
  if (share < 1 && whole === 100) return `${(Math.floor(share * 1000) / 10).toFixed(1)} %`;
  return `${whole} %`;
}

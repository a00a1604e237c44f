/** What a choice between power and accuracy is called. */
import type { Preset } from '../../src-main/contract/events.ts';
import type { Choice, PackInfo } from '../../src-main/contract/library.ts';
import { percent } from './numbers.ts';

export const presetTitles: Record<Preset, string> = { saver: 'Power saver', balanced: 'Balanced', accurate: 'Accurate', full: 'Full' };

/** A preset's title; of a point of the curve, the share of photos that it got right. */
export function choiceTitle(choice: Choice, pack: PackInfo | null): string {
  if (pack?.calibrated === false) return presetTitles.full; // nothing else can be told of it
  if (choice.kind === 'preset') return presetTitles[choice.preset];
  const point = pack?.curve[choice.point];
  return point ? `${percent(point.accuracy)} right` : 'Own choice';
}

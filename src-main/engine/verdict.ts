/** From a photo's course to its verdict, as hosts see it: where it left, which pile it goes to, what it cost. Pure. */
import type { Opinion, Verdict } from '../contract/events.ts';
import { type Watts, energyOf } from '../energy/index.ts';
import type { Pack } from '../packs/index.ts';
import { type Policy, leaves, pileOf, thresholdAt } from '../policy/decide.ts';
import type { Course } from './photo.ts';

export function verdictOf(course: Course, { pack, policy, watts }: { pack: Pack; policy: Policy; watts: Watts }): Verdict {
  const exit = course.guesses.length;
  const { guess } = course.guesses.at(-1)!;
  const { collection, confidence } = guess.top[0]!;
  const leftOver = course.damaged && !leaves(confidence, thresholdAt(policy, exit)); // a later read failed: it leaves without being sure
  const pile = leftOver
    ? 'review'
    : pileOf({ last: exit === pack.exits, confidence, groupConfidence: guess.group?.confidence ?? null }, policy);
  const opinions = course.guesses.map(({ guess: { leaf, top, group }, side, rung }, i): Opinion => ({
    exit: i + 1,
    side,
    rung,
    leaf,
    top: [...top],
    group,
    threshold: shownThreshold(policy, i + 1),
  }));
  return {
    type: 'verdict',
    path: course.path,
    collection,
    group: pile === 'group' ? guess.group!.key : (pack.manifest.collections.find(({ key }) => key === collection)!.group ?? null),
    leaf: guess.leaf,
    confidence,
    exit,
    exits: pack.exits,
    review: pile === 'review',
    damaged: course.damaged,
    stored: false,
    reads: course.reads.map(({ side, rung, bytes, ms, enlarged }) => ({ side, rung, bytes, ms: rounded(ms), enlarged })),
    macs: pack.macs[exit - 1]!,
    fullMacs: pack.macs.at(-1)!,
    ms: { read: rounded(course.reads.reduce((sum, { ms }) => sum + ms, 0)), network: rounded(course.networkMs) },
    energy: energyOf({ read: course.readCpuMs, network: course.networkCpuMs.reduce((a, b) => a + b, 0) }, watts),
    pile,
    opinions,
  };
}

/** None where everyone leaves, at the last exit, nor where nobody does. */
function shownThreshold(policy: Policy, exit: number): number | null {
  const threshold = thresholdAt(policy, exit);
  return threshold !== null && threshold <= 1 ? threshold : null;
}

const rounded = (ms: number): number => Math.round(ms * 1000) / 1000;

/**
 * From what the networks said of a photo to its verdict, as hosts see it: where it left, which pile it goes to, what it cost. What was said is
 * kept, so another policy decides again without running anything. Pure.
 */
import type { Opinion, Verdict } from '../contract/events.ts';
import { type Watts, energyOf } from '../energy/index.ts';
import type { Pack } from '../packs/index.ts';
import { type Pile, type Policy, leaves, pileOf, thresholdAt } from '../policy/index.ts';
import type { Course } from './photo.ts';

export function verdictOf(course: Course, { pack, policy, watts }: { pack: Pack; policy: Policy; watts: Watts }): Verdict {
  const visited = course.guesses.length;
  const opinions = course.guesses.map(({ guess: { leaf, top, group }, side, rung }, i): Opinion => ({
    exit: i + 1,
    side,
    rung,
    leaf,
    top: [...top],
    group,
    threshold: null, // see decided
  }));
  return {
    type: 'verdict',
    path: course.path,
    exits: pack.exits,
    damaged: course.damaged,
    stored: false,
    reads: course.reads.map(({ side, rung, bytes, ms, enlarged }) => ({ side, rung, bytes, ms: rounded(ms), enlarged })),
    macs: pack.macs[visited - 1]!,
    fullMacs: pack.macs.at(-1)!,
    ms: { read: rounded(course.reads.reduce((sum, { ms }) => sum + ms, 0)), network: rounded(course.networkMs) },
    energy: energyOf({ read: course.readCpuMs, network: course.networkCpuMs.reduce((a, b) => a + b, 0) }, watts),
    ...decided(opinions, visited, { pack, policy, damaged: course.damaged }),
  };
}

export interface Again {
  readonly verdict: Verdict;
  readonly further: boolean; // the policy would have had it looked at closer: it stands with what is known
}

/**
 * A verdict under another policy: what was said and what it cost stay as they are.
 *
 * @param toLast it is decided at the last exit that it visited, under every policy
 */
export function decideAgain(verdict: Verdict, { pack, policy, toLast }: { pack: Pack; policy: Policy; toLast: boolean }): Again {
  const { opinions, damaged } = verdict;
  const visited = opinions.length;
  const leftAt = exitUnder(
    policy,
    opinions.map(({ top }) => top[0]!.confidence),
  );
  const exit = toLast ? visited : (leftAt ?? visited);
  const further = !toLast && leftAt === null && !damaged; // a damaged one has no more to say
  return { verdict: { ...verdict, ...decided(opinions, exit, { pack, policy, damaged }) }, further };
}

/** The exit (from 1) at which a photo leaves of which the first exits' confidences are known; null where they do not suffice. */
export function exitUnder(policy: Policy, confidences: readonly number[]): number | null {
  const at = confidences.findIndex((confidence, i) => leaves(confidence, thresholdAt(policy, i + 1)));
  return at < 0 ? null : at + 1;
}

type Decided = Pick<Verdict, 'collection' | 'group' | 'leaf' | 'confidence' | 'exit' | 'review' | 'pile' | 'opinions'>;

function decided(
  opinions: readonly Opinion[],
  exit: number,
  { pack, policy, damaged }: { pack: Pack; policy: Policy; damaged: boolean },
): Decided {
  const { leaf, top, group } = opinions[exit - 1]!;
  const { collection, confidence } = top[0]!;
  const pile = pileAt({ exit, confidence, group: group?.confidence ?? null }, { pack, policy, damaged });
  return {
    collection,
    group: pile === 'group' ? group!.key : (pack.manifest.collections.find(({ key }) => key === collection)!.group ?? null),
    leaf,
    confidence,
    exit,
    review: pile === 'review',
    pile,
    opinions: opinions.map((opinion) => ({ ...opinion, threshold: shownThreshold(policy, opinion.exit) })),
  };
}

function pileAt(
  { exit, confidence, group }: { exit: number; confidence: number; group: number | null },
  { pack, policy, damaged }: { pack: Pack; policy: Policy; damaged: boolean },
): Pile {
  const unsure = exit < pack.exits && !leaves(confidence, thresholdAt(policy, exit));
  if (unsure && damaged) return 'review'; // a later read failed: it leaves without being sure
  return pileOf({ last: unsure || exit === pack.exits, confidence, groupConfidence: group }, policy);
}

/** None where everyone leaves, at the last exit, nor where nobody does. */
function shownThreshold(policy: Policy, exit: number): number | null {
  const threshold = thresholdAt(policy, exit);
  return threshold !== null && threshold <= 1 ? threshold : null;
}

const rounded = (ms: number): number => Math.round(ms * 1000) / 1000;

/**
 * How good a calibrated pack is on labelled photos: per exit, per policy, per collection and per source of the photos.
 *
 * Nothing is fitted here. Costs are those measured per exit, averaged over where the photos leave.
 */
import { PackError } from '../../contract/errors.ts';
import { presets as presetNames, type Preset } from '../../contract/events.ts';
import { exitOf, pileOf, type ClassMap, type ExitTable, type Presets } from '../../policy/index.ts';
import { meanOf, type Cost, type Costs } from './cost.ts';
import { exitTableOf, judge, type JudgedInFull, type Observation } from './observation.ts';
import { proportion, type Proportion } from './proportion.ts';
import { reliability, type Reliability } from './reliability.ts';

/** What of a calibrated pack decides. */
export interface Decisions {
  readonly temperatures: readonly number[];
  readonly presets: Presets;
  readonly review: number;
  readonly groupReview: number | null; // null where the pack has no groups
}

export interface Evaluation {
  readonly photos: number;
  readonly exits: readonly ExitFigures[];
  readonly presets: Readonly<Record<Preset, PolicyFigures>>;
  readonly collections: readonly CollectionFigures[]; // at the last exit, in the order of the pack, those without photos left out
  readonly confusion: readonly (readonly number[])[]; // photos at the last exit, [true collection][opinion], in the order of the pack
  readonly sources: readonly SourceFigures[]; // by name; empty where the data names no source
}

/** Over all photos, as if none had left before. */
export interface ExitFigures {
  readonly exit: number;
  readonly accuracy: Proportion;
  readonly reliability: Reliability;
  readonly cost: Cost; // of a photo that leaves here
}

export interface PolicyFigures {
  readonly accuracy: Proportion;
  readonly exits: readonly number[]; // share of the photos that leave at each
  readonly cost: Cost; // mean per photo
  readonly sorted: Pile; // into collections
  readonly grouped: Pile; // into groups' piles
  readonly review: Proportion;
}

export interface Pile {
  readonly share: Proportion; // of all photos
  readonly right: Proportion | null; // of those in the pile; null where it is empty
}

export interface CollectionFigures {
  readonly collection: string;
  readonly accuracy: Proportion;
  readonly mistake: { readonly collection: string; readonly photos: number } | null; // the commonest; null where all are right
}

export interface SourceFigures {
  readonly source: string;
  readonly accuracy: Readonly<Record<Preset, Proportion>>;
}

/**
 * @param classesAt per exit of the pack, the classes of its network
 * @throws {PackError} `calibration-data` where there are no photos
 */
export function evaluate(
  observations: readonly Observation[],
  classesAt: readonly ClassMap[],
  decisions: Decisions,
  costs: Costs,
): Evaluation {
  if (observations.length === 0) {
    throw new PackError('calibration-data', 'A pack is evaluated on labelled photos; not one of them could be read.');
  }
  const photos = judge(observations, decisions.temperatures, classesAt);
  const table = exitTableOf(photos);
  const perPreset = <T>(of: (preset: Preset) => T): Record<Preset, T> =>
    Object.fromEntries(presetNames.map((preset) => [preset, of(preset)])) as Record<Preset, T>;
  const exitsUnder = perPreset((preset) => photos.map((_, i) => exitOf(table, i, decisions.presets[preset])));
  return {
    photos: photos.length,
    exits: classesAt.map((_, k) => ({
      exit: k + 1,
      accuracy: proportion(sum(table.correct[k]!), photos.length)!,
      reliability: reliability(table.confidence[k]!, table.correct[k]!),
      cost: costs.exits[k]!,
    })),
    presets: perPreset((preset) => {
      const exits = exitsUnder[preset];
      const leave = classesAt.map((_, k) => exits.filter((exit) => exit === k).length);
      return {
        exits: leave.map((n) => n / photos.length),
        cost: preset === 'full' ? costs.full : meanOf(leave, costs.exits),
        ...sortedBy(photos, table, exits, decisions),
      };
    }),
    collections: perCollection(photos, classesAt[0]!.collections),
    confusion: confusionOf(photos, classesAt[0]!.collections),
    sources: perSource(photos, (preset, i) => table.correct[exitsUnder[preset][i]!]![i]!, perPreset),
  };
}

/** @param exits per photo, where it leaves (from 0) */
function sortedBy(
  photos: readonly JudgedInFull[],
  table: ExitTable,
  exits: readonly number[],
  { review, groupReview }: Decisions,
): Omit<PolicyFigures, 'exits' | 'cost'> {
  const last = table.confidence.length - 1;
  const policy = { thresholds: [], review, groupReview: groupReview ?? Infinity };
  const outcomes = photos.map(({ group }, i) => {
    const exit = exits[i]!;
    const at = { last: exit === last, confidence: table.confidence[exit]![i]!, groupConfidence: group?.confidence ?? null };
    return { pile: pileOf(at, policy), right: table.correct[exit]![i]!, groupRight: group?.right === true ? 1 : 0 };
  });
  const sorted = outcomes.filter(({ pile }) => pile === 'collection');
  const grouped = outcomes.filter(({ pile }) => pile === 'group');
  const ofAll = (n: number): Proportion => proportion(n, photos.length)!;
  return {
    accuracy: ofAll(sum(outcomes.map(({ right }) => right))),
    sorted: { share: ofAll(sorted.length), right: proportion(sum(sorted.map(({ right }) => right)), sorted.length) },
    grouped: { share: ofAll(grouped.length), right: proportion(sum(grouped.map(({ groupRight }) => groupRight)), grouped.length) },
    review: ofAll(photos.length - sorted.length - grouped.length),
  };
}

function perCollection(photos: readonly JudgedInFull[], collections: readonly string[]): CollectionFigures[] {
  const ofTruth = Map.groupBy(photos, ({ truth }) => truth);
  return collections.flatMap((collection) => {
    const here = ofTruth.get(collection) ?? [];
    const accuracy = proportion(here.filter(({ opinions }) => opinions.at(-1)!.collection === collection).length, here.length);
    if (accuracy === null) return [];
    const mistakes = collections
      .filter((other) => other !== collection)
      .map((other) => ({ collection: other, photos: here.filter(({ opinions }) => opinions.at(-1)!.collection === other).length }));
    const commonest = mistakes.reduce<CollectionFigures['mistake']>((best, m) => (m.photos > (best?.photos ?? 0) ? m : best), null);
    return [{ collection, accuracy, mistake: commonest }];
  });
}

function confusionOf(photos: readonly JudgedInFull[], collections: readonly string[]): number[][] {
  const place = new Map(collections.map((collection, i) => [collection, i]));
  const counts = collections.map(() => collections.map(() => 0));
  for (const { truth, opinions } of photos) counts[place.get(truth)!]![place.get(opinions.at(-1)!.collection)!]! += 1;
  return counts;
}

/** The wrong opinions of the last exit that are held of the most photos, the commonest first. */
export function commonestConfusions({ confusion }: Evaluation, most: number): { truth: number; opinion: number; photos: number }[] {
  return confusion
    .flatMap((row, truth) => row.map((photos, opinion) => ({ truth, opinion, photos })))
    .filter(({ truth, opinion, photos }) => truth !== opinion && photos > 0)
    .sort((a, b) => b.photos - a.photos)
    .slice(0, most);
}

function perSource(
  photos: readonly JudgedInFull[],
  right: (preset: Preset, photo: number) => number,
  perPreset: <T>(of: (preset: Preset) => T) => Record<Preset, T>,
): SourceFigures[] {
  const bySource = Map.groupBy(photos.keys(), (i) => photos[i]!.source);
  return [...bySource]
    .flatMap(([source, here]) => (source === null ? [] : [{ source, here }]))
    .sort((a, b) => (a.source < b.source ? -1 : 1))
    .map(({ source, here }) => ({
      source,
      accuracy: perPreset((preset) => proportion(sum(here.map((i) => right(preset, i))), here.length)!),
    }));
}

const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);

/**
 * From labelled photos with their logits to everything in pack.json that decisions need: temperatures first, then on the calibrated
 * confidences the review thresholds, then the presets, of which none lets a photo leave early with less than the review threshold. Last comes
 * the margin for photos of other sources (policy/margin.ts).
 */
import { PackError } from '../../contract/errors.ts';
import {
  fitTemperature,
  rightAmongSorted,
  smallestThreshold,
  solvePresets,
  withMargin,
  type ClassMap,
  type ExitTable,
  type Presets,
} from '../../policy/index.ts';
import { millisecondsOf, type Costs } from './cost.ts';
import { curveOf, type CurvePoint } from './curve.ts';
import { exitTableOf, judge, type JudgedInFull, type Observation } from './observation.ts';

export interface Calibrated {
  readonly temperatures: readonly number[]; // one per exit
  readonly milliseconds: readonly { readonly network: number; readonly read: number }[]; // one per exit
  readonly presets: Presets;
  readonly review: number;
  readonly groupReview: number | null; // null where the pack has no groups
  readonly curve: readonly CurvePoint[];
  readonly photos: readonly JudgedInFull[]; // the lines of calibration.tsv
}

/**
 * @param classesAt per exit of the pack, the classes of its network
 * @param margins per exit, in log-odds: what is added to its thresholds; the last one's is added to the review thresholds
 * @throws {PackError} `calibration-data` where there are no photos
 */
export function calibrate(
  observations: readonly Observation[],
  classesAt: readonly ClassMap[],
  costs: Costs,
  margins: readonly number[],
): Calibrated {
  if (observations.length === 0) {
    throw new PackError('calibration-data', 'A pack is calibrated on labelled photos; not one of them could be read.');
  }
  const temperatures = classesAt.map((classes, k) =>
    fitTemperature(
      observations.map(({ logits }) => logits[k]!),
      observations.map(({ truth }) => classes.collections.indexOf(truth)),
      classes,
    ),
  );
  const photos = judge(observations, temperatures, classesAt);
  const table = exitTableOf(photos);
  const review = withMargin(smallestThreshold(table.confidence.at(-1)!, table.correct.at(-1)!, rightAmongSorted), margins.at(-1)!);
  return {
    temperatures,
    milliseconds: costs.exits.map(({ milliseconds }) => milliseconds),
    review,
    groupReview: classesAt[0]!.groups.length === 0 ? null : withMargin(groupReviewOf(photos, review), margins.at(-1)!),
    ...solve(table, review, costs, margins),
    photos,
  };
}

/**
 * Presets and curve, from a table that may come from calibration.tsv.
 *
 * @param review as the pack has it, with its margin
 * @param margins per exit
 */
export function solve(
  table: ExitTable,
  review: number,
  costs: Costs,
  margins: readonly number[],
): { presets: Presets; curve: CurvePoint[] } {
  const solved = solvePresets(table, costs.exits.map(millisecondsOf), withMargin(review, -margins.at(-1)!));
  const raised = (thresholds: readonly number[]): number[] => thresholds.map((t, k) => Math.max(review, withMargin(t, margins[k]!)));
  const { saver, balanced, accurate, full } = solved;
  const presets = { saver: raised(saver), balanced: raised(balanced), accurate: raised(accurate), full };
  return { presets, curve: curveOf(table, presets, costs) };
}

/** Among the photos that are doubtful at the last exit. */
function groupReviewOf(photos: readonly JudgedInFull[], review: number): number {
  const groups = photos.filter(({ opinions }) => opinions.at(-1)!.confidence < review).map(({ group }) => group!);
  return smallestThreshold(
    Float32Array.from(groups, ({ confidence }) => confidence),
    Uint8Array.from(groups, ({ right }) => (right ? 1 : 0)),
    rightAmongSorted,
  );
}

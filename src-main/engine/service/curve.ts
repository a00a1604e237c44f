/**
 * The pack's curve of accuracy against cost, as policies to choose from: solved again from calibration.tsv, which takes a tenth of a second,
 * since the curve in pack.json is for looking at and may let photos leave doubtful. Here no threshold lies below the review threshold, and
 * the margin for photos of other sources is on top, as in the presets.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Preset, presets as presetNames } from '../../contract/events.ts';
import type { CurvePoint } from '../../contract/library.ts';
import { type Pack, exitTableOf, isCalibrated, proportion, readTable } from '../../packs/index.ts';
import { frontier, meanCost, outcomeOf, withMargin } from '../../policy/index.ts';
import { readsOfCamera } from '../observe.ts';

export interface SolvedPoint {
  readonly thresholds: readonly number[]; // one per exit but the last
  readonly leave: readonly number[]; // share of the calibration photos that leaves at each exit
  readonly figures: CurvePoint;
}

export interface Curve {
  readonly points: readonly SolvedPoint[]; // from the cheapest to the dearest
  readonly presets: Readonly<Partial<Record<Preset, { readonly leave: readonly number[] }>>>;
}

/**
 * @returns nothing where the pack is not calibrated, or came without its table
 * @throws {PackError} `calibration-table`
 */
export async function solveCurve(pack: Pack): Promise<Curve> {
  const { manifest, exits, folder, networks } = pack;
  if (!isCalibrated(manifest) || manifest.files['calibration.tsv'] === undefined) return { points: [], presets: {} };
  const { milliseconds, review, collections, calibration } = manifest;
  const text = await readFile(join(folder, 'calibration.tsv'), 'utf8');
  const photos = readTable(
    text,
    collections.map(({ key }) => key),
    exits,
  );
  const table = exitTableOf(photos);
  const margins = networks.flatMap(({ stages }, network) => stages.map(() => calibration.margins?.[network] ?? 0));
  const reads = milliseconds.map((_, i) => readsOfCamera(pack, i + 1));
  const solved = frontier(
    table,
    milliseconds.map(({ network, read }) => network + read),
    withMargin(review, -margins.at(-1)!),
  );
  const shares = (leave: readonly number[]): number[] => leave.map((n) => n / table.photos);
  const points = solved.map((policy): SolvedPoint => {
    const thresholds = policy.thresholds.map((threshold, k) => Math.max(review, withMargin(threshold, margins[k]!)));
    const { leave, right } = outcomeOf(table, thresholds);
    const { share, low, high } = proportion(right, table.photos)!;
    const mean = (of: readonly number[]): number => meanCost(leave, of);
    return {
      thresholds,
      leave: shares(leave),
      figures: {
        accuracy: share,
        low,
        high,
        macs: mean(pack.macs),
        milliseconds: { network: mean(milliseconds.map(({ network }) => network)), read: mean(milliseconds.map(({ read }) => read)) },
        rungs: { preview: mean(reads.map(({ preview }) => preview)), scaled: mean(reads.map(({ scaled }) => scaled)), full: 0 },
      },
    };
  });
  const presets = presetNames.map((preset) => [preset, { leave: shares(outcomeOf(table, manifest.presets[preset]).leave) }] as const);
  return { points: rising(points), presets: Object.fromEntries(presets) };
}

/** Without those that cost more and are no righter than another: thresholds that were raised by margins may be such. */
function rising(points: readonly SolvedPoint[]): SolvedPoint[] {
  const cost = ({ figures: { milliseconds } }: SolvedPoint): number => milliseconds.network + milliseconds.read;
  let best = -1;
  return points
    .toSorted((a, b) => cost(a) - cost(b))
    .filter(({ figures: { accuracy } }) => {
      if (accuracy <= best) return false;
      best = accuracy;
      return true;
    });
}

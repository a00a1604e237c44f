/**
 * The four presets, solved on the calibration table: how much accuracy against `full` each may cost, at the least milliseconds. Beside them
 * the curve that shows what any other trade would give.
 */
import type { Preset } from '../contract/events.ts';
import { nobody } from './decide.ts';
import type { ExitTable } from './outcome.ts';
import { searchPolicies, type Solved } from './search.ts';

export type Presets = Readonly<Record<Preset, readonly number[]>>;

/**
 * Thresholds of each preset.
 *
 * @param cost cumulative milliseconds per exit, network plus reading
 * @param review no photo leaves early with less confidence; 0 where the pack has no review threshold
 */
export function solvePresets(table: ExitTable, cost: readonly number[], review: number): Presets {
  const search = searchPolicies(table, cost, review);
  const full = rightUnderFull(table);
  const atLeast = (right: number): number => Math.max(0, Math.ceil(right - 1e-9)); // 0.95 * 20 is not 19 in binary
  const wanted = { saver: atLeast(0.95 * full), balanced: atLeast(0.99 * full), accurate: atLeast(full - 0.003 * table.photos) };
  for (const right of Object.values(wanted)) search.refine(right); // all before the first answer: each may help the others
  const cheapest = (right: number): readonly number[] => search.cheapest(right)!.thresholds; // `full` itself has as many right
  return {
    saver: cheapest(wanted.saver),
    balanced: cheapest(wanted.balanced),
    accurate: cheapest(wanted.accurate),
    full: fullThresholds(cost.length),
  };
}

/** Every photo goes to the last exit. */
export const fullThresholds = (exits: number): number[] => new Array<number>(exits - 1).fill(nobody);

/**
 * The cheapest policies for rising accuracy, each dearer and righter than the one before: from where everything else costs more to where
 * as many photos are right as under `full`. What is righter still on these photos would mostly be luck. No review threshold binds them unless
 * one is given, as a budget may have to let photos leave doubtful.
 *
 * @param cost as for the presets
 * @param least no threshold lies below it
 */
export function frontier(table: ExitTable, cost: readonly number[], least = 0): Solved[] {
  const steps = 24; // about so many points
  const search = searchPolicies(table, cost, least);
  const first = search.cheapest(0)!.right;
  const last = Math.max(first, rightUnderFull(table));
  const solved = Array.from({ length: steps }, (_, i) => search.cheapest(Math.round(first + ((last - first) * i) / (steps - 1)))!);
  return solved.filter((point, i) => point.right !== solved[i - 1]?.right);
}

const rightUnderFull = (table: ExitTable): number => table.correct.at(-1)!.reduce((a, b) => a + b, 0);

/**
 * The four presets, solved on the calibration table: how much accuracy against `full` each may cost, at the least milliseconds.
 */
import type { Preset } from '../contract/events.ts';
import { nobody } from './decide.ts';
import type { ExitTable } from './outcome.ts';
import { searchPolicies, type Frontier, type Solved } from './search.ts';

export type Presets = Readonly<Record<Preset, readonly number[]>>;

/**
 * Thresholds of each preset, and the frontier they lie on: the cheapest policies for rising accuracy, each dearer and righter than the
 * one before.
 *
 * @param cost cumulative milliseconds per exit, network plus reading
 * @param review no photo leaves early with less confidence; 0 where the pack has no review threshold
 * @param steps about how many policies the frontier has
 */
export function solvePresets(
  table: ExitTable,
  cost: readonly number[],
  review: number,
  steps = 24,
): { presets: Presets; frontier: readonly Solved[] } {
  const search = searchPolicies(table, cost, review);
  const wanted = rightWanted(table);
  for (const right of Object.values(wanted)) search.refine(right);
  const thresholds = (right: number): readonly number[] => search.cheapest(right)!.thresholds; // `full` itself has as many right
  return {
    presets: {
      saver: thresholds(wanted.saver),
      balanced: thresholds(wanted.balanced),
      accurate: thresholds(wanted.accurate),
      full: fullThresholds(cost.length),
    },
    frontier: sweep(search, table.photos, Object.values(wanted), steps),
  };
}

/** Every photo goes to the last exit. */
export const fullThresholds = (exits: number): number[] => new Array<number>(exits - 1).fill(nobody);

/** How many of the photos each preset must get right. */
function rightWanted(table: ExitTable): Record<Exclude<Preset, 'full'>, number> {
  const full = table.correct.at(-1)!.reduce((a, b) => a + b, 0);
  const atLeast = (right: number): number => Math.max(0, Math.ceil(right - 1e-9)); // 0.95 * 20 is not 19 in binary
  return {
    saver: atLeast(0.95 * full),
    balanced: atLeast(0.99 * full),
    accurate: atLeast(full - 0.003 * table.photos),
  };
}

function sweep(search: Frontier, photos: number, also: readonly number[], steps: number): Solved[] {
  const first = search.cheapest(0)!.right;
  let most = first;
  for (let right = first; right <= photos && search.cheapest(right) !== undefined; right++) most = right;
  const even = Array.from({ length: steps }, (_, i) => Math.round(first + ((most - first) * i) / (steps - 1)));
  const targets = [...new Set([...even, ...also.filter((right) => right >= first)])].sort((a, b) => a - b);
  const solved = targets.map((right) => search.cheapest(right)!);
  return solved.filter((point, i) => point.right !== solved[i - 1]?.right);
}

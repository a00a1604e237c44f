/**
 * What a choice of thresholds gives on photos whose truth is known.
 *
 * The table holds every photo's confidence at every exit, so that any thresholds can be answered without running a network.
 */
import { leaves } from './decide.ts';

/** Labelled photos at every exit, `[exit][photo]`. Confidences are float32, the precision in which verdicts compare them. */
export interface ExitTable {
  readonly photos: number;
  readonly confidence: readonly Float32Array[]; // of the best collection
  readonly correct: readonly Uint8Array[]; // 1 where the best collection is the true one
}

export interface Outcome {
  readonly leave: readonly number[]; // photos per exit; they add up to all
  readonly right: number; // photos whose best collection, at the exit where they left, is the true one
}

/** The exit (from 0) at which a photo leaves. */
export function exitOf(table: ExitTable, photo: number, thresholds: readonly number[]): number {
  const last = table.confidence.length - 1;
  for (let k = 0; k < last; k++) if (leaves(table.confidence[k]![photo]!, thresholds[k]!)) return k;
  return last;
}

/** @param thresholds one per exit but the last */
export function outcomeOf(table: ExitTable, thresholds: readonly number[]): Outcome {
  const leave = table.confidence.map(() => 0);
  let right = 0;
  for (let i = 0; i < table.photos; i++) {
    const k = exitOf(table, i, thresholds);
    leave[k]! += 1;
    right += table.correct[k]![i]!;
  }
  return { leave, right };
}

/** The mean per photo of what costs `cost[k]` up to exit k, in the unit of `cost`. */
export function meanCost(leave: readonly number[], cost: readonly number[]): number {
  const photos = leave.reduce((a, b) => a + b, 0);
  return leave.reduce((sum, n, k) => sum + n * cost[k]!, 0) / photos;
}

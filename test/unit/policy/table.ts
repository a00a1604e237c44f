/** Small tables of labelled photos, written as a person would: one row per exit. */
import type { ExitTable } from '../../../src-main/policy/outcome.ts';

export const exitTable = (confidence: readonly number[][], correct: readonly number[][]): ExitTable => ({
  photos: confidence[0]!.length,
  confidence: confidence.map((row) => Float32Array.from(row)),
  correct: correct.map((row) => Uint8Array.from(row)),
});

/** Numbers in [0, 1) that are the same on every run. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

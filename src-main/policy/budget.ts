/**
 * The paper's budgeted batch: thresholds from geometric exit shares.
 *
 * A single number q says how many photos leave at each exit: neighbouring exits stand in the ratio q, below 1 most leave early. It is the
 * comparison for the presets, which search the thresholds freely. Everything is in float32, in the order of the authors' code
 * (`adaptive_inference.py`), because one rounding decides whether a photo more or less leaves.
 */
import { leaves, nobody } from './decide.ts';
import { outcomeOf, type ExitTable } from './outcome.ts';

export interface BudgetPoint {
  readonly q: number; // 0.05 to 1.95 in steps of 0.05
  readonly want: readonly number[]; // photos that the share asks of each exit
  readonly thresholds: readonly number[]; // one per exit but the last
  readonly leave: readonly number[]; // photos that do leave at each exit
  readonly accuracy: number; // percent
  readonly expectedCost: number; // mean per photo, in the unit of the costs, float32
}

/**
 * The authors' 39 points, from the cheapest policy to the dearest.
 *
 * @param cost cumulative per exit, in any unit (MACs, milliseconds)
 */
export function budgetPoints(table: ExitTable, cost: readonly number[]): BudgetPoint[] {
  return Array.from({ length: 39 }, (_, i) => {
    const q = (i + 1) / 20;
    const want = exitShares(q, cost.length).map((share) => Math.floor(Math.fround(table.photos * share)));
    const thresholds = thresholdsFor(table, want);
    const { leave, right } = outcomeOf(table, thresholds);
    return { q, want, thresholds, leave, accuracy: (right * 100) / table.photos, expectedCost: expectedCost(leave, cost) };
  });
}

/** The point of largest q that costs no more than the budget, or undefined where even the first does. */
export const pointWithin = (points: readonly BudgetPoint[], budget: number): BudgetPoint | undefined =>
  points.findLast((point) => point.expectedCost <= budget);

/** q, q², q³ … over their sum: the first exit's share is q over the sum, not 1. */
function exitShares(q: number, exits: number): number[] {
  const logOfQ = Math.fround(Math.log(Math.fround(q)));
  const powers = Array.from({ length: exits }, (_, k) => Math.fround(Math.exp(Math.fround(logOfQ * (k + 1)))));
  const sum = powers.reduce((a, b) => Math.fround(a + b), 0);
  return powers.map((power) => Math.fround(power / sum));
}

/**
 * Exit by exit, the confidence of the want-th surest photo among those not yet gone. All that tie with it leave too, so a later exit may
 * find fewer than it wants; then nobody leaves there.
 */
function thresholdsFor(table: ExitTable, want: readonly number[]): number[] {
  const gone = new Uint8Array(table.photos);
  return table.confidence.slice(0, -1).map((confidence, k) => {
    const remaining = confidence.filter((_, i) => gone[i] === 0).sort();
    const threshold = want[k]! > 0 ? (remaining.at(-want[k]!) ?? nobody) : nobody;
    confidence.forEach((c, i) => {
      if (leaves(c, threshold)) gone[i] = 1;
    });
    return threshold;
  });
}

function expectedCost(leave: readonly number[], cost: readonly number[]): number {
  const photos = leave.reduce((a, b) => a + b, 0);
  return leave.reduce((sum, n, k) => Math.fround(sum + Math.fround(Math.fround(n / photos) * Math.fround(cost[k]!))), 0);
}

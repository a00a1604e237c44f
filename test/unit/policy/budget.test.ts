import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { budgetPoints, pointWithin } from '../../../src-main/policy/budget.ts';
import { nobody } from '../../../src-main/policy/decide.ts';
import { exitTable } from './table.ts';

interface Golden {
  cost: number[];
  confidence: number[][];
  correct: number[][];
  points: { q: number; want: number[]; thresholds: number[]; leave: number[]; accuracy: number; expectedCost: number }[];
}
const golden = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../fixtures/policy/golden-budget.json', import.meta.url)), 'utf8'),
) as Golden;
const points = budgetPoints(exitTable(golden.confidence, golden.correct), golden.cost);

describe('the paper’s budgeted batch', () => {
  it('has 39 points', () => expect(points).toHaveLength(39));

  it.each(golden.points.map((point, i) => [point.q, point, points[i]!] as const))(
    'agrees with the authors at q = %f',
    (_, theirs, ours) => {
      expect(ours.q).toBe(theirs.q);
      expect(ours.want).toEqual(theirs.want);
      expect([...ours.thresholds, -1e8]).toEqual(theirs.thresholds); // theirs has one for the last exit too
      expect(ours.leave).toEqual(theirs.leave);
      expect(ours.accuracy).toBe(theirs.accuracy);
      expect(ours.expectedCost).toBe(theirs.expectedCost);
    },
  );

  it('lets nobody leave where an exit finds fewer photos than it wants, because ties left before', () => {
    const table = exitTable([[0.5, 0.5, 0.5, 0.5], [0.9, 0.9, 0.9, 0.9], [1, 1, 1, 1]], [[1, 1, 1, 1], [1, 1, 1, 1], [1, 1, 1, 1]]); // prettier-ignore
    const even = budgetPoints(table, [1, 2, 3])[19]!;
    expect(even).toMatchObject({ q: 1, want: [1, 1, 1], thresholds: [0.5, nobody], leave: [4, 0, 0], expectedCost: 1 });
  });

  it('answers a budget with the largest q that it pays for', () => {
    const paid = golden.points.filter((point) => point.expectedCost <= 3_000_000).at(-1)!;
    expect(pointWithin(points, 3_000_000)?.q).toBe(paid.q);
    expect(pointWithin(points, paid.expectedCost)?.q).toBe(paid.q);
    expect(pointWithin(points, 0)).toBeUndefined();
  });
});

import { describe, expect, it } from 'vitest';
import { leaves, nobody } from '../../../src-main/policy/decide.ts';
import { exitOf, meanCost, outcomeOf, type ExitTable } from '../../../src-main/policy/outcome.ts';
import { frontier, solvePresets } from '../../../src-main/policy/presets.ts';
import { searchPolicies } from '../../../src-main/policy/search.ts';
import { exitTable, seeded } from './table.ts';

/** Confidences that mean something, in steps of 1/32 so that many tie. */
function randomTable(photos: number, exits: number, random: () => number): ExitTable {
  const confidence = Array.from({ length: exits }, () => Array.from({ length: photos }, () => Math.floor(random() * 32) / 32));
  const correct = confidence.map((row, k) => row.map((c) => (random() < 0.3 + 0.5 * c + 0.05 * k ? 1 : 0)));
  return exitTable(confidence, correct);
}

/** Least mean cost per number of right photos, over every choice of thresholds. */
function exhaustive(table: ExitTable, cost: number[], least: number): number[] {
  const candidates = table.confidence.slice(0, -1).map((row) => [...new Set(row.filter((c) => c >= least)), nobody]);
  const cheapest = new Array<number>(table.photos + 2).fill(Infinity);
  const tryAll = (thresholds: number[]): void => {
    const next = candidates[thresholds.length];
    if (next !== undefined) {
      for (const candidate of next) tryAll([...thresholds, candidate]);
      return;
    }
    const { leave, right } = outcomeOf(table, thresholds);
    cheapest[right] = Math.min(cheapest[right]!, meanCost(leave, cost));
  };
  tryAll([]);
  for (let right = table.photos; right >= 0; right--) cheapest[right] = Math.min(cheapest[right]!, cheapest[right + 1]!);
  return cheapest;
}

const fullRight = (table: ExitTable): number => table.correct.at(-1)!.reduce((a, b) => a + b, 0);

describe('the search', () => {
  it.each([0, 0.5])('finds the exhaustive optimum of small tables, no threshold below %f', (least) => {
    const random = seeded(11);
    for (let run = 0; run < 40; run++) {
      const exits = run % 10 === 0 ? 5 : 4;
      const table = randomTable(12 + (run % 6), exits, random);
      const cost = Array.from({ length: exits }, (_, k) => 1 + k + k * random());
      const search = searchPolicies(table, cost, least);
      const best = exhaustive(table, cost, least);
      for (const share of [1, 0.95, 0.8]) {
        const right = Math.ceil(share * fullRight(table));
        search.refine(right);
        expect(search.cheapest(right)!.cost / best[right]!, `table ${run}, ${right} right`).toBeLessThanOrEqual(1.01);
      }
    }
  });

  it('tells costs and counts as the decision itself would give them', () => {
    const table = randomTable(300, 6, seeded(3));
    const cost = [1, 2, 3, 4, 6, 9];
    const search = searchPolicies(table, cost, 0);
    for (let right = 0; right <= fullRight(table); right += 20) {
      const solved = search.cheapest(right)!;
      expect(solved.right).toBeGreaterThanOrEqual(right);
      expect(solved).toMatchObject(outcomeOf(table, solved.thresholds));
      expect(solved.cost).toBe(meanCost(solved.leave, cost));
    }
  });

  it('has no policy for more right photos than any gives', () => {
    const table = exitTable([[0.5], [0.5]], [[0], [0]]);
    expect(searchPolicies(table, [1, 2], 0).cheapest(1)).toBeUndefined();
  });
});

describe('presets', () => {
  // Ten photos, all right at the last exit. At the first, the surest eight are right, then one is wrong, then one is right again.
  const table = exitTable(
    [
      [0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.5, 0.45],
      [1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
    ],
    [
      [1, 1, 1, 1, 1, 1, 1, 1, 0, 1],
      [1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
    ],
  );

  it('are solved by hand on ten photos', () => {
    const presets = solvePresets(table, [1, 10], 0);
    expect(presets).toEqual({ saver: [Math.fround(0.6)], balanced: [Math.fround(0.6)], accurate: [Math.fround(0.6)], full: [nobody] });
  });

  it('are solved by hand on twenty photos of which the first exit gets one wrong', () => {
    const falling = Array.from({ length: 20 }, (_, i) => 1 - i / 32);
    const wrongAt = (wrong: number): number[] => falling.map((_, i) => (i === wrong ? 0 : 1));
    const one = exitTable([falling, falling], [wrongAt(10), wrongAt(-1)]);
    const presets = solvePresets(one, [1, 10], 0);
    expect(presets.saver).toEqual([falling[19]]); // 19 of 20 right is 95 %: everybody leaves
    expect(presets.balanced).toEqual([falling[9]]); // 99 % is all twenty
    expect(presets.accurate).toEqual([falling[9]]);
  });

  it('let no photo leave early doubtful', () => {
    expect(solvePresets(table, [1, 10], 0.75).saver).toEqual([0.75]);
  });

  it('let nobody leave early where nothing reaches the review threshold', () => {
    expect(solvePresets(table, [1, 10], nobody).saver).toEqual([nobody]);
  });

  it('keep what each promises of the accuracy of full', () => {
    const many = randomTable(500, 6, seeded(17));
    const cost = [1, 2, 3, 4, 6, 9];
    const presets = solvePresets(many, cost, 0);
    const full = fullRight(many);
    const of = (thresholds: readonly number[]): { right: number; cost: number } => {
      const { right, leave } = outcomeOf(many, thresholds);
      return { right, cost: meanCost(leave, cost) };
    };
    expect(of(presets.accurate).right).toBeGreaterThanOrEqual(full - 0.003 * 500);
    expect(of(presets.balanced).right).toBeGreaterThanOrEqual(0.99 * full);
    expect(of(presets.saver).right).toBeGreaterThanOrEqual(0.95 * full);
    expect(of(presets.saver).cost).toBeLessThanOrEqual(of(presets.balanced).cost);
    expect(of(presets.balanced).cost).toBeLessThanOrEqual(of(presets.accurate).cost);
    expect(of(presets.full)).toEqual({ right: full, cost: 9 });
  });

  it('count a photo at exactly the threshold as gone', () => {
    const presets = solvePresets(table, [1, 10], 0);
    expect(leaves(table.confidence[0]![7]!, presets.saver[0]!)).toBe(true);
    expect(exitOf(table, 7, presets.saver)).toBe(0);
  });

  it('work for a pack with one exit', () => {
    const one = exitTable([[0.5, 0.75]], [[1, 0]]);
    expect(solvePresets(one, [3], 0)).toEqual({ saver: [], balanced: [], accurate: [], full: [] });
    expect(frontier(one, [3])).toEqual([{ thresholds: [], leave: [2], right: 1, cost: 3 }]);
  });

  it('are the same for the same table', () => {
    const many = randomTable(200, 5, seeded(23));
    expect(solvePresets(many, [1, 2, 3, 4, 5], 0.5)).toEqual(solvePresets(many, [1, 2, 3, 4, 5], 0.5));
  });
});

describe('the frontier', () => {
  const table = randomTable(400, 6, seeded(29));
  const points = frontier(table, [1, 2, 3, 4, 6, 9]);

  it('gets righter and dearer from point to point', () => {
    expect(points.length).toBeGreaterThan(5);
    points.slice(1).forEach((point, i) => {
      expect(point.right).toBeGreaterThan(points[i]!.right);
      expect(point.cost).toBeGreaterThan(points[i]!.cost);
    });
  });

  it('begins where every photo leaves at the first exit', () => expect(points[0]!.leave).toEqual([400, 0, 0, 0, 0, 0]));

  it('ends where about as many photos are right as under full', () => {
    expect(points.at(-1)!.right).toBeGreaterThanOrEqual(fullRight(table));
    expect(points.at(-2)!.right).toBeLessThan(fullRight(table));
  });
});

import { describe, expect, it } from 'vitest';
import { calibrate, exitTableOf, readTable, solve, writeTable, type Observation } from '../../../../src-main/packs/calibration/index.ts';
import { collectionProbabilities, outcomeOf } from '../../../../src-main/policy/index.ts';
import { seeded } from '../../policy/table.ts';
import { classesAt, costs, observation } from './made.ts';

/** Photos whose exits know more and more, but are surer than they should be: logits 2, 1.5 and 3 times too large. */
const factors = [2, 1.5, 3];
function vainNetwork(photos: number): Observation[] {
  const random = seeded(31);
  return Array.from({ length: photos }, (_, i) => {
    const honest = [2, 3, 5].map((spread, k) => Float32Array.from(classesAt[k]!.collectionOf, () => (random() - 0.5) * spread));
    const truth = Math.floor(random() * 3);
    honest.forEach((z, k) => {
      // Pull the logits towards the truth as often as the exit's own probabilities say.
      const p = collectionProbabilities(z, 1, classesAt[k]!);
      const order = [0, 1, 2].sort((a, b) => p[b]! - p[a]!);
      let draw = random();
      const drawn = order.find((c) => (draw -= p[c]!) < 0) ?? order[0]!;
      rename(z, classesAt[k]!.collectionOf, drawn, truth);
    });
    const truthKey = ['cats', 'dogs', 'rocks'][truth]!;
    return { id: `p${i}`, truth: truthKey, source: null, logits: honest.map((z, k) => z.map((x) => x * factors[k]!)) };
  });
}

/** Swaps what is thought of two collections (of the first's leaf where it has two), so that `drawn` becomes the truth. */
function rename(z: Float32Array, collectionOf: readonly number[], drawn: number, truth: number): void {
  const [a, b] = [collectionOf.indexOf(drawn), collectionOf.indexOf(truth)];
  [z[a], z[b]] = [z[b]!, z[a]!];
}

const observations = vainNetwork(600);
const none = [0, 0, 0];
const calibrated = calibrate(observations, classesAt, costs, none);

const logOdds = (confidence: number): number => Math.log(confidence / (1 - confidence));

describe('calibration', () => {
  it('has a temperature per exit, and confidences made with it', () => {
    expect(calibrated.temperatures).toHaveLength(3);
    expect(calibrated.temperatures[2]).toBeGreaterThan(2.4);
    expect(calibrated.temperatures[2]).toBeLessThan(3.7);
    const [first] = calibrated.photos;
    const p = collectionProbabilities(observations[0]!.logits[2]!, calibrated.temperatures[2]!, classesAt[2]!);
    expect(first!.opinions[2]!.confidence).toBe(Math.fround(Math.max(...p)));
  });

  it('sorts from the smallest confidence on where 93 % are right', () => {
    const sorted = calibrated.photos.filter(({ opinions }) => opinions[2]!.confidence >= calibrated.review);
    const right = sorted.filter(({ opinions, truth }) => opinions[2]!.collection === truth).length;
    expect(sorted.length).toBeGreaterThan(50);
    expect(right / sorted.length).toBeGreaterThanOrEqual(0.93);
  });

  it('sends doubtful photos to their group where 93 % of those are right', () => {
    const grouped = calibrated.photos.filter(
      ({ opinions, group }) => opinions[2]!.confidence < calibrated.review && group!.confidence >= calibrated.groupReview!,
    );
    expect(grouped.length).toBeGreaterThan(0);
    expect(grouped.filter(({ group }) => group!.right).length / grouped.length).toBeGreaterThanOrEqual(0.93);
  });

  it('lets no photo leave early with less than the review threshold', () => {
    for (const thresholds of Object.values(calibrated.presets)) {
      for (const threshold of thresholds) expect(threshold).toBeGreaterThanOrEqual(calibrated.review);
    }
  });

  it('has a curve, righter and dearer from point to point, then a point for each preset', () => {
    const { curve } = calibrated;
    expect(curve.slice(-4).map(({ preset }) => preset)).toEqual(['saver', 'balanced', 'accurate', 'full']);
    const line = curve.filter(({ preset }) => preset === undefined);
    const ms = line.map(({ milliseconds: { network, read } }) => network + read);
    expect(ms[0]).toBe(3); // everybody leaves at the first exit
    for (let i = 1; i < line.length; i++) {
      expect(ms[i]).toBeGreaterThan(ms[i - 1]!);
      expect(line[i]!.accuracy).toBeGreaterThan(line[i - 1]!.accuracy);
    }
    const table = exitTableOf(calibrated.photos);
    const { leave, right } = outcomeOf(table, calibrated.presets.saver);
    expect(curve.find(({ preset }) => preset === 'saver')).toMatchObject({
      accuracy: right / 600,
      macs: (leave[0]! * 1e6 + leave[1]! * 2e6 + leave[2]! * 9e6) / 600,
      rungs: { preview: 1, scaled: leave[2]! / 600, full: 0 },
    });
    expect(curve.at(-1)).toMatchObject({ milliseconds: costs.full.milliseconds, rungs: { preview: 0, scaled: 1, full: 0 } });
  });

  it('is solved again from calibration.tsv to the same presets and curve', () => {
    const read = readTable(writeTable(calibrated.photos), ['cats', 'dogs', 'rocks'], 3);
    expect(solve(exitTableOf(read), calibrated.review, costs, none)).toEqual({ presets: calibrated.presets, curve: calibrated.curve });
  });

  it('raises thresholds by the margin of their exit, the review thresholds by that of the last', () => {
    const raised = calibrate(observations, classesAt, costs, [1.5, 1, 0.5]);
    expect(logOdds(raised.review)).toBeCloseTo(logOdds(calibrated.review) + 0.5);
    expect(raised.groupReview).toBeGreaterThan(calibrated.groupReview!);

    const four = { photos: 4, confidence: [[0.9, 0.9, 0.6, 0.6], [0.5, 0.5, 0.8, 0.7], [0.9, 0.9, 0.9, 0.9]].map((c) => Float32Array.from(c)), correct: [[1, 1, 0, 0], [0, 0, 1, 0], [1, 1, 1, 1]].map((c) => Uint8Array.from(c)) }; // prettier-ignore
    const before = solve(four, 0.6, costs, none).presets;
    expect(before.balanced).toEqual([Math.fround(0.9), Math.fround(0.8)]);
    const { balanced, full } = solve(four, 0.6, costs, [1.5, 1, 0]).presets;
    expect(balanced.map(logOdds)).toEqual([expect.closeTo(logOdds(0.9) + 1.5), expect.closeTo(logOdds(0.8) + 1)]);
    expect(full).toEqual(before.full);
  });

  it('lets no photo leave early with less than the review threshold where that has the larger margin', () => {
    const two = { photos: 2, confidence: [[0.7, 0.6], [0.1, 0.1], [0.9, 0.9]].map((c) => Float32Array.from(c)), correct: [[1, 1], [0, 0], [1, 1]].map((c) => Uint8Array.from(c)) }; // prettier-ignore
    expect(solve(two, 0.75, costs, [0, 0, 1]).presets.balanced[0]).toBe(0.75); // solved as 0.6, where Review without its margin begins at 0.52
  });

  it('has no group threshold where the pack has no groups', () => {
    const without = classesAt.map((classes) => ({ ...classes, groups: [], groupOf: [-1, -1, -1] }));
    expect(calibrate(observations.slice(0, 50), without, costs, none).groupReview).toBeNull();
  });

  it('works on a single photo', () => {
    const one = [observation('a', 'dogs', [[0.5, 0.3, 0.2], [0.3, 0.4, 0.3], [0.1, 0.8, 0.1]])]; // prettier-ignore
    expect(calibrate(one, classesAt, costs, none).curve.length).toBeGreaterThan(0);
  });

  it('refuses to be done on nothing', () => {
    expect(() => calibrate([], classesAt, costs, none)).toThrow('A pack is calibrated on labelled photos; not one of them could be read.');
  });
});

import { describe, expect, it } from 'vitest';
import { collectionProbabilities, type ClassMap } from '../../../src-main/policy/opinion.ts';
import { fitTemperature } from '../../../src-main/policy/temperature.ts';
import { seeded } from './table.ts';

const two: ClassMap = { collections: ['a', 'b'], groups: [], groupOf: [-1, -1], collectionOf: [0, 1], leaves: null };

/** Photos whose logits are `scale` times too large. */
function overconfident(photos: number, scale: number, classes: ClassMap): { logits: Float32Array[]; truth: number[] } {
  const random = seeded(5);
  const logits: Float32Array[] = [];
  const truth: number[] = [];
  for (let i = 0; i < photos; i++) {
    const honest = Float32Array.from(classes.collectionOf, () => (random() - 0.5) * 6);
    const p = collectionProbabilities(honest, 1, classes);
    let draw = random();
    truth.push(Math.max(0, p.findIndex((share) => (draw -= share) < 0))); // prettier-ignore
    logits.push(honest.map((z) => z * scale));
  }
  return { logits, truth };
}

describe('a temperature', () => {
  it('is solved by hand: three of four right at a logit difference of 2', () => {
    const logits = [0, 1, 2, 3].map(() => Float32Array.of(2, 0));
    expect(fitTemperature(logits, [0, 0, 0, 1], two)).toBeCloseTo(2 / Math.log(3), 3); // sigmoid(2 / T) = 3/4
  });

  it('takes back the factor by which logits are too large', () => {
    const { logits, truth } = overconfident(4000, 2.5, two);
    expect(fitTemperature(logits, truth, two)).toBeGreaterThan(2.3);
    expect(fitTemperature(logits, truth, two)).toBeLessThan(2.7);
  });

  it('judges collections, not classes', () => {
    const classes: ClassMap = { ...two, collectionOf: [0, 0, 1] };
    const { logits, truth } = overconfident(4000, 2, classes);
    expect(fitTemperature(logits, truth, classes)).toBeCloseTo(2, 0);
    const mean = (t: number): number =>
      logits.reduce((sum, z, i) => sum - Math.log(collectionProbabilities(z, t, classes)[truth[i]!]!), 0) / logits.length;
    const fitted = fitTemperature(logits, truth, classes);
    expect(mean(fitted)).toBeLessThan(mean(fitted * 1.05));
    expect(mean(fitted)).toBeLessThan(mean(fitted / 1.05));
  });

  it('stays within 0.25 and 8 where the photos ask for more', () => {
    const sure = [Float32Array.of(1, 0), Float32Array.of(0, 1)];
    expect(fitTemperature(sure, [0, 1], two)).toBeCloseTo(0.25, 3);
    expect(fitTemperature(sure, [1, 0], two)).toBeCloseTo(8, 2);
  });

  it('stays finite for a certain and wrong photo', () => {
    expect(fitTemperature([Float32Array.of(1e30, -1e30), Float32Array.of(2, 0)], [1, 0], two)).toBeCloseTo(8, 2);
  });

  it('leaves out photos of collections that the network has no class for', () => {
    const blind: ClassMap = { ...two, collections: ['a', 'b', 'c'], groupOf: [-1, -1, -1] };
    const logits = [0, 1, 2, 3, 4].map(() => Float32Array.of(2, 0));
    expect(fitTemperature(logits, [0, 0, 0, 1, 2], blind)).toBeCloseTo(2 / Math.log(3), 3);
    expect(fitTemperature(logits, [2, 2, 2, 2, 2], blind)).toBe(1);
  });
});

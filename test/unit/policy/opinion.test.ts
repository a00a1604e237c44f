import { describe, expect, it } from 'vitest';
import { collectionProbabilities, guessAt, type ClassMap } from '../../../src-main/policy/opinion.ts';

/** Four leaves; the two of cats lie apart. The rock belongs to no group. */
const classes: ClassMap = {
  collections: ['cats', 'dogs', 'rocks'],
  groups: ['animals'],
  groupOf: [0, 0, -1],
  collectionOf: [0, 1, 0, 2],
  leaves: ['tabby', 'poodle', 'lynx', 'granite'],
};
const logits = (...probabilities: number[]): Float32Array => Float32Array.from(probabilities, Math.log);

describe('an opinion', () => {
  it('adds up the probabilities of the classes of a collection', () => {
    const p = collectionProbabilities(logits(0.3, 0.35, 0.15, 0.2), 1, classes);
    expect([...p]).toEqual([expect.closeTo(0.45, 6), expect.closeTo(0.35, 6), expect.closeTo(0.2, 6)]);
  });

  it('names the best collection though another has the best leaf', () => {
    const guess = guessAt(logits(0.3, 0.35, 0.15, 0.2), 1, classes);
    expect(guess.leaf).toBe('poodle');
    expect(guess.top.map((t) => t.collection)).toEqual(['cats', 'dogs', 'rocks']);
    expect(guess.top[0]?.confidence).toBeCloseTo(0.45, 6);
  });

  it('knows the group better than its collections', () => {
    const guess = guessAt(logits(0.1, 0.3, 0.15, 0.45), 1, classes);
    expect(guess.top[0]?.collection).toBe('rocks');
    expect(guess.group).toEqual({ key: 'animals', confidence: expect.closeTo(0.55, 6) as number });
  });

  it('is flattened by a temperature above 1', () => {
    const p = collectionProbabilities(Float32Array.of(2, 0), 2, { ...classes, collections: ['a', 'b'], collectionOf: [0, 1] });
    expect(p[0]).toBeCloseTo(Math.E / (Math.E + 1), 12);
  });

  it('rounds confidences to float32, in which thresholds are solved', () => {
    const { confidence } = guessAt(logits(0.3, 0.35, 0.15, 0.2), 1.7, classes).top[0]!;
    expect(Math.fround(confidence)).toBe(confidence);
  });

  it('prefers the earlier of equal collections', () => {
    expect(guessAt(Float32Array.of(-9, 0, -9, 0), 1, classes).top[0]?.collection).toBe('dogs');
  });

  it('has no leaf and no group where the pack has none', () => {
    const guess = guessAt(Float32Array.of(0, 1), 1, {
      collections: ['a', 'b'],
      groups: [],
      groupOf: [-1, -1],
      collectionOf: [0, 1],
      leaves: null,
    });
    expect(guess).toMatchObject({ leaf: null, group: null });
    expect(guess.top).toHaveLength(2);
  });
});

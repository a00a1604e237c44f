import { expect, it } from 'vitest';
import { smallestThreshold } from '../../../src-main/policy/review.ts';

const solve = (confidence: number[], right: number[], share: number): number =>
  smallestThreshold(Float32Array.from(confidence), Uint8Array.from(right), share);

it('sorts as many photos as the wanted share of right ones allows', () => {
  expect(solve([0.9, 0.8, 0.7, 0.6, 0.5], [1, 1, 0, 1, 0], 0.75)).toBe(Math.fround(0.6)); // 3 of 4
  expect(solve([0.9, 0.8, 0.7, 0.6, 0.5], [1, 1, 0, 1, 0], 0.76)).toBe(Math.fround(0.8)); // 2 of 2
});

it('sorts photos that tie together', () => {
  expect(solve([0.75, 0.5, 0.5], [1, 1, 0], 0.9)).toBe(0.75);
});

it('sorts only what is certain where even the surest are wrong too often', () => {
  expect(solve([0.75, 0.5], [0, 1], 0.93)).toBe(1);
  expect(solve([], [], 0.93)).toBe(1);
});

import { expect, it } from 'vitest';
import { nobody, withMargin } from '../../../src-main/policy/index.ts';

it('adds log-odds to a threshold: e times the odds for 1 more', () => {
  expect(withMargin(0.5, Math.log(3))).toBeCloseTo(0.75, 12);
  expect(withMargin(0.9, 1.6)).toBeCloseTo(0.978, 3);
});

it('is undone by the same margin below 0', () => {
  expect(withMargin(withMargin(0.83, 1.2), -1.2)).toBeCloseTo(0.83, 12);
});

it('leaves alone the thresholds that nobody or everybody reaches, and all without a margin', () => {
  expect([0, 1, nobody].map((threshold) => withMargin(threshold, 1.6))).toEqual([0, 1, nobody]);
  expect(withMargin(0.83, 0)).toBeCloseTo(0.83, 15);
});

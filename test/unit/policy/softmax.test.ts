import { expect, it } from 'vitest';
import { softmax } from '../../../src-main/policy/softmax.ts';

it('adds up to 1 for logits whose exponentials overflow', () => {
  const p = softmax(Float32Array.of(1e38, 1e38, -1e38), 1);
  expect([...p]).toEqual([0.5, 0.5, 0]);
});

it('divides the logits by the temperature', () => {
  const p = softmax(Float32Array.of(3, 0), 3);
  expect(p[0]).toBeCloseTo(Math.E / (Math.E + 1), 14);
});

import { expect, it } from 'vitest';
import { exitTableOf, judge } from '../../../../src-main/packs/calibration/observation.ts';
import { classesAt, observation } from './made.ts';

const photo = observation('a', 'dogs', [[0.5, 0.3, 0.2], [0.3, 0.4, 0.3], [0.1, 0.8, 0.1]]); // prettier-ignore

it('an observation becomes the best collection of every exit, by the classes of its network', () => {
  const [judged] = judge([photo], [1, 1, 1], classesAt);
  expect(judged!.opinions.map(({ collection }) => collection)).toEqual(['cats', 'dogs', 'dogs']);
  expect(judged!.opinions[2]!.confidence).toBeCloseTo(0.8, 6);
  expect(judged!.group).toEqual({ right: true, confidence: expect.closeTo(0.9, 6) as number });
});

it('each exit has its own temperature', () => {
  const [judged] = judge([photo], [1, 1, 2], classesAt);
  const [a, b] = [Math.sqrt(0.8), Math.sqrt(0.1)];
  expect(judged!.opinions[2]!.confidence).toBeCloseTo(a / (a + 2 * b), 6);
  expect(judged!.opinions[0]!.confidence).toBeCloseTo(0.5, 6);
});

it('the table knows who is right at which exit', () => {
  const table = exitTableOf(judge([photo, { ...photo, truth: 'cats' }], [1, 1, 1], classesAt));
  expect(table.photos).toBe(2);
  expect(table.correct.map((row) => [...row])).toEqual([[0, 1], [1, 0], [1, 0]]); // prettier-ignore
  expect(table.confidence[0]![0]).toBe(Math.fround(table.confidence[0]![0]!));
});

it('a group is right where the true collection belongs to it', () => {
  const [rock] = judge([{ ...photo, truth: 'rocks' }], [1, 1, 1], classesAt);
  expect(rock!.group!.right).toBe(false);
});

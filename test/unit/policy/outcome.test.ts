import { expect, it } from 'vitest';
import { meanCost, outcomeOf } from '../../../src-main/policy/outcome.ts';
import { nobody } from '../../../src-main/policy/decide.ts';
import { exitTable } from './table.ts';

const table = exitTable([[0.75, 0.5, 0.25], [0.5, 0.75, 0.5], [0.5, 0.5, 0.5]], [[1, 0, 0], [0, 0, 1], [1, 1, 0]]); // prettier-ignore

it('counts a photo as right by the opinion of the exit where it left', () => {
  expect(outcomeOf(table, [0.75, 0.75])).toEqual({ leave: [1, 1, 1], right: 1 });
  expect(outcomeOf(table, [nobody, nobody])).toEqual({ leave: [0, 0, 3], right: 2 });
});

it('means the cost over all photos', () => expect(meanCost([1, 0, 3], [2, 5, 10])).toBe(8));

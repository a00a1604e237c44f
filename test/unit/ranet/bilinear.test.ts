import { expect, it } from 'vitest';
import { columnsMatrix, rowsMatrix } from '../../../src-main/ranet/graph/bilinear.ts';

const rounded = (matrix: Float32Array): number[] => Array.from(matrix, (value) => Math.round(value * 1000) / 1000);

it('keeps both ends when it enlarges, and steps evenly between', () => {
  expect(rounded(rowsMatrix(2, 4))).toEqual([1, 0, 0.667, 0.333, 0.333, 0.667, 0, 1]);
});

it('keeps both ends when it shrinks, without smoothing', () => {
  expect(rounded(rowsMatrix(5, 3))).toEqual([1, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1]);
});

it('takes the first place when one is left', () => expect(rounded(rowsMatrix(3, 1))).toEqual([1, 0, 0]));

it('enlarges a single place to many of the same', () => expect(rounded(rowsMatrix(1, 3))).toEqual([1, 1, 1]));

it('does along a row what it does down a column', () => {
  const [rows, columns] = [rowsMatrix(3, 7), columnsMatrix(3, 7)];
  for (let i = 0; i < 7; i++) for (let j = 0; j < 3; j++) expect(columns[j * 7 + i]).toBe(rows[i * 3 + j]);
});

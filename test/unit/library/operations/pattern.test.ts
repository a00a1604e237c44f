import { describe, expect, it } from 'vitest';
import { SquintError } from '../../../../src-main/contract/errors.ts';
import { patternOf } from '../../../../src-main/library/operations/pattern.ts';

const facts = { collection: 'Dogs', taken: '2019-05-06T10:00:00' };

it.each([
  ['{collection}', 'Dogs'],
  ['{collection}/{year}', 'Dogs/2019'],
  [' {year} / {year}-{month} {collection} ', '2019/2019-05 Dogs'],
  ['Sorted\\{collection}\\', 'Sorted/Dogs'],
  ['//{collection}//', 'Dogs'],
  ['CON/{collection}.', 'CON_/Dogs'],
])('%j sorts a dog of May 2019 into %j', (pattern, folder) => {
  expect(patternOf(pattern)(facts)).toBe(folder);
});

it('a photo without a date goes into one folder that says so', () => {
  const undated = { collection: 'Dogs', taken: null };
  expect(patternOf('{year}-{month}/{collection}')(undated)).toBe('No date/Dogs');
  expect(patternOf('{collection} {year}')(undated)).toBe('Dogs No date');
});

it('a title never makes a folder of its own, climbs out, or stays without a name', () => {
  const into = (collection: string): string => patternOf('{collection}/{year}')({ ...facts, collection });
  expect(into('Cats / dogs')).toBe('Cats - dogs/2019');
  expect(into('..')).toBe('-/2019');
  expect(into('../../etc')).toBe('-..-etc/2019');
  expect(into('C:\\Windows')).toBe('C--Windows/2019');
  expect(into('{year}')).toBe('{year}/2019');
  expect(into('')).toBe('-/2019');
});

describe('a pattern is refused', () => {
  it.each([
    ['', 'It names no folder.'],
    [' / ', 'It names no folder.'],
    ['{collection}/../{year}', '".." is no name for a folder.'],
    ['.', '"." is no name for a folder.'],
    ['{camera}', '{camera} is not known.'],
    ['{}', '{} is not known.'],
    ['{toString}', '{toString} is not known.'],
    ['{collection', 'A brace is open or closed alone.'],
    ['year}', 'A brace is open or closed alone.'],
    ['a/b/c/d/e/f/g/h/i', 'It makes 9 folders inside one another; 8 are allowed.'],
  ])('%j, because: %s', (pattern, message) => {
    const refusal = (): unknown => patternOf(pattern);
    expect(refusal).toThrow(SquintError);
    expect(refusal).toThrow(
      expect.objectContaining({ code: 'bad-pattern', message, hint: expect.stringContaining('{collection}/{year}') as string }),
    );
  });
});

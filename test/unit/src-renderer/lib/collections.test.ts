import { expect, it } from 'vitest';
import { matching } from '../../../../src-renderer/lib/collections.ts';

const collections = ['Wild & farm animals', 'Flowers & plants', 'Buildings & landmarks', 'Animals', 'Food & drink'].map((title) => ({
  key: title.toLowerCase(),
  title,
  group: null,
}));
const titles = (typed: string): string[] => matching(collections, typed).map(({ title }) => title);

it('what begins as typed comes first, then what has a word that does', () => {
  expect(titles('an')).toEqual(['Animals', 'Wild & farm animals', 'Buildings & landmarks', 'Flowers & plants']);
});

it('nothing typed is everything, by name', () => {
  expect(titles('  ')).toEqual(['Animals', 'Buildings & landmarks', 'Flowers & plants', 'Food & drink', 'Wild & farm animals']);
});

it('what was typed can be set off in the title', () => {
  expect(matching(collections, 'DRI')).toMatchObject([{ before: 'Food & ', match: 'dri', after: 'nk' }]);
  expect(titles('xyz')).toEqual([]);
});

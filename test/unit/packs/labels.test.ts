import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { PackError } from '../../../src-main/contract/errors.ts';
import { parseLabels } from '../../../src-main/packs/labels.ts';

const shared = fileURLToPath(new URL('../../../../shared/checkpoints/', import.meta.url));

const animals = { key: 'animals', title: 'Animals' };
const cats = { id: 0, key: 'cats', title: 'Cats', group: 'animals' };
const dogs = { id: 1, key: 'dogs', title: 'Dogs', group: 'animals' };
const leaves = [
  { leaf: 'tabby', collection: 'cats' },
  { leaf: 'pug', collection: 'dogs' },
  { leaf: 'husky', collection: 'dogs' },
];

describe('parseLabels', () => {
  it('puts leaves under collections and collections under groups', () => {
    expect(parseLabels({ leaves, collections: [cats, dogs], groups: [animals] })).toEqual({
      collections: [
        { key: 'cats', title: 'Cats', group: 'animals' },
        { key: 'dogs', title: 'Dogs', group: 'animals' },
      ],
      groups: [animals],
      classes: [
        { name: 'tabby', collection: 'cats' },
        { name: 'pug', collection: 'dogs' },
        { name: 'husky', collection: 'dogs' },
      ],
    });
  });

  it('needs no groups', () => {
    const collections = [{ key: 'cats', title: 'Cats' }];
    expect(parseLabels({ leaves: leaves.slice(0, 1), collections })).toMatchObject({ collections, groups: [] });
  });

  it('takes a plain list as collections that are the classes', () => {
    expect(parseLabels([cats, dogs])).toEqual({
      collections: [
        { key: 'cats', title: 'Cats' },
        { key: 'dogs', title: 'Dogs' },
      ],
      groups: [],
      classes: [
        { name: 'Cats', collection: 'cats' },
        { name: 'Dogs', collection: 'dogs' },
      ],
    });
  });

  it("takes a checkpoint's keys, which are then the titles too", () => {
    const { collections, classes } = parseLabels(['cats', 'dogs']);
    expect(collections).toEqual([
      { key: 'cats', title: 'cats' },
      { key: 'dogs', title: 'dogs' },
    ]);
    expect(classes[1]).toEqual({ name: 'dogs', collection: 'dogs' });
  });

  it.each<[string, unknown, string]>([
    ['a collection named twice', [cats, { ...cats, id: 1 }], 'the collection "cats" is there twice'],
    ['a key named twice in a checkpoint', ['cats', 'cats'], 'the collection "cats" is there twice'],
    ['a group named twice', { leaves, collections: [cats, dogs], groups: [animals, animals] }, 'the group "animals" is there twice'],
    [
      'a leaf of no collection',
      { leaves, collections: [cats], groups: [animals] },
      'the leaf "pug" belongs to the collection "dogs", which is not among the collections',
    ],
    [
      'a collection of no group',
      { leaves, collections: [cats, dogs], groups: [] },
      'the collection "cats" belongs to the group "animals", which is not among the groups',
    ],
    ['classes out of order', [dogs, cats], '"dogs" has the id 1 but stands at place 0; the labels must be in the order of the classes'],
    ['a label without a title', [{ id: 0, key: 'cats' }], '0.title: Invalid key: Expected "title" but received undefined'],
    ['a mixed list', ['cats', 7], '1: Invalid type: Expected string but received 7'],
    ['another kind of file', 'cats', 'Invalid type: Expected Object but received "cats"'],
  ])('refuses %s by name', (_, value, what) => {
    const parse = (): unknown => parseLabels(value);
    expect(parse).toThrow(PackError);
    expect(parse).toThrow(`The labels cannot be used: ${what}.`);
  });

  it.skipIf(!existsSync(shared))('reads the labels of both interim checkpoints', () => {
    const read = (name: string) => parseLabels(JSON.parse(readFileSync(`${shared}${name}.labels.json`, 'utf8')));
    const [large, small] = [read('photos64-interim'), read('photos32-interim')];
    expect([large.classes.length, large.collections.length, large.groups.length]).toEqual([325, 26, 7]);
    expect([small.classes.length, small.collections.length, small.groups.length]).toEqual([26, 26, 0]);
    expect(large.collections.map(({ key }) => key)).toEqual(small.collections.map(({ key }) => key));
  });
});

import { describe, expect, it } from 'vitest';
import { treeOf } from '../../../../src-renderer/lib/sort-tree.ts';

describe('the folders of a plan', () => {
  it('become a tree, in which each has the files in it and below', () => {
    const tree = treeOf(
      [
        { path: 'Dogs', files: 1, bytes: 5 },
        { path: 'Dogs/2023', files: 2, bytes: 10 },
        { path: 'Dogs/2024', files: 3, bytes: 20 },
        { path: 'Cats/2024', files: 4, bytes: 40 },
      ],
      'Sorted',
    );
    expect(tree).toMatchObject({ path: '', name: 'Sorted', files: 10, bytes: 75, own: 0 });
    expect(tree.branches.map(({ name, files, own }) => [name, files, own])).toEqual([
      ['Dogs', 6, 1],
      ['Cats', 4, 0],
    ]);
    expect(tree.branches[0]!.branches.map(({ path, files, own }) => [path, files, own])).toEqual([
      ['Dogs/2023', 2, 2],
      ['Dogs/2024', 3, 3],
    ]);
  });

  it('are the target itself where files go right into it', () => {
    expect(treeOf([{ path: '', files: 2, bytes: 9 }], 'Sorted')).toMatchObject({ files: 2, own: 2, branches: [] });
  });
});

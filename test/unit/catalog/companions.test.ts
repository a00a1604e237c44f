import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Catalog } from '../../../src-main/catalog/index.ts';
import { file, newCatalog, scanned, sorted, verdict } from './samples.ts';

const filesOf = (catalog: Catalog, photo: number) => catalog.filesOf(photo).map(({ path, role, missing }) => [path, role, missing]);
const pair = file('a.jpg', { companions: [file('a.cr2', { size: 9 })] });
const [jpg, raw, xmp] = ['a.jpg', 'a.cr2', 'a.xmp'].map((name) => join('/photos', name));

describe('a photo of several files', () => {
  it('is one, and names them all, the main one first', () => {
    const catalog = newCatalog();
    const { root, added } = scanned(catalog, '/photos', [pair]);
    expect(added).toEqual([1]);
    expect(catalog.roots()).toMatchObject([{ id: root, photos: 1, missing: 0 }]);
    expect(catalog.filesOf(1)).toEqual([
      { id: 1, path: jpg, size: 1000, mtimeMs: 5000, role: 'main', missing: false },
      { id: 2, path: raw, size: 9, mtimeMs: 5000, role: 'companion', missing: false },
    ]);
    expect(catalog.fileOf(1)).toMatchObject({ path: jpg, size: 1000 });
    expect(catalog.rowsOf([1], 3)).toMatchObject([{ name: 'a.jpg', missing: false }]);
    expect(catalog.photosNamed([1])).toMatchObject([{ path: jpg }]);
    expect(catalog.filesOf(2)).toEqual([]);
    expect(scanned(catalog, '/photos', [pair])).toMatchObject({ added: [], changed: [], removed: [], unchanged: 1 });
  });

  it('takes a companion that comes later, and is not read again for it', () => {
    const catalog = newCatalog();
    scanned(catalog, '/photos', [file('a.jpg')]);
    sorted(catalog, 1, verdict());
    expect(scanned(catalog, '/photos', [file('a.jpg', { companions: [file('a.xmp')] })])).toMatchObject({
      added: [],
      changed: [],
      unchanged: 1,
    });
    expect(filesOf(catalog, 1)).toEqual([
      [jpg, 'main', false],
      [xmp, 'companion', false],
    ]);
    expect(scanned(catalog, '/photos', [file('a.jpg', { companions: [file('a.xmp', { size: 5 })] })])).toMatchObject({ changed: [] });
    expect(catalog.filesOf(1)).toMatchObject([{ size: 1000 }, { size: 5 }]);
    expect(catalog.rowsOf([1], 3)).toMatchObject([{ state: 'sorted' }]);
  });

  it('is not missing when a companion goes', () => {
    const catalog = newCatalog();
    const { root } = scanned(catalog, '/photos', [pair]);
    expect(scanned(catalog, '/photos', [file('a.jpg')])).toMatchObject({ missing: [], unchanged: 1 });
    expect(filesOf(catalog, 1)).toEqual([
      [jpg, 'main', false],
      [raw, 'companion', true],
    ]);
    expect(catalog.roots()).toMatchObject([{ id: root, missing: 0 }]);
    scanned(catalog, '/photos', [pair]);
    expect(filesOf(catalog, 1)[1]).toEqual([raw, 'companion', false]);
  });

  it('keeps what the person said when all of it is moved', () => {
    const catalog = newCatalog();
    scanned(catalog, '/photos', [pair]);
    sorted(catalog, 1, verdict(), 'its bytes');
    catalog.correct([1], 'cats');
    scanned(catalog, '/photos', [file('b/a.jpg', { companions: [file('b/a.cr2')] })]);
    expect(catalog.noteContent(2, { hash: 'its bytes' })).toEqual({ photo: 1, relinkedFrom: 2 });
    expect(filesOf(catalog, 1)).toEqual([
      [join('/photos/b/a.jpg'), 'main', false],
      [join('/photos/b/a.cr2'), 'companion', false],
    ]);
    expect(catalog.rowsOf([1], 3)).toMatchObject([{ decided: { collection: 'cats' } }]);
  });
});

describe('a RAW of its own', () => {
  it('whose picture comes is part of that photo, with what the person said of it', () => {
    const catalog = newCatalog();
    scanned(catalog, '/photos', [file('a.cr2', { size: 9, companions: [file('a.xmp')] })]);
    catalog.correct([1], 'cats');
    expect(scanned(catalog, '/photos', [{ ...pair, companions: [...pair.companions!, file('a.xmp')] }])).toMatchObject({
      ...{ added: [2], removed: [1], missing: [] },
    });
    expect(filesOf(catalog, 2)).toEqual([
      [jpg, 'main', false],
      [raw, 'companion', false],
      [xmp, 'companion', false],
    ]);
    expect(catalog.rowsOf([1, 2], 3)).toMatchObject([{ id: 2, decided: { collection: 'cats' } }]);
    expect(catalog.counts()).toMatchObject({ photos: 1 });
    expect(catalog.undoLast()).toMatchObject({ photos: [2] });
  });

  it('does not change what the person said of the picture', () => {
    const catalog = newCatalog();
    scanned(catalog, '/photos', [file('a.cr2')]);
    catalog.correct([1], 'cats');
    scanned(catalog, '/photos', [file('a.cr2'), file('a.jpg')]);
    catalog.correct([2], 'dogs');
    scanned(catalog, '/photos', [pair]);
    expect(catalog.rowsOf([2], 3)).toMatchObject([{ decided: { collection: 'dogs' } }]);
  });

  it('is what stays when the picture goes, with what the person said; the picture is missing, and theirs again when it is back', () => {
    const catalog = newCatalog();
    scanned(catalog, '/photos', [pair]);
    catalog.correct([1], 'cats');
    expect(scanned(catalog, '/photos', [file('a.cr2', { size: 9 })])).toMatchObject({ added: [2], missing: [1] });
    expect(catalog.rowsOf([1, 2], 3)).toMatchObject([
      { name: 'a.jpg', missing: true, decided: { collection: 'cats' } },
      { name: 'a.cr2', missing: false, decided: { collection: 'cats' } },
    ]);
    expect(scanned(catalog, '/photos', [pair])).toMatchObject({ added: [], back: [1], removed: [2] });
    expect(filesOf(catalog, 1)).toEqual([
      [jpg, 'main', false],
      [raw, 'companion', false],
    ]);
  });
});

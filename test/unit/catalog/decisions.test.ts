import { describe, expect, it } from 'vitest';
import { openCatalog } from '../../../src-main/catalog/index.ts';
import { file, newCatalog, scanned, sorted, temporaryFolder, verdict } from './samples.ts';

describe("the person's word", () => {
  it('decides the pile, also of a photo in review', () => {
    const catalog = newCatalog();
    const { added } = scanned(catalog, '/photos', [file('a.jpg'), file('b.jpg')]);
    for (const id of added) sorted(catalog, id, verdict({ collection: 'dogs', pile: 'review' }));
    expect(catalog.counts()).toMatchObject({ review: 2, collections: {} });
    expect(catalog.confirm([added[0]!])).toEqual([added[0]]);
    expect(catalog.correct([added[1]!], 'cats')).toEqual([added[1]]);
    expect(catalog.counts()).toMatchObject({ review: 0, collections: { dogs: 1, cats: 1 } });
    expect(catalog.rowsOf(added, 3)).toMatchObject([
      { decided: { collection: 'dogs', how: 'confirmed' } },
      { decided: { collection: 'cats', how: 'corrected' }, collection: 'dogs' },
    ]);
  });

  it('cannot confirm what no network said, nor say the same twice', () => {
    const catalog = newCatalog();
    const { added } = scanned(catalog, '/photos', [file('a.jpg')]);
    expect(catalog.confirm(added)).toEqual([]);
    expect(catalog.correct([...added, 999], 'cats')).toEqual(added);
    expect(catalog.correct(added, 'cats')).toEqual([]);
    expect(catalog.undoLast()).toMatchObject({ photos: added });
    expect(catalog.undoLast()).toBeNull();
  });

  it('is taken back step by step, and said again', () => {
    const catalog = newCatalog();
    const { added } = scanned(catalog, '/photos', [file('a.jpg'), file('b.jpg')]);
    const words = () => catalog.rowsOf(added, 3).map(({ decided }) => decided?.collection ?? null);
    catalog.correct(added, 'cats');
    catalog.correct([added[0]!], 'dogs');
    expect(words()).toEqual(['dogs', 'cats']);
    expect(catalog.undoLast()).toEqual({ how: 'corrected', collections: ['dogs'], photos: [added[0]] });
    expect(words()).toEqual(['cats', 'cats']);
    expect(catalog.undoLast()).toEqual({ how: 'corrected', collections: ['cats'], photos: added });
    expect(words()).toEqual([null, null]);
    expect(catalog.redoLast()).toMatchObject({ collections: ['cats'] });
    expect(catalog.redoLast()).toMatchObject({ collections: ['dogs'] });
    expect(catalog.redoLast()).toBeNull();
    expect(words()).toEqual(['dogs', 'cats']);
  });

  it('that is new ends what could be said again', () => {
    const catalog = newCatalog();
    const { added } = scanned(catalog, '/photos', [file('a.jpg')]);
    catalog.correct(added, 'cats');
    catalog.undoLast();
    catalog.correct(added, 'dogs');
    expect(catalog.redoLast()).toBeNull();
    catalog.undoLast();
    expect(catalog.redoLast()).toMatchObject({ collections: ['dogs'] });
    expect(catalog.redoLast()).toBeNull();
  });

  it('can be taken back, and said again, after a restart', () => {
    const folder = temporaryFolder();
    let catalog = openCatalog(folder);
    const { added } = scanned(catalog, '/photos', [file('a.jpg')]);
    catalog.correct(added, 'cats');
    catalog.close();
    catalog = openCatalog(folder);
    expect(catalog.undoLast()).toMatchObject({ collections: ['cats'], photos: added });
    expect(catalog.counts()).toMatchObject({ waiting: 1, collections: {} });
    catalog.close();
    catalog = openCatalog(folder);
    expect(catalog.redoLast()).toMatchObject({ collections: ['cats'], photos: added });
    expect(catalog.counts()).toMatchObject({ waiting: 0, collections: { cats: 1 } });
    catalog.close();
  });
});

import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { openCatalog } from '../../../src-main/catalog/index.ts';
import { migrate } from '../../../src-main/catalog/migrate.ts';
import { migrations } from '../../../src-main/catalog/schema.ts';
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

describe('a flag', () => {
  it('is set, changed and taken off, and is counted', () => {
    const catalog = newCatalog();
    const { added } = scanned(catalog, '/photos', [file('a.jpg'), file('b.jpg'), file('c.jpg')]);
    const flags = () => catalog.rowsOf(added, 3).map(({ flag }) => flag);
    expect(catalog.flag(added.slice(0, 2), 'pick')).toEqual(added.slice(0, 2));
    expect(catalog.flag([added[0]!, 999], 'pick')).toEqual([]);
    expect(catalog.flag([added[1]!], 'reject')).toEqual([added[1]]);
    expect(flags()).toEqual(['pick', 'reject', null]);
    expect(catalog.counts()).toMatchObject({ picks: 1, rejects: 1, waiting: 3 });
    expect(catalog.flag(added, null)).toEqual(added.slice(0, 2));
    expect(catalog.counts()).toMatchObject({ picks: 0, rejects: 0, waiting: 3 });
  });

  it('and a collection are taken back in the order they were said, also after a restart', () => {
    const folder = temporaryFolder();
    let catalog = openCatalog(folder);
    const { added } = scanned(catalog, '/photos', [file('a.jpg')]);
    const stands = () => catalog.rowsOf(added, 3).map(({ flag, decided }) => [flag, decided?.collection ?? null])[0];
    catalog.flag(added, 'pick');
    catalog.correct(added, 'cats');
    catalog.flag(added, 'reject');
    catalog.flag(added, null);
    catalog.close();
    catalog = openCatalog(folder);
    expect(catalog.undoLast()).toEqual({ how: 'unflagged', collections: [], photos: added });
    expect(stands()).toEqual(['reject', 'cats']);
    expect(catalog.undoLast()).toMatchObject({ how: 'rejected' });
    expect(stands()).toEqual(['pick', 'cats']);
    expect(catalog.undoLast()).toMatchObject({ how: 'corrected', collections: ['cats'] });
    expect(catalog.undoLast()).toMatchObject({ how: 'picked' });
    expect(stands()).toEqual([null, null]);
    catalog.close();
    catalog = openCatalog(folder);
    for (let i = 0; i < 3; i += 1) catalog.redoLast();
    expect(stands()).toEqual(['reject', 'cats']);
    catalog.close();
  });

  it('stays with a photo whose file is renamed', () => {
    const catalog = newCatalog();
    const { added } = scanned(catalog, '/photos', [file('a.jpg')]);
    sorted(catalog, added[0]!, verdict(), 'a content');
    catalog.flag(added, 'pick');
    const renamed = scanned(catalog, '/photos', [file('b.jpg', { inode: 8, mtimeMs: 6000 })]);
    sorted(catalog, renamed.added[0]!, verdict(), 'a content');
    expect(catalog.rowsOf(added, 3)).toMatchObject([{ name: 'b.jpg', flag: 'pick' }]);
    catalog.flag(added, null);
    const again = scanned(catalog, '/photos', [file('c.jpg', { inode: 9, mtimeMs: 7000 })]);
    catalog.flag(again.added, 'reject'); // before anyone knew that it is the same
    sorted(catalog, again.added[0]!, verdict(), 'a content');
    expect(catalog.rowsOf(added, 3)).toMatchObject([{ name: 'c.jpg', flag: 'reject' }]);
    expect(catalog.counts()).toMatchObject({ photos: 1, picks: 0, rejects: 1 });
  });

  it('is new to a library of before; what was said there stands, and can be taken back', () => {
    const folder = temporaryFolder();
    const db = new DatabaseSync(join(folder, 'catalog.db'));
    migrate(db, folder, migrations.slice(0, 2)); // as it was before flags
    db.exec(`
      insert into roots (path, scope, added) values ('/photos', 'folder', 0);
      insert into photos (root, name, name_key, decided, decided_how) values (1, 'a.jpg', 'a', 'cats', 'corrected'), (1, 'b.jpg', 'b', null, null);
      insert into files (root, path, size, mtime, photo) values (1, 'a.jpg', 1, 1, 1), (1, 'b.jpg', 1, 1, 2);
      insert into decisions (step, at, photo, how, collection, before, before_how, state)
        values (4, 0, 1, 'corrected', 'cats', 'dogs', 'confirmed', 'stands'), (5, 0, 2, 'confirmed', 'dogs', null, null, 'undone');
    `);
    db.close();
    const catalog = openCatalog(folder);
    expect(catalog.counts()).toMatchObject({ photos: 2, waiting: 1, collections: { cats: 1 }, picks: 0, rejects: 0 });
    expect(catalog.redoLast()).toEqual({ how: 'confirmed', collections: ['dogs'], photos: [2] });
    catalog.flag([1], 'pick');
    expect(catalog.counts()).toMatchObject({ picks: 1, collections: { cats: 1, dogs: 1 } });
    catalog.undoLast();
    catalog.undoLast();
    expect(catalog.undoLast()).toEqual({ how: 'corrected', collections: ['cats'], photos: [1] });
    expect(catalog.rowsOf([1, 2], 3)).toMatchObject([{ decided: { collection: 'dogs', how: 'confirmed' }, flag: null }, { decided: null }]);
    catalog.close();
  });
});

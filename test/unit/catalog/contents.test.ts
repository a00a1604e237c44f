import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { file, newCatalog, newRun, pack, scanned, sorted, verdict } from './samples.ts';

describe('a file', () => {
  it('that did not change is not looked at again', () => {
    const catalog = newCatalog();
    const first = scanned(catalog, '/photos', [file('a.jpg', { mtimeMs: 5000.7 }), file('b.jpg')]);
    expect(first).toMatchObject({ added: [1, 2], changed: [], unchanged: 0 });
    expect(scanned(catalog, '/photos', [file('a.jpg', { mtimeMs: 5000.2 }), file('b.jpg')])).toMatchObject({
      ...{ added: [], changed: [], back: [], unchanged: 2, missing: [] },
    });
  });

  it('that changed waits to be read again, and keeps what the person said', () => {
    const catalog = newCatalog();
    const { added } = scanned(catalog, '/photos', [file('a.jpg')]);
    sorted(catalog, added[0]!, verdict());
    catalog.correct(added, 'cats');
    const before = catalog.rowsOf(added, 3)[0]!;
    expect(scanned(catalog, '/photos', [file('a.jpg', { size: 2000 })])).toMatchObject({ changed: added });
    const row = catalog.rowsOf(added, 3)[0]!;
    expect(row).toMatchObject({ state: 'waiting', collection: null, energy: null, decided: { collection: 'cats', how: 'corrected' } });
    expect(row.version).not.toBe(before.version);
    expect(catalog.verdictOf(added[0]!, pack)).toBeNull();
  });

  it('whose time changed but not its bytes has its verdict again as soon as it is read', () => {
    const catalog = newCatalog();
    const { added } = scanned(catalog, '/photos', [file('a.jpg')]);
    sorted(catalog, added[0]!, verdict(), 'same bytes');
    scanned(catalog, '/photos', [file('a.jpg', { mtimeMs: 9000 })]);
    catalog.noteContent(added[0]!, { hash: 'same bytes' });
    expect(catalog.verdictOf(added[0]!, pack)).toMatchObject({ collection: 'dogs', stored: true, path: join('/photos', 'a.jpg') });
  });

  it('that is gone is missing, kept, and back when it is back', () => {
    const catalog = newCatalog();
    const { root, added } = scanned(catalog, '/photos', [file('a.jpg'), file('b.jpg')]);
    sorted(catalog, added[0]!, verdict());
    expect(scanned(catalog, '/photos', [file('b.jpg')])).toMatchObject({ missing: [added[0]] });
    expect(catalog.rowsOf(added, 3).map(({ missing }) => missing)).toEqual([true, false]);
    expect(catalog.roots()).toMatchObject([{ id: root, photos: 2, missing: 1 }]);
    expect(scanned(catalog, '/photos', [file('a.jpg'), file('b.jpg')])).toMatchObject({ back: [added[0]], unchanged: 1 });
    expect(catalog.rowsOf(added, 3)[0]).toMatchObject({ missing: false, state: 'sorted', collection: 'dogs' });
  });

  it('that was renamed keeps its verdict and what the person said', () => {
    const catalog = newCatalog();
    const { added } = scanned(catalog, '/photos', [file('old.jpg')]);
    sorted(catalog, added[0]!, verdict(), 'its bytes');
    catalog.confirm(added);
    const again = scanned(catalog, '/photos', [file('folder/new.jpg')]);
    expect(again).toMatchObject({ added: [2], missing: added });
    expect(catalog.noteContent(2, { hash: 'its bytes' })).toEqual({ photo: added[0], relinkedFrom: 2 });
    expect(catalog.rowsOf([1, 2], 3)).toMatchObject([
      { id: 1, name: 'new.jpg', missing: false, state: 'sorted', decided: { collection: 'dogs', how: 'confirmed' } },
    ]);
    expect(catalog.fileOf(1)).toMatchObject({ path: join('/photos', 'folder', 'new.jpg'), folder: 'folder', hash: 'its bytes' });
    expect(catalog.verdictOf(1, pack)).toMatchObject({ collection: 'dogs', path: join('/photos', 'folder', 'new.jpg') });
    expect(catalog.idsOf({ filter: { text: 'new' }, order: 'name', after: null, limit: 9 }).ids).toEqual([1]);
    expect(catalog.idsOf({ filter: { text: 'old' }, order: 'name', after: null, limit: 9 }).ids).toEqual([]);
    expect(catalog.counts()).toMatchObject({ photos: 1, waiting: 0 });
  });

  it('that was moved to another root takes its photo along', () => {
    const catalog = newCatalog();
    const { root: from, added } = scanned(catalog, '/from', [file('a.jpg')]);
    sorted(catalog, added[0]!, verdict(), 'its bytes');
    scanned(catalog, '/from', []);
    const { root: to, added: now } = scanned(catalog, '/to', [file('a.jpg')]);
    catalog.noteContent(now[0]!, { hash: 'its bytes' });
    expect(catalog.roots()).toMatchObject([
      { id: from, photos: 0, missing: 0 },
      { id: to, photos: 1, missing: 0 },
    ]);
  });

  it('that was moved and sorted by the person before it was read keeps that word', () => {
    const catalog = newCatalog();
    const { added } = scanned(catalog, '/photos', [file('old.jpg')]);
    sorted(catalog, added[0]!, verdict(), 'its bytes');
    scanned(catalog, '/photos', [file('new.jpg')]);
    catalog.correct([2], 'cats');
    catalog.noteContent(2, { hash: 'its bytes' });
    expect(catalog.rowsOf([1], 3)[0]!.decided).toEqual({ collection: 'cats', how: 'corrected' });
    expect(catalog.undoLast()).toMatchObject({ photos: [1] });
    expect(catalog.rowsOf([1], 3)[0]!.decided).toBeNull();
  });
});

describe('exact duplicates', () => {
  it('that are both there are two photos, and the second has the verdict of the first without a run', () => {
    const catalog = newCatalog();
    const { added } = scanned(catalog, '/photos', [file('a.jpg'), file('copy.jpg')]);
    sorted(catalog, added[0]!, verdict(), 'the same');
    expect(catalog.noteContent(added[1]!, { hash: 'the same' })).toEqual({ photo: added[1], relinkedFrom: null });
    const known = catalog.verdictOf(added[1]!, pack)!;
    expect(known).toMatchObject({ stored: true, path: join('/photos', 'copy.jpg'), collection: 'dogs' });
    catalog.applyVerdict(added[1]!, pack, known);
    expect(catalog.counts().collections).toEqual({ dogs: 2 });
  });

  it('stay themselves when the other one is gone', () => {
    const catalog = newCatalog();
    const { added } = scanned(catalog, '/photos', [file('a.jpg'), file('copy.jpg')]);
    for (const id of added) catalog.noteContent(id, { hash: 'the same' });
    scanned(catalog, '/photos', [file('copy.jpg')]);
    expect(catalog.noteContent(added[1]!, { hash: 'the same', width: 40 })).toEqual({ photo: added[1], relinkedFrom: null });
    expect(catalog.rowsOf(added, 3)).toMatchObject([{ missing: true }, { missing: false, width: 40 }]);
  });
});

describe('a root', () => {
  it('that is offline changes nothing but that, and nothing of it is run', () => {
    const catalog = newCatalog();
    const { root, added } = scanned(catalog, '/photos', [file('a.jpg')]);
    catalog.setRootState(root, 'offline');
    expect(catalog.rowsOf(added, 3)).toMatchObject([{ missing: true, state: 'waiting' }]);
    const view = { filter: {}, order: 'added', after: null, limit: 9 } as const;
    expect(catalog.photosToRun(view, pack).photos).toEqual([]);
    expect(catalog.photosNamed(added)).toEqual([]);
    catalog.setRootState(root, 'online');
    expect(catalog.photosToRun(view, pack).photos).toEqual([{ id: added[0], path: join('/photos', 'a.jpg'), contentKnown: false }]);
  });

  it('taken from the list leaves the view, and brings everything back when it is added again', () => {
    const catalog = newCatalog();
    const { root, added } = scanned(catalog, '/photos', [file('a.jpg'), file('b.jpg')]);
    sorted(catalog, added[0]!, verdict());
    catalog.correct([added[1]!], 'cats');
    const before = { counts: catalog.counts(), rows: catalog.rowsOf(added, 3) };
    catalog.removeRoot(root);
    expect(catalog.roots()).toEqual([]);
    expect(catalog.counts()).toMatchObject({ photos: 0, collections: {} });
    expect(catalog.rowsOf(added, 3)).toEqual([]);
    expect(catalog.idsOf({ filter: { text: 'jpg' }, order: 'name', after: null, limit: 9 }).ids).toEqual([]);
    const again = scanned(catalog, '/photos', [file('a.jpg'), file('b.jpg')]);
    expect(again).toMatchObject({ root, unchanged: 2 });
    expect({ counts: catalog.counts(), rows: catalog.rowsOf(added, 3) }).toEqual(before);
  });

  it('whose folder above is added instead gives its photos over, as they are read', () => {
    const catalog = newCatalog();
    const { root, added } = scanned(catalog, '/photos/iceland', [file('a.jpg')]);
    sorted(catalog, added[0]!, verdict(), 'its bytes');
    catalog.removeRoot(root);
    const above = scanned(catalog, '/photos', [file('iceland/a.jpg')]);
    catalog.noteContent(above.added[0]!, { hash: 'its bytes' });
    expect(catalog.rowsOf(added, 3)).toMatchObject([{ id: added[0], root: above.root, collection: 'dogs' }]);
  });

  it('of which files were named becomes a whole folder when it is added itself', () => {
    const catalog = newCatalog();
    const root = catalog.addRoot({ path: '/photos', scope: 'files' });
    catalog.recordFiles(catalog.beginScan(root), [file('b.jpg'), file('a.jpg')]);
    expect(catalog.roots()).toMatchObject([{ scope: 'files', photos: 2 }]);
    expect(catalog.pathsIn(root)).toEqual(['a.jpg', 'b.jpg']);
    expect(catalog.addRoot({ path: '/photos', scope: 'folder' })).toBe(root);
    expect(catalog.addRoot({ path: '/photos', scope: 'files' })).toBe(root);
    expect(catalog.roots()).toMatchObject([{ scope: 'folder' }]);
  });
});

describe('a verdict', () => {
  it('needs the content to be known', () => {
    const catalog = newCatalog();
    const { added } = scanned(catalog, '/photos', [file('a.jpg')]);
    expect(() => {
      catalog.storeVerdict(added[0]!, newRun(catalog), pack, verdict());
    }).toThrow('The content of photo 1 must be noted before its verdict is stored.');
  });

  it('of another pack, or of pictures made otherwise, answers nothing, and the photo is run again', () => {
    const catalog = newCatalog();
    const { added } = scanned(catalog, '/photos', [file('a.jpg')]);
    sorted(catalog, added[0]!, verdict());
    const view = { filter: {}, order: 'added', after: null, limit: 9 } as const;
    expect(catalog.photosToRun(view, pack).photos).toEqual([]);
    for (const other of [
      { ...pack, digest: 'another' },
      { ...pack, preprocessing: '2' },
    ]) {
      expect(catalog.verdictOf(added[0]!, other)).toBeNull();
      expect(catalog.photosToRun(view, other).photos).toMatchObject([{ id: added[0], contentKnown: true }]);
    }
  });

  it('decided again under another policy stays stored as the run gave it', () => {
    const catalog = newCatalog();
    const { added } = scanned(catalog, '/photos', [file('a.jpg')]);
    sorted(catalog, added[0]!, verdict({ exit: 2 }));
    catalog.applyVerdict(added[0]!, pack, { ...verdict({ exit: 2 }), exit: 1, collection: 'cats' }, true);
    expect(catalog.rowsOf(added, 3)).toMatchObject([{ exit: 1, side: 64, collection: 'cats', further: true }]);
    expect(catalog.counts()).toMatchObject({ further: 1, exits: [1], collections: { cats: 1 } });
    expect(catalog.photosToRun({ filter: {}, order: 'added', after: null, limit: 9 }, pack).photos).toHaveLength(1);
    expect(catalog.verdictsOf(added, pack)).toEqual([
      { photo: added[0], verdict: { ...verdict({ exit: 2 }), path: join('/photos', 'a.jpg'), stored: true } },
    ]);
  });

  it('gives way to a problem, and a problem to a verdict', () => {
    const catalog = newCatalog();
    const { added } = scanned(catalog, '/photos', [file('a.jpg')]);
    sorted(catalog, added[0]!, verdict());
    catalog.storeProblem(added[0]!, { kind: 'failed', code: 'broken', message: 'It is broken.' });
    expect(catalog.rowsOf(added, 3)).toMatchObject([
      { state: 'failed', problem: { code: 'broken', message: 'It is broken.' }, collection: null, exit: null, energy: null },
    ]);
    sorted(catalog, added[0]!, verdict());
    expect(catalog.rowsOf(added, 3)).toMatchObject([{ state: 'sorted', problem: null, energy: { joules: 3, read: 2, network: 1 } }]);
  });
});

describe('what was left aside', () => {
  it('is told by reason with a few names, photos first', () => {
    const catalog = newCatalog();
    const root = catalog.addRoot({ path: '/photos', scope: 'folder' });
    const scan = catalog.beginScan(root);
    const { added } = catalog.recordFiles(scan, [file('a.jpg'), file('b.jpg'), file('c.cr2')]);
    const note = { code: 'not-a-picture-name', message: 'Files named .txt are no pictures.' };
    catalog.recordSkips(scan, { ...note, count: 2, examples: ['1.txt', '2.txt'] });
    catalog.recordSkips(scan, { ...note, count: 3, examples: ['3.txt', '4.txt', '5.txt'] });
    for (const id of added.slice(0, 2))
      catalog.storeProblem(id, { kind: 'failed', code: 'broken', message: 'It is broken.', hint: 'Look.' });
    catalog.storeProblem(added[2]!, { kind: 'skipped', code: 'raw', message: 'Camera RAW is not read yet.' });
    expect(catalog.problems()).toEqual([
      {
        ...{ kind: 'failed', code: 'broken', message: 'It is broken.', hint: 'Look.', count: 2 },
        examples: [
          { id: 1, name: 'a.jpg' },
          { id: 2, name: 'b.jpg' },
        ],
      },
      {
        ...{ kind: 'skipped', code: 'raw', message: 'Camera RAW is not read yet.', hint: null, count: 1 },
        examples: [{ id: 3, name: 'c.cr2' }],
      },
      { kind: 'not-a-picture', ...note, hint: null, count: 5, examples: ['1.txt', '2.txt', '3.txt'].map((name) => ({ id: null, name })) },
    ]);
    catalog.beginScan(root);
    expect(catalog.problems().map(({ kind }) => kind)).toEqual(['failed', 'skipped']);
  });

  it('is never told by the sentence of another photo, though the reason is of one kind', () => {
    const catalog = newCatalog();
    const { added } = scanned(catalog, '/photos', [file('a.jpg'), file('b.heic')]);
    catalog.storeProblem(added[0]!, { kind: 'failed', code: 'damaged', message: 'Nothing of this JPEG could be decoded.' });
    catalog.storeProblem(added[1]!, { kind: 'failed', code: 'damaged', message: 'Nothing of this HEIC could be decoded.' });
    const told = catalog.problems().map(({ message, examples }) => [message, examples[0]?.name]);
    expect(told.sort()).toEqual([
      ['Nothing of this HEIC could be decoded.', 'b.heic'],
      ['Nothing of this JPEG could be decoded.', 'a.jpg'],
    ]);
  });
});

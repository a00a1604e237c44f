import { join } from 'node:path';
import { expect, it } from 'vitest';
import { file, newCatalog, scanned } from './samples.ts';

const [source, target] = [join('/photos', 'a.jpg'), join('/photos', 'Cats', 'a.jpg')];

it('a photo that was moved keeps its row where a scan came upon it first, with what was said of it meanwhile', () => {
  const catalog = newCatalog();
  const {
    added: [photo],
  } = scanned(catalog, '/photos', [file('a.jpg')]);
  const [main] = catalog.filesOf(photo!);
  const operation = catalog.beginOperation(
    { kind: 'move', undoes: null, target: '/photos', collisions: 'number', grounds: ['/photos'], token: 'abc' },
    [
      {
        ...{ unit: 0, photo: photo!, file: main!.id, kind: 'move', source, target },
        ...{ size: 1000, mtimeMs: 5000, hash: null, reverses: null },
      },
    ],
  );
  const {
    added: [found],
  } = scanned(catalog, '/photos', [file('Cats/a.jpg')]);
  catalog.flag([found!], 'pick');
  const step = catalog.stepsOf(operation, 'intended', null)[0]![0]!;
  const at = { target, size: 1000, mtimeMs: 5000, inode: 7, hash: null, lost: [] };
  catalog.settleSteps([{ step, state: 'done', ...at }]);
  expect(catalog.rowsOf([photo!, found!], 3)).toMatchObject([{ id: photo, missing: false, flag: 'pick' }]);
  expect(catalog.filesOf(photo!)).toMatchObject([{ path: target, missing: false }]);
  expect(catalog.operation(operation)).toMatchObject({ done: 1, left: 0 });
});

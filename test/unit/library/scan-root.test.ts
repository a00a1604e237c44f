import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Catalog, type Recorded, openCatalog } from '../../../src-main/catalog/index.ts';
import { holds, placeAt, scanRoot } from '../../../src-main/library/index.ts';

let here = '';
let catalog: Catalog;
beforeEach(() => {
  here = realpathSync(mkdtempSync(join(tmpdir(), 'squint-scan-root-')));
  mkdirSync(join(here, 'photos'));
  catalog = openCatalog(join(here, 'home', 'library'));
});
afterEach(() => {
  catalog.close();
  rmSync(here, { recursive: true });
});

function files(...names: string[]): void {
  for (const name of names) {
    mkdirSync(dirname(join(here, name)), { recursive: true });
    writeFileSync(join(here, name), name);
  }
}

async function look(named: string[] = [], scope: 'folder' | 'files' = 'folder', path = 'photos', signal = new AbortController().signal) {
  const id = catalog.addRoot({ path: join(here, path), scope });
  const lots: Recorded[] = [];
  const gone = await scanRoot(
    catalog.roots().find((root) => root.id === id)!,
    named,
    {
      catalog,
      recorded: (lot) => lots.push(lot),
      except: join(here, 'home'),
      signal,
    },
  );
  const names = (of: 'added' | 'changed' | 'back') =>
    catalog
      .rowsOf(
        lots.flatMap((lot) => lot[of]),
        1,
      )
      .map(({ name }) => name);
  return {
    added: names('added'),
    changed: names('changed'),
    back: names('back'),
    unchanged: lots.reduce((sum, { unchanged }) => sum + unchanged, 0),
    gone: gone && catalog.rowsOf(gone, 1).map(({ name }) => name),
    lots: lots.length,
  };
}

describe('a folder brought into the catalogue', () => {
  it('has its pictures recorded, and the other files counted by reason', async () => {
    files('photos/a.jpg', 'photos/deep/b.heic', 'photos/notes.txt', 'photos/list.txt');
    expect(await look()).toMatchObject({ added: ['a.jpg', 'b.heic'], gone: [] });
    expect(catalog.problems()).toMatchObject([{ kind: 'not-a-picture', message: 'Files named .txt are no pictures.', count: 2 }]);
    await look();
    expect(catalog.problems()).toMatchObject([{ count: 2 }]);
  });

  it('is not asked again of what is as it was: only new, changed and gone files come', async () => {
    files('photos/a.jpg', 'photos/b.jpg', 'photos/c.jpg');
    await look();
    files('photos/d.jpg');
    writeFileSync(join(here, 'photos/a.jpg'), 'other');
    rmSync(join(here, 'photos/b.jpg'));
    expect(await look()).toMatchObject({ added: ['d.jpg'], changed: ['a.jpg'], back: [], gone: ['b.jpg'], unchanged: 1 });
    files('photos/b.jpg');
    utimesSync(join(here, 'photos/b.jpg'), 1, 1);
    expect(await look()).toMatchObject({ added: [], changed: ['b.jpg'], gone: [], unchanged: 3 });
  });

  it('comes in lots, a small one first', async () => {
    files(...Array.from({ length: 300 }, (_, i) => `photos/${i}.jpg`));
    const { added, lots } = await look();
    expect(added).toHaveLength(300);
    expect(lots).toBe(3);
  });

  it('loses nothing to a scan that was ended: what it did not come to is not gone', async () => {
    files('photos/a.jpg');
    await look();
    const { gone, added } = await look([], 'folder', 'photos', AbortSignal.abort());
    expect({ gone, added }).toEqual({ gone: null, added: [] });
    expect(catalog.roots()).toMatchObject([{ photos: 1, missing: 0 }]);
  });

  it('has none of what Squint itself keeps in it', async () => {
    files('home/cache/ab/picture', 'home/picture.jpg', 'own.jpg');
    expect((await look([], 'folder', '.')).added).toEqual(['own.jpg']);
  });
});

describe('files named one by one', () => {
  it('are recorded, and looked for again, and no others of their folder', async () => {
    files('photos/a.jpg', 'photos/b.jpg', 'photos/c.jpg');
    expect((await look([join(here, 'photos/a.jpg')], 'files')).added).toEqual(['a.jpg']);
    expect(await look([join(here, 'photos/b.jpg')], 'files')).toMatchObject({ added: ['b.jpg'], unchanged: 1 });
    rmSync(join(here, 'photos/a.jpg'));
    expect((await look([], 'files')).gone).toEqual(['a.jpg']);
  });
});

describe('a place that a person names', () => {
  it('is a folder, a file, or told why it is neither', async () => {
    files('photos/a.jpg', 'photos/plain', 'photos/notes.txt');
    expect(await placeAt(join(here, 'photos'))).toEqual({ kind: 'folder', path: join(here, 'photos') });
    expect(await placeAt(join(here, 'photos/a.jpg'))).toEqual({ kind: 'file', path: join(here, 'photos/a.jpg') });
    expect(await placeAt(join(here, 'photos/plain'))).toMatchObject({ kind: 'file' });
    expect(await placeAt(join(here, 'photos/notes.txt'))).toEqual({ kind: 'refused', why: 'notes.txt is no picture.' });
    expect(await placeAt(join(here, 'no'))).toEqual({ kind: 'refused', why: `There is no file or folder ${join(here, 'no')}.` });
  });

  it.skipIf(!existsSync('/dev/null'))('[no /dev] is not a device', async () => {
    expect(await placeAt('/dev/null')).toEqual({ kind: 'refused', why: 'null is neither a file nor a folder.' });
  });

  it('lies in a folder or not, whatever the names begin with', () => {
    expect(holds(join('/a', 'b'), join('/a', 'b'))).toBe(true);
    expect(holds(join('/a', 'b'), join('/a', 'b', '..c'))).toBe(true);
    expect(holds(join('/a', 'b'), join('/a', 'bc'))).toBe(false);
    expect(holds(join('/a', 'b'), '/a')).toBe(false);
  });
});

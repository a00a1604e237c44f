import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Catalog, type Recorded, openCatalog } from '../../../src-main/catalog/index.ts';
import { holds, placeAt, scanRoot } from '../../../src-main/library/index.ts';
import { asOrdinaryUser } from './ordinary-user.ts';

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
    removed: lots.reduce((sum, { removed }) => sum + removed.length, 0),
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

  it('that is taken away in mid-scan loses nothing', async () => {
    files('photos/b/1.jpg');
    await look();
    files(...Array.from({ length: 40 }, (_, i) => `photos/a/${i}.jpg`));
    const [root] = catalog.roots();
    const recorded = (): void => {
      if (existsSync(join(here, 'photos'))) renameSync(join(here, 'photos'), join(here, 'away'));
    };
    const signal = new AbortController().signal;
    expect(await scanRoot(root!, [], { catalog, recorded, except: join(here, 'home'), signal })).toBeNull();
    expect(catalog.roots()).toMatchObject([{ photos: 41, missing: 0 }]);
  });

  it('has what belongs together as one photo, also when a part comes later or goes', async () => {
    files('photos/IMG_1.JPG', 'photos/img_1.cr2', 'photos/b.nef', 'photos/b.nef.xmp');
    expect(await look()).toMatchObject({ added: ['b.nef', 'IMG_1.JPG'], gone: [] });
    expect(catalog.problems()).toEqual([]);
    expect(await look()).toMatchObject({ added: [], unchanged: 2, lots: 1 });
    files('photos/IMG_1.xmp', 'photos/b.jpg');
    rmSync(join(here, 'photos/img_1.cr2'));
    expect(await look()).toMatchObject({ added: ['b.jpg'], changed: [], gone: [], unchanged: 1, removed: 1 });
    const told = catalog
      .roots()
      .flatMap(() => [1, 2, 3].map((id) => catalog.filesOf(id).map(({ path, missing }) => `${missing ? '-' : ''}${basename(path)}`)));
    expect(told.filter((names) => names.length > 0)).toEqual([
      ['IMG_1.JPG', 'IMG_1.xmp', '-img_1.cr2'],
      ['b.jpg', 'b.nef', 'b.nef.xmp'],
    ]);
  });

  it('has none of what Squint itself keeps in it', async () => {
    files('home/cache/ab/picture', 'home/picture.jpg', 'own.jpg');
    expect((await look([], 'folder', '.')).added).toEqual(['own.jpg']);
  });
});

/** What was left aside: code, count, names. */
const aside = () => catalog.problems().map(({ code, count, examples }) => [code, count, examples.map(({ name }) => name).sort()]);

describe('what a scan does not come to', () => {
  it('is counted once for each reason, with a few names', async () => {
    files(
      'photos/a.jpg',
      ...[1, 2, 3].map((n) => `photos/.${n}/deep/hidden.jpg`),
      'photos/$RECYCLE.BIN/x.jpg',
      'photos/@eaDir/a.jpg/thumb.jpg',
    );
    expect(await look()).toMatchObject({ added: ['a.jpg'] });
    expect(aside()).toEqual([
      ['hidden', 3, ['.1', '.2', '.3']],
      ['system-folder', 2, ['$RECYCLE.BIN', '@eaDir']],
    ]);
    expect(catalog.problems().map(({ message }) => message)).toEqual([
      'Hidden files and folders are left out.',
      'Folders that belong to the system are left out.',
    ]);
  });

  it.skipIf(process.platform === 'win32')('may be behind links, in a circle, or out of the folder', async () => {
    files('photos/a.jpg', 'elsewhere/b.jpg');
    symlinkSync(join(here, 'photos'), join(here, 'photos/circle'));
    symlinkSync(join(here, 'elsewhere'), join(here, 'photos/out'));
    symlinkSync(join(here, 'nowhere'), join(here, 'photos/gone.jpg'));
    expect(await look()).toMatchObject({ added: ['a.jpg'] });
    expect(
      catalog
        .problems()
        .map(({ message, count }) => [message, count])
        .sort(),
    ).toEqual([
      ['Links are not followed: what they lead to is found where it lies.', 1],
      ['Links that lead nowhere or in a circle are left out.', 1],
      ['Links that lead out of the folder are not followed.', 1],
    ]);
  });

  it.skipIf(process.platform === 'win32')('may be a folder without permission: what is known of it stays', async () => {
    files('photos/a.jpg', 'photos/locked/b.jpg', 'photos/locked/deep/c.jpg');
    await look();
    chmodSync(join(here, 'photos/locked'), 0);
    expect(await asOrdinaryUser(here, () => look())).toMatchObject({ gone: [], unchanged: 1 });
    expect(catalog.problems()).toMatchObject([
      { message: 'The folder could not be opened (EACCES).', count: 1, examples: [{ name: 'locked' }] },
    ]);
    chmodSync(join(here, 'photos/locked'), 0o644); // it can be listed, and nothing in it can be looked at
    expect(await asOrdinaryUser(here, () => look())).toMatchObject({ gone: [] });
    expect(catalog.problems().map(({ message }) => message)).toContain('The file could not be looked at (EACCES).');
    chmodSync(join(here, 'photos/locked'), 0o700);
    rmSync(join(here, 'photos/locked'), { recursive: true });
    expect((await look()).gone?.toSorted()).toEqual(['b.jpg', 'c.jpg']);
  });

  it.skipIf(process.platform !== 'linux')('[Linux] may be too deep for the system to name', async () => {
    const part = 'x'.repeat(200);
    const half = join(...Array.from({ length: 12 }, () => part));
    files(join('photos', half, 'a.jpg'), join('other', half, 'b.jpg'));
    renameSync(join(here, 'other', part), join(here, 'photos', half, part));
    try {
      expect(await look()).toMatchObject({ added: ['a.jpg'] });
      expect(catalog.problems()).toMatchObject([{ code: 'path-too-long', message: 'The path is too long for this system.', count: 1 }]);
    } finally {
      renameSync(join(here, 'photos', half, part), join(here, 'other', part));
    }
  });

  it.skipIf(process.platform !== 'linux')(
    '[Linux] may have a name that is no Unicode; one with a sign that says so is a name',
    async () => {
      files('photos/fa\u{fffd}ade.jpg');
      writeFileSync(Buffer.concat([Buffer.from(join(here, 'photos/fa')), Buffer.from([0xe7]), Buffer.from('ade.jpg')]), '');
      rmSync(join(here, 'photos/fa\u{fffd}ade.jpg'));
      expect(await look()).toMatchObject({ added: [] });
      expect(catalog.problems()).toMatchObject([
        { code: 'name-not-unicode', count: 1, message: 'The name is not valid Unicode, so it cannot be opened.' },
      ]);
      rmSync(Buffer.concat([Buffer.from(join(here, 'photos/fa')), Buffer.from([0xe7]), Buffer.from('ade.jpg')]));
      files('photos/fa\u{fffd}ade.jpg');
      expect(await look()).toMatchObject({ added: ['fa\u{fffd}ade.jpg'] });
    },
  );
});

describe('names of any kind', () => {
  it.each([
    ['of 255 bytes', `${'日'.repeat(83)}ab.jpg`],
    ['from right to left', 'صورة\u{202e}gpj.jpg'],
    ['composed', 'caf\u00e9.jpg'],
    ['combining', 'cafe\u0301 \u1100\u1161.jpg'],
    ['beyond the first plane', '📷\u{10ffff}.jpg'],
    ['with spaces, stars and a new line', ' a*\n[b] .jpg'],
  ])('%s are found again, open, and stay as the system gave them', async (_, name) => {
    files(`photos/${name}`, `photos/${name.slice(0, 20)}-folder/x.jpg`);
    await look();
    expect(await look()).toMatchObject({ added: [], gone: [], unchanged: 2 });
    const paths = [1, 2].map((id) => catalog.fileOf(id)!.path);
    expect(paths).toContain(join(here, 'photos', name));
    for (const path of paths) expect(existsSync(path)).toBe(true);
  });

  it.skipIf(process.platform !== 'linux')('[Linux] that differ only in their Unicode form are two files', async () => {
    files('photos/caf\u00e9.jpg', 'photos/cafe\u0301.jpg');
    expect((await look()).added).toHaveLength(2);
    expect(await look()).toMatchObject({ unchanged: 2, gone: [] });
  });
});

describe('files named one by one', () => {
  it('bring what belongs to them, and are read though they are hidden', async () => {
    files('photos/a.jpg', 'photos/a.cr2', 'photos/b.jpg', 'photos/.c.jpg');
    expect((await look([join(here, 'photos/a.cr2'), join(here, 'photos/.c.jpg')], 'files')).added.sort()).toEqual(['.c.jpg', 'a.jpg']);
    expect(await look([], 'files')).toMatchObject({ added: [], unchanged: 2, gone: [] });
    expect([1, 2].map((id) => catalog.filesOf(id).length).sort()).toEqual([1, 2]);
  });

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

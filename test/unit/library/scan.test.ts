import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileError } from '../../../src-main/contract/errors.ts';
import { type Found, type ScanOptions, scan } from '../../../src-main/library/index.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'squint-scan-'));
});
afterEach(() => rmSync(root, { recursive: true }));

/** Makes empty files, and the folders above them. */
function files(...names: string[]): void {
  for (const name of names) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), '');
  }
}

const told = (found: Found): string => `${found.kind === 'photo' ? '' : `${found.code} `}${relative(root, found.path)}`;

async function found(inputs: readonly string[], options: ScanOptions = {}): Promise<string[]> {
  return (await Array.fromAsync(scan(inputs, { from: root, ...options }))).map(told);
}

async function photosIn(inputs: readonly string[]): Promise<string[]> {
  return (await Array.fromAsync(scan(inputs, { from: root }))).filter(({ kind }) => kind === 'photo').map(told);
}

async function refusal(inputs: readonly string[]): Promise<FileError> {
  try {
    await found(inputs);
  } catch (error) {
    if (error instanceof FileError) return error;
  }
  throw new Error('nothing was refused');
}

describe('in a folder', () => {
  it('pictures by name and files without an ending are tried, the others are told with a reason', async () => {
    files('a.JPG', 'b.heic', 'c.nef', 'd.tiff', 'e', 'film.mov', 'notes.txt');
    expect(await found(['.'])).toEqual([
      'a.JPG',
      'b.heic',
      'c.nef',
      'd.tiff',
      'e',
      'not-a-picture-name film.mov',
      'not-a-picture-name notes.txt',
    ]);
    const [film] = (await Array.fromAsync(scan([root]))).filter((file) => file.kind === 'other');
    expect(film).toMatchObject({ message: 'Files named .mov are no pictures.' });
  });

  it('photos come in natural order, folder by folder', async () => {
    files('IMG_10.jpg', 'IMG_2.jpg', 'img_1.jpg', 'B/2.jpg', 'B/10.jpg', 'a/1.jpg');
    expect(await found(['.'])).toEqual(
      ['a/1.jpg', 'B/2.jpg', 'B/10.jpg', 'img_1.jpg', 'IMG_2.jpg', 'IMG_10.jpg'].map((name) => join(name)),
    );
  });

  it('hidden files and folders are told and passed over, and read when named', async () => {
    files('.hidden.jpg', '.cache/a.jpg', 'b.jpg');
    expect(await found(['.'])).toEqual(['hidden .cache', 'hidden .hidden.jpg', 'b.jpg']);
    expect(await photosIn(['.hidden.jpg', '.cache', '.'])).toEqual(['.hidden.jpg', join('.cache/a.jpg'), 'b.jpg']);
  });

  it('folders of the system are told and passed over, hidden or not, and read when named', async () => {
    files('$RECYCLE.BIN/1.jpg', 'System Volume Information/2.jpg', '.Trash-1000/3.jpg', 'lost+found/4.jpg', '@eaDir/5.jpg', 'a.jpg');
    expect((await found(['.'])).toSorted()).toEqual([
      'a.jpg',
      ...['$RECYCLE.BIN', '.Trash-1000', '@eaDir', 'System Volume Information', 'lost+found'].map((name) => `system-folder ${name}`),
    ]);
    expect(await photosIn(['.', 'lost+found'])).toEqual(['a.jpg', join('lost+found/4.jpg')]);
  });

  it('what belongs together is one photo, and only what belongs to none is told', async () => {
    files('IMG_1.JPG', 'img_1.cr2', 'IMG_1.xmp', 'IMG_2.xmp');
    const [one, other] = await Array.fromAsync(scan([root]));
    expect(one).toEqual({
      kind: 'photo',
      path: join(root, 'IMG_1.JPG'),
      companions: ['img_1.cr2', 'IMG_1.xmp'].map((name) => join(root, name)),
    });
    expect(other).toMatchObject({ code: 'not-a-picture-name', message: 'Files named .xmp are no pictures.' });
  });

  it('a folder that cannot be opened is told, and the scan goes on', async () => {
    files('a/1.jpg', 'b/2.jpg', 'c/3.jpg');
    const list: string[] = [];
    let message = '';
    for await (const file of scan([root])) {
      list.push(told(file));
      if (file.kind === 'other') message = file.message;
      rmSync(join(root, 'b'), { recursive: true, force: true }); // it was listed, and is gone when its turn comes
    }
    expect(list).toEqual([join('a/1.jpg'), 'folder-not-readable b', join('c/3.jpg')]);
    expect(message).toBe('The folder could not be opened (ENOENT).');
  });

  it('the next folder is listed only when its turn comes', async () => {
    files('a/1.jpg', 'a/2.jpg', 'b/3.jpg');
    const scanning = scan([root]);
    await scanning.next();
    files('b/4.jpg');
    expect((await Array.fromAsync(scanning)).map(told)).toEqual(['a/2.jpg', 'b/3.jpg', 'b/4.jpg'].map((name) => join(name)));
  });
});

describe.skipIf(process.platform === 'win32')('symbolic links', () => {
  it('out of the tree are not followed, and circles end', async () => {
    files('outside/x.jpg', 'in/a.jpg');
    symlinkSync(join(root, 'outside'), join(root, 'in/away'));
    symlinkSync(join(root, 'outside/x.jpg'), join(root, 'in/x.jpg'));
    symlinkSync(join(root, 'in'), join(root, 'in/again'));
    symlinkSync(join(root, 'in/loop.jpg'), join(root, 'in/loop.jpg'));
    expect(await found(['in'])).toEqual([
      join('in/a.jpg'),
      ...[
        ['inside', 'again'],
        ['outside', 'away'],
        ['broken', 'loop.jpg'],
        ['outside', 'x.jpg'],
      ].map(([where, name]) => `link-${where} ${join('in', name!)}`),
    ]);
  });

  it('inside the tree add nothing, unless the file itself is hidden', async () => {
    files('a.jpg', '.store/0001');
    symlinkSync(join(root, 'a.jpg'), join(root, 'b.jpg'));
    symlinkSync(join(root, '.store/0001'), join(root, 'c.jpg'));
    expect(await found(['.'])).toEqual(['hidden .store', 'a.jpg', 'link-inside b.jpg', 'c.jpg']);
  });

  it('that lead nowhere are no match of a pattern, and an error when named', async () => {
    files('a.jpg');
    symlinkSync(join(root, 'gone'), join(root, 'b.jpg'));
    symlinkSync(join(root, 'c.jpg'), join(root, 'c.jpg'));
    expect(await found(['*.jpg'])).toEqual(['a.jpg']);
    expect((await refusal(['b.jpg'])).code).toBe('input-missing');
    expect((await refusal(['c.jpg'])).message).toBe(`Squint cannot look at ${join(root, 'c.jpg')} (ELOOP).`);
  });

  it('that are named are followed', async () => {
    files('outside/x.jpg');
    symlinkSync(join(root, 'outside'), join(root, 'link'));
    expect(await found(['link'])).toEqual([join('link/x.jpg')]);
    expect(await found(['link', 'outside'])).toEqual([join('link/x.jpg')]);
  });
});

describe('named inputs', () => {
  it('are tried whatever their names', async () => {
    files('photo.dat');
    expect(await found(['photo.dat'])).toEqual(['photo.dat']);
  });

  it('are one photo where they belong together, as a star names them', async () => {
    files('a.jpg', 'a.nef', 'a.nef.xmp', 'b.xmp');
    expect(await found(['*'])).toEqual(['a.jpg', 'b.xmp']);
  });

  it('count once however they overlap', async () => {
    files('a/1.jpg', 'a/b/2.jpg', 'a/notes.txt', 'ab/3.jpg');
    expect(await found(['a/b', 'a/b/2.jpg', 'a', 'a/notes.txt', './a', 'ab', '*/*.jpg'])).toEqual(
      ['a/b/2.jpg', 'a/notes.txt', 'a/1.jpg', 'ab/3.jpg'].map((name) => join(name)),
    );
  });

  it('may be patterns; hidden files only match when the pattern says so', async () => {
    files('a/1.jpg', 'a/2.png', 'b/.3.jpg', 'b/4.jpg', '.c/5.jpg');
    expect(await found(['**/*.jpg'])).toEqual([join('a/1.jpg'), join('b/4.jpg')]);
    expect(await found(['.c/*'])).toEqual([join('.c/5.jpg')]);
    expect(await found(['*/*.jpg'])).toEqual([join('a/1.jpg'), join('b/4.jpg')]);
    expect(await found(['**/.*.jpg'])).toEqual([join('b/.3.jpg')]);
    expect(await photosIn(['?'])).toEqual(['a/1.jpg', 'a/2.png', 'b/4.jpg'].map((name) => join(name)));
  });

  it('may look like patterns and be files', async () => {
    files('photo [1].jpg', 'photo 1.jpg', 'what {is} this*.jpg');
    expect(await found(['photo [1].jpg'])).toEqual(['photo [1].jpg']);
    expect(await found(['what {is} this*.jpg'])).toEqual(['what {is} this*.jpg']);
  });

  it('that are missing end the scan before it begins', async () => {
    files('a.jpg');
    const error = await refusal(['a.jpg', 'holiday']);
    expect(error).toMatchObject({ code: 'input-missing', path: join(root, 'holiday') });
    expect(error.message).toBe(`There is no file or folder ${join(root, 'holiday')}.`);
    expect(error.hint).toBe(`Relative paths start at ${root}. A path with spaces needs quotation marks.`);
  });

  it('that match nothing end it too', async () => {
    const error = await refusal(['*.jpg']);
    expect(error.code).toBe('nothing-matches');
    expect(error.message).toBe('No file matches the pattern *.jpg.');
  });
});

describe('a scan ends early', () => {
  it('after so many photos; other files do not count', async () => {
    files('a.txt', 'b.jpg', 'c.txt', 'd.jpg', 'e.jpg');
    expect(await found(['.'], { limit: 2 })).toEqual(['not-a-picture-name a.txt', 'b.jpg', 'not-a-picture-name c.txt', 'd.jpg']);
  });

  it('when its signal is given', async () => {
    files('a.jpg', 'b.jpg');
    const stop = new AbortController();
    const list: string[] = [];
    for await (const file of scan([root], { signal: stop.signal })) {
      list.push(told(file));
      stop.abort();
    }
    expect(list).toEqual(['a.jpg']);
  });
});

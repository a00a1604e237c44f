import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Catalog, type Recorded, openCatalog } from '../../../src-main/catalog/index.ts';
import { scanPart, scanRoot } from '../../../src-main/library/index.ts';
import { partsOf } from '../../../src-main/library/parts.ts';

let here = '';
let photos = '';
let catalog: Catalog;
let lots: Recorded[] = [];
beforeEach(() => {
  here = realpathSync(mkdtempSync(join(tmpdir(), 'squint-part-')));
  photos = join(here, 'photos');
  catalog = openCatalog(join(here, 'library'));
  for (const way of ['a.jpg', 'Iceland/b.jpg', 'Iceland/Day 1/c.jpg', 'Iceland/Day 2/d.jpg', 'Norway/e.jpg']) put(way);
  catalog.addRoot({ path: photos, scope: 'folder' });
});
afterEach(() => {
  catalog.close();
  rmSync(here, { recursive: true, force: true });
});

function put(way: string, bytes = way): void {
  mkdirSync(dirname(join(photos, way)), { recursive: true });
  writeFileSync(join(photos, way), bytes);
}
const root = () => catalog.roots()[0]!;
const scanning = (signal = new AbortController().signal) => ({
  catalog,
  recorded: (lot: Recorded) => lots.push(lot),
  except: join(here, 'home'),
  signal,
});
const whole = (): Promise<number[] | null> => scanRoot(root(), [], scanning());
const part = (...ways: string[]): Promise<number[] | null> => {
  lots = [];
  return scanPart(
    root(),
    ways.map((way) => join(photos, way)),
    scanning(),
  );
};
const namesOf = (ids: readonly number[] | null): string[] => catalog.rowsOf(ids ?? [], 0).map(({ name }) => name);
const looked = () => ({
  added: namesOf(lots.flatMap(({ added }) => added)),
  changed: namesOf(lots.flatMap(({ changed }) => changed)),
  back: namesOf(lots.flatMap(({ back }) => back)),
  unchanged: lots.reduce((sum, { unchanged }) => sum + unchanged, 0),
});
const nothing = { added: [], changed: [], back: [], unchanged: 0 };

describe('where something has changed', () => {
  it('is looked at the folder of a photo, and nowhere else', async () => {
    await whole();
    put('Iceland/b.jpg', 'other bytes');
    put('Iceland/new.jpg');
    unlinkSync(join(photos, 'Norway', 'e.jpg')); // nobody told of it
    expect(await part('Iceland/b.jpg', 'Iceland/new.jpg')).toEqual([]);
    expect(looked()).toEqual({ ...nothing, added: ['new.jpg'], changed: ['b.jpg'] });
    expect(root().missing).toBe(0);
  });

  it('a photo that is gone is missing, and known again when it is back', async () => {
    await whole();
    renameSync(join(photos, 'a.jpg'), join(here, 'a.jpg'));
    expect(namesOf(await part('a.jpg'))).toEqual(['a.jpg']);
    renameSync(join(here, 'a.jpg'), join(photos, 'a.jpg'));
    expect(await part('a.jpg')).toEqual([]);
    expect(looked()).toEqual({ ...nothing, back: ['a.jpg'] });
  });

  it('a folder that came is looked at with all that is in it', async () => {
    await whole();
    put('Sweden/deep/er/f.jpg');
    await part('Sweden');
    expect(looked()).toEqual({ ...nothing, added: ['f.jpg'], unchanged: 1 }); // and a.jpg, beside it
  });

  it('a folder that is gone takes all that was in it along, and nothing of one with a name that begins alike', async () => {
    put('Iceland 2/g.jpg');
    await whole();
    renameSync(join(photos, 'Iceland'), join(here, 'Iceland'));
    expect(namesOf(await part('Iceland')).sort()).toEqual(['b.jpg', 'c.jpg', 'd.jpg']);
    expect(root().missing).toBe(3);
  });

  it('what was left aside elsewhere stays told', async () => {
    put('notes.txt');
    await whole();
    put('Norway/more.jpg');
    await part('Norway/more.jpg');
    expect(catalog.problems()).toMatchObject([{ code: 'not-a-picture-name', count: 1 }]);
  });

  it('one that is stopped says nothing is missing', async () => {
    await whole();
    unlinkSync(join(photos, 'a.jpg'));
    const stop = new AbortController();
    stop.abort();
    expect(await scanPart(root(), [join(photos, 'a.jpg')], scanning(stop.signal))).toBeNull();
    expect(root().missing).toBe(0);
  });

  it('is no folder twice, and none outside', async () => {
    const at = (...ways: string[]): string[] => ways.map((way) => join(photos, way));
    expect(await partsOf(photos, at('a.jpg', 'Iceland', 'Iceland/b.jpg', 'Iceland/Day 1', 'Norway/e.jpg', '../outside.jpg'))).toEqual({
      folders: ['', 'Norway/'],
      trees: ['Iceland/'],
    });
    expect(await partsOf(photos, at('', 'Norway/e.jpg'))).toEqual({ folders: [], trees: [''] });
  });
});

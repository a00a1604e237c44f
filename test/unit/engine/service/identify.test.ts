import { randomFillSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Catalog, openCatalog } from '../../../../src-main/catalog/index.ts';
import { identify } from '../../../../src-main/engine/service/identify.ts';
import { scanRoot } from '../../../../src-main/library/index.ts';
import { pack, sorted, verdict } from '../../catalog/samples.ts';

let photos = '';
let here = '';
let catalog: Catalog;
beforeEach(() => {
  here = realpathSync(mkdtempSync(join(tmpdir(), 'squint-identify-')));
  photos = join(here, 'photos');
  mkdirSync(photos);
  catalog = openCatalog(join(here, 'library'));
});
afterEach(() => {
  catalog.close();
  rmSync(here, { recursive: true });
});

const bytes = randomFillSync(Buffer.alloc(300_000));

/** The same head, tail and length: only a byte in the middle differs. */
function seemingly(): Buffer {
  const other = Buffer.from(bytes);
  other[150_000]! ^= 1;
  return other;
}

const save = (name: string, content: Buffer): void => writeFileSync(join(photos, name), content);

/** What a scan finds. @returns ids of the photos that are there, by name */
async function look(): Promise<Record<string, number>> {
  const id = catalog.addRoot({ path: photos, scope: 'folder' });
  const root = catalog.roots().find((one) => one.id === id)!;
  await scanRoot(root, [], { catalog, recorded: () => undefined, except: join(here, 'library'), signal: new AbortController().signal });
  const { ids } = catalog.idsOf({ filter: {}, order: 'name', after: null, limit: 99 });
  return Object.fromEntries(catalog.rowsOf(ids, 3).flatMap(({ id: photo, name, missing }) => (missing ? [] : [[name, photo]])));
}

const identified = (photo: number) => identify(catalog, photo, catalog.fileOf(photo)!.path);

/** As a run does. */
async function sortedAs(photo: number, collection: string): Promise<void> {
  await identified(photo);
  sorted(catalog, photo, verdict({ collection }), catalog.fileOf(photo)!.hash!);
}

const known = (photo: number): string | undefined => catalog.verdictOf(photo, pack)?.collection;

describe('two files that agree in head, tail and length', () => {
  it('are two photos of one content where every byte is the same', async () => {
    save('a.jpg', bytes);
    save('b.jpg', bytes);
    const { 'a.jpg': a, 'b.jpg': b } = await look();
    await sortedAs(a!, 'dogs');
    expect(await identified(b!)).toEqual({ photo: b, relinkedFrom: null });
    expect(known(b!)).toBe('dogs');
  });

  it('are of two contents where a byte in the middle differs: neither has the verdict of the other', async () => {
    save('a.jpg', bytes);
    save('b.jpg', seemingly());
    const { 'a.jpg': a, 'b.jpg': b } = await look();
    await sortedAs(a!, 'dogs');
    expect(await identified(b!)).toEqual({ photo: b, relinkedFrom: null });
    expect(known(b!)).toBeUndefined();
    await sortedAs(b!, 'cats');
    expect([known(a!), known(b!)]).toEqual(['dogs', 'cats']);
    catalog.noteContent(b!, { hash: catalog.fileOf(b!)!.hash!, width: 40 }); // as when its size became known
    expect([known(a!), known(b!)]).toEqual(['dogs', 'cats']);
  });

  it('are told apart also when they are looked at together, and a third finds its own among them', async () => {
    save('a.jpg', bytes);
    save('b.jpg', seemingly());
    const { 'a.jpg': a, 'b.jpg': b } = await look();
    await Promise.all([identified(a!), identified(b!)]);
    await sortedAs(a!, 'dogs');
    await sortedAs(b!, 'cats');
    save('c.jpg', seemingly());
    const { 'c.jpg': c } = await look();
    await identified(c!);
    expect([known(a!), known(b!), known(c!)]).toEqual(['dogs', 'cats', 'cats']);
  });

  it('are not taken for one where the first has been rewritten meanwhile', async () => {
    save('a.jpg', bytes);
    const { 'a.jpg': a } = await look();
    await sortedAs(a!, 'dogs');
    save('a.jpg', Buffer.from('other'));
    save('b.jpg', seemingly());
    const { 'b.jpg': b } = await look();
    expect(known(a!)).toBeUndefined();
    expect(await identified(b!)).toEqual({ photo: b, relinkedFrom: null });
  });
});

describe('a moved file', () => {
  it('is the photo that it was', async () => {
    save('a.jpg', bytes);
    const { 'a.jpg': a } = await look();
    await sortedAs(a!, 'dogs');
    renameSync(join(photos, 'a.jpg'), join(photos, 'b.jpg'));
    const { 'b.jpg': b } = await look();
    expect(await identified(b!)).toEqual({ photo: a, relinkedFrom: b });
  });

  it('is not taken for one that only seems the same, where all bytes of that are known', async () => {
    save('a.jpg', bytes);
    save('b.jpg', seemingly());
    const { 'a.jpg': a, 'b.jpg': b } = await look();
    await sortedAs(a!, 'dogs');
    await sortedAs(b!, 'cats');
    rmSync(join(photos, 'a.jpg'));
    renameSync(join(photos, 'b.jpg'), join(photos, 'moved.jpg'));
    const { 'moved.jpg': moved } = await look();
    expect(await identified(moved!)).toEqual({ photo: b, relinkedFrom: moved });
  });
});

describe('a file that was rewritten in place', () => {
  it('with another time is read again, though its size is the same; what the person said stays', async () => {
    save('a.jpg', bytes);
    const { 'a.jpg': a } = await look();
    await sortedAs(a!, 'dogs');
    catalog.correct([a!], 'cats');
    const tagged = Buffer.from(bytes);
    tagged[100]! ^= 1;
    save('a.jpg', tagged);
    utimesSync(join(photos, 'a.jpg'), 1, 1);
    await look();
    expect(catalog.rowsOf([a!], 3)).toMatchObject([{ state: 'waiting', decided: { collection: 'cats', how: 'corrected' } }]);
    expect(await identified(a!)).toEqual({ photo: a, relinkedFrom: null });
    expect(known(a!)).toBeUndefined();
  });

  it('with the same size and time is not noticed', async () => {
    save('a.jpg', bytes);
    utimesSync(join(photos, 'a.jpg'), 1000, 1000);
    const { 'a.jpg': a } = await look();
    await sortedAs(a!, 'dogs');
    save('a.jpg', seemingly());
    utimesSync(join(photos, 'a.jpg'), 1000, 1000);
    await look();
    expect(catalog.rowsOf([a!], 3)).toMatchObject([{ state: 'sorted', collection: 'dogs' }]);
  });
});

it('a file that cannot be read says so', async () => {
  save('a.jpg', bytes);
  const { 'a.jpg': a } = await look();
  rmSync(join(photos, 'a.jpg'));
  await expect(identified(a!)).rejects.toMatchObject({ code: 'missing', path: join(photos, 'a.jpg') });
});

it('a photo that became a companion while its file was read is left alone', async () => {
  save('a.cr2', bytes);
  const { 'a.cr2': raw } = await look();
  save('a.jpg', Buffer.from('picture'));
  await look();
  expect(await identify(catalog, raw!, join(photos, 'a.cr2'))).toEqual({ photo: raw, relinkedFrom: null });
});

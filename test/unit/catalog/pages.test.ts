import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { type Catalog, openCatalog } from '../../../src-main/catalog/index.ts';
import { migrate } from '../../../src-main/catalog/migrate.ts';
import { migrations } from '../../../src-main/catalog/schema.ts';
import type { Filter, Order, Row } from '../../../src-main/contract/library.ts';
import { allIds, file, generator, newCatalog, pack, scanned, sorted, temporaryFolder, verdict } from './samples.ts';

const orders: Order[] = ['added', 'name', 'taken', 'confidence'];
const keys = ['dogs', 'cats', 'sea'];
const filters: Filter[] = [
  {},
  { root: 1 },
  { exit: 2 },
  { root: 2, exit: 1 },
  { pile: { kind: 'not-sorted' } },
  { pile: { kind: 'review' } },
  { pile: { kind: 'group', key: 'animals' } },
  { pile: { kind: 'collection', key: 'dogs' } },
  { pile: { kind: 'collection', key: 'cats' }, root: 1, exit: 3 },
  { flag: 'pick' },
  { flag: 'reject', root: 2 },
  { flag: 'pick', pile: { kind: 'collection', key: 'dogs' } },
  { flag: 'reject', pile: { kind: 'not-sorted' }, root: 1 },
  { flag: 'pick', exit: 2 },
  { flag: 'pick', text: '1' },
  { text: 'img' },
  { text: 'img', flag: 'reject' },
  { year: 2019 },
  { year: 2019, root: 2, exit: 2 },
  { camera: 'Canon 7D' },
  { camera: 'Olympus', year: 2021 },
  { camera: 'Canon 7D', pile: { kind: 'collection', key: 'dogs' } },
  { year: 2019, flag: 'pick' },
  { year: 2019, text: 'g_1' },
  { text: 'animal' },
  { text: 'Dog' },
  { text: 'sea', root: 1 },
  { text: 'dogs', exit: 2 },
  { text: 'g', year: 2021, camera: 'Olympus' },
  { text: 'RÖß' },
  { text: 'g_1', root: 2 },
  { text: '_' },
  { text: '7', pile: { kind: 'collection', key: 'dogs' } },
];

const times = ['2019-05-01T12:00:00', '2019-12-31T23:59:59', '2021-01-01T00:00:00'];
const titles = new Map([
  ['collection:dogs', ['Dogs', 'Animals']],
  ['collection:cats', ['Cats', 'Animals']],
  ['collection:sea', ['Sea', 'Nature']],
  ['group:animals', ['Animals']],
]);

/** Some hundred photos in two roots, with every fate. */
function populated(random: () => number): Catalog {
  const catalog = newCatalog();
  for (const path of ['/one', '/two']) {
    scanned(
      catalog,
      path,
      Array.from({ length: 150 }, (_, i) => file(`${i % 7}/${['IMG', 'Größe', 'z'][Math.floor(random() * 3)]!}_${i}.jpg`)),
    );
  }
  catalog.callPlaces(titles);
  for (let i = 0; i < 700; i += 1) befall(catalog, Math.ceil(random() * 300), random);
  return catalog;
}

/** Something that happens to a photo. */
function befall(catalog: Catalog, photo: number, random: () => number): void {
  const one = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]!;
  const told = verdict({
    ...{ collection: one(keys), confidence: Math.round(random() * 10) / 10, exit: one([1, 2, 3]) },
    pile: one(['collection', 'collection', 'group', 'review'] as const),
  });
  const deeds = [
    () => sorted(catalog, photo, told),
    () => {
      catalog.applyVerdict(photo, pack, told, random() < 0.5);
    },
    () => {
      catalog.storeProblem(photo, { kind: one(['failed', 'skipped'] as const), code: 'broken', message: 'It is broken.' });
    },
    () => catalog.confirm([photo]),
    () => catalog.correct([photo], one(keys)),
    () => catalog.noteContent(photo, { hash: `content of ${photo}`, taken: one(times), camera: one(['Canon 7D', 'Olympus']) }),
    () => catalog.flag([photo], one(['pick', 'reject', null])),
    () => catalog.flag([photo], 'pick'),
    () => catalog.undoLast(),
    () => catalog.redoLast(),
  ];
  one(deeds)();
}

type Photo = Row & { readonly taken: string | null; readonly camera: string | null };

/** The plain meaning of a filter. */
function passes(row: Photo, { root, pile, exit, flag, year, camera, text = '' }: Filter): boolean {
  const place = row.decided ? `collection ${row.decided.collection}` : row.state === 'sorted' ? placeOf(row) : 'not-sorted';
  const words = [row.name, ...(titles.get(place.replace(' ', ':')) ?? [])].map((word) => word.toLowerCase());
  return (
    (root === undefined || row.root === root) &&
    (exit === undefined || row.exit === exit) &&
    (flag === undefined || row.flag === flag) &&
    (pile === undefined || place === ('key' in pile ? `${pile.kind} ${pile.key}` : pile.kind)) &&
    (year === undefined || row.taken?.startsWith(`${year}-`) === true) &&
    (camera === undefined || row.camera === camera) &&
    words.some((word) => word.includes(text.toLowerCase()))
  );
}

const placeOf = ({ pile, collection, group }: Row): string =>
  pile === 'collection' ? `collection ${collection!}` : pile === 'group' ? `group ${group!}` : 'review';

const natural = new Intl.Collator('en', { numeric: true });

function inOrder(rows: readonly Photo[], order: Order): number[] {
  const by = {
    added: () => 0,
    name: (a: Photo, b: Photo) => natural.compare(a.name, b.name),
    taken: (a: Photo, b: Photo) => Number(a.taken === null) - Number(b.taken === null) || (a.taken ?? '').localeCompare(b.taken ?? ''),
    confidence: (a: Photo, b: Photo) => (a.confidence ?? 2) - (b.confidence ?? 2),
  }[order];
  return rows.toSorted((a, b) => by(a, b) || a.id - b.id).map(({ id }) => id);
}

describe('a view', () => {
  it('has exactly the photos that its filter leaves, in its order, whatever happened to them', async () => {
    const random = generator(7);
    const catalog = populated(random);
    const ids = Array.from({ length: 300 }, (_, i) => i + 1);
    const rows = catalog.rowsOf(ids, 3).map((row): Photo => {
      const { taken, camera } = catalog.fileOf(row.id)!;
      return { ...row, taken, camera };
    });
    expect(rows).toHaveLength(300);
    for (const filter of filters) {
      const left = rows.filter((row) => passes(row, filter));
      expect(left.length, `photos of ${JSON.stringify(filter)}`).toBeGreaterThan(0);
      expect(await catalog.count(filter), `count of ${JSON.stringify(filter)}`).toBe(left.length);
      for (const order of orders) {
        for (const limit of [1, 17, 1000]) {
          expect(allIds(catalog, { filter, order, limit }), `${JSON.stringify(filter)} by ${order}`).toEqual(inOrder(left, order));
        }
      }
    }
  });

  it('shows each photo once while others come and go', () => {
    const random = generator(3);
    const catalog = populated(random);
    const { root } = catalog.fileOf(1)!;
    const scan = catalog.beginScan(root);
    for (const order of orders) {
      const seen: number[] = [];
      const before = allIds(catalog, { filter: {}, order, limit: 500 });
      let after: string | null = null;
      for (let n = 0; n === 0 || after !== null; n += 1) {
        const page = catalog.idsOf({ filter: {}, order, after, limit: 10 });
        seen.push(...page.ids);
        after = page.next;
        catalog.recordFiles(scan, [file(`new/${order}-${n % 2 === 0 ? 'a' : 'z'}${n}.jpg`)]);
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(before.filter((id) => !seen.includes(id))).toEqual([]);
    }
  });

  it('is empty where a filter leaves nothing', async () => {
    const catalog = populated(generator(5));
    const none: Filter[] = [{ year: 1999 }, { camera: 'no such camera' }, { text: 'cats', pile: { kind: 'review' } }, { root: 9 }];
    for (const filter of none) {
      expect(await catalog.count(filter)).toBe(0);
      for (const order of orders) expect(catalog.idsOf({ filter, order, after: null, limit: 5 })).toEqual({ ids: [], next: null });
    }
  });

  it('goes on after a photo that left it', () => {
    const catalog = newCatalog();
    const { added } = scanned(
      catalog,
      '/photos',
      ['a', 'b', 'c', 'd'].map((name) => file(`${name}.jpg`)),
    );
    const filter: Filter = { pile: { kind: 'not-sorted' } };
    const { next } = catalog.idsOf({ filter, order: 'name', after: null, limit: 2 });
    catalog.correct([added[1]!], 'cats');
    expect(catalog.idsOf({ filter, order: 'name', after: next, limit: 2 }).ids).toEqual(added.slice(2));
  });

  it('sorts names as people do, whatever the case and the form of their accents', async () => {
    const catalog = newCatalog();
    const names = ['IMG_2.jpg', 'img_10.jpg', 'IMG_010b.jpg', 'Ze\u0301bra.jpg', 'z\u00e9bra 2.jpg', '\u{1F600}.jpg', '\uFF21.jpg'];
    scanned(
      catalog,
      '/photos',
      names.toReversed().map((name) => file(name)),
    );
    const ids = allIds(catalog, { filter: {}, order: 'name', limit: 2 });
    const shown = catalog.rowsOf(ids, 3).map(({ name }) => name);
    expect(shown).toEqual(
      ['IMG_2.jpg', 'img_10.jpg', 'IMG_010b.jpg', 'zébra 2.jpg', 'Zébra.jpg', '\uFF21.jpg', '\u{1F600}.jpg'].map((name) =>
        name.normalize('NFC'),
      ),
    );
    expect(await catalog.count({ text: 'ze\u0301b' })).toBe(2);
  });

  it('merges ranges in the order of the index also beyond the Basic Multilingual Plane', () => {
    const catalog = newCatalog();
    for (const path of ['/one', '/two', '/three']) {
      scanned(
        catalog,
        path,
        ['\u{1F600}', '\uFF21', '\uE000', '\u{10000}', 'a'].map((name) => file(`${name}.jpg`)),
      );
    }
    expect(new Set(allIds(catalog, { filter: {}, order: 'name', limit: 2 })).size).toBe(15);
  });

  it('refuses a cursor that no page of its order gave', () => {
    const catalog = newCatalog();
    for (const after of ['nonsense', '[1]', '["a",1]', '{}']) {
      expect(() => catalog.idsOf({ filter: {}, order: 'added', after, limit: 2 })).toThrow(
        `Expected the next of a page in the order added, received ${after}.`,
      );
    }
  });

  it('finds signs that mean something to SQLite as what they are', () => {
    const catalog = newCatalog();
    const { added } = scanned(catalog, '/photos', [file('100%.jpg'), file('a"b".jpg'), file('c*d.jpg'), file('1000.jpg')]);
    const found = (text: string) => catalog.idsOf({ filter: { text }, order: 'added', after: null, limit: 9 }).ids;
    expect(found('0%')).toEqual([added[0]]);
    expect(found('100%')).toEqual([added[0]]);
    expect(found('a"b"')).toEqual([added[1]]);
    expect(found('c*d')).toEqual([added[2]]);
    expect(found('\\')).toEqual([]);
  });
});

describe('years and cameras', () => {
  it('are counted as they are found, also of a content that several photos have', () => {
    const catalog = newCatalog();
    const { root, added } = scanned(
      catalog,
      '/photos',
      ['a', 'b', 'c', 'd'].map((name) => file(`${name}.jpg`)),
    );
    const [a, b, c] = added as [number, number, number];
    catalog.noteContent(a, { hash: '1' });
    catalog.noteContent(b, { hash: '1', taken: '2019-05-01T12:00:00', camera: 'Canon 7D' });
    catalog.noteContent(c, { hash: '2', taken: '2021-05-01T12:00:00' });
    const all = {
      years: [
        { year: 2021, photos: 1 },
        { year: 2019, photos: 2 },
      ],
      cameras: [{ camera: 'Canon 7D', photos: 2 }],
    };
    expect(catalog.facets()).toEqual(all);
    expect(catalog.facets(root)).toEqual(all);
    expect(catalog.facets(root + 1)).toEqual({ years: [], cameras: [] });
    scanned(catalog, '/photos', [file('a.jpg', { size: 7 }), file('b.jpg')]); // a is another picture now
    expect(catalog.facets()).toMatchObject({ cameras: [{ camera: 'Canon 7D', photos: 1 }] });
    catalog.removeRoot(root);
    expect(catalog.facets()).toEqual({ years: [], cameras: [] });
  });

  it('equal what is counted anew, whatever happened', () => {
    const catalog = populated(generator(3));
    const { years, cameras } = catalog.facets();
    expect(years.map(({ year }) => year)).toEqual([2021, 2019]);
    for (const { year, photos } of years) expect(allIds(catalog, { filter: { year }, order: 'added', limit: 50 })).toHaveLength(photos);
    for (const { camera, photos } of cameras)
      expect(allIds(catalog, { filter: { camera }, order: 'name', limit: 50 })).toHaveLength(photos);
  });
});

describe('a library of before years and cameras', () => {
  it('has those that it knew, and counts them', () => {
    const folder = temporaryFolder();
    const db = new DatabaseSync(join(folder, 'catalog.db'));
    migrate(db, folder, migrations.slice(0, 4)); // as it was before
    db.exec(`
      insert into roots (path, scope, added) values ('/photos', 'folder', 0);
      insert into contents (hash, taken, camera) values ('1', '2019-05-01T12:00:00', 'Canon 7D'), ('2', null, null);
      insert into photos (root, name, name_key, content) values (1, 'a.jpg', 'a', 1), (1, 'b.jpg', 'b', 2), (1, 'c.jpg', 'c', null);
      insert into files (root, path, size, mtime, photo) select 1, name, 1, 1, id from photos;
    `);
    db.close();
    const catalog = openCatalog(folder);
    expect(catalog.facets()).toEqual({ years: [{ year: 2019, photos: 1 }], cameras: [{ camera: 'Canon 7D', photos: 1 }] });
    expect(allIds(catalog, { filter: { year: 2019, camera: 'Canon 7D' }, order: 'taken', limit: 5 })).toEqual([1]);
    expect(allIds(catalog, { filter: {}, order: 'taken', limit: 1 })).toEqual([1, 2, 3]);
    catalog.noteContent(3, { hash: '3', taken: '2001-01-01T00:00:00' });
    expect(allIds(catalog, { filter: {}, order: 'taken', limit: 1 })).toEqual([3, 1, 2]);
    catalog.close();
  });
});

describe('the counts', () => {
  it('equal what is counted anew, whatever happened', () => {
    const random = generator(11);
    const catalog = populated(random);
    const rows = catalog.rowsOf(
      Array.from({ length: 300 }, (_, i) => i + 1),
      3,
    );
    for (const root of [undefined, 1, 2]) {
      const its = rows.filter((row) => root === undefined || row.root === root);
      const open = its.filter(({ decided }) => !decided);
      const expected = {
        photos: its.length,
        waiting: open.filter(({ state }) => state === 'waiting').length,
        failed: open.filter(({ state }) => state === 'failed').length,
        skipped: open.filter(({ state }) => state === 'skipped').length,
        review: open.filter(({ pile }) => pile === 'review').length,
        picks: its.filter(({ flag }) => flag === 'pick').length,
        rejects: its.filter(({ flag }) => flag === 'reject').length,
        further: its.filter(({ further }) => further).length,
        collections: Object.fromEntries(
          keys.map((key) => [
            key,
            its.filter(
              ({ decided, pile, collection }) => (decided ? decided.collection : pile === 'collection' ? collection : null) === key,
            ).length,
          ]),
        ),
        groups: { animals: open.filter(({ pile }) => pile === 'group').length },
        exits: [1, 2, 3].map((exit) => its.filter((row) => row.exit === exit).length),
      };
      expect(catalog.counts(root)).toEqual(expected);
    }
  });
});

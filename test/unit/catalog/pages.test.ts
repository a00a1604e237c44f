import { describe, expect, it } from 'vitest';
import type { Catalog } from '../../../src-main/catalog/index.ts';
import type { Filter, Order, Row } from '../../../src-main/contract/library.ts';
import { allIds, file, newCatalog, pack, scanned, sorted, verdict } from './samples.ts';

/** Numbers in [0, 1), the same every time. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const orders: Order[] = ['added', 'name', 'confidence'];
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
  { text: 'RÖß' },
  { text: 'g_1', root: 2 },
  { text: '_' },
  { text: '7', pile: { kind: 'collection', key: 'dogs' } },
];

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
  for (let i = 0; i < 400; i += 1) befall(catalog, Math.ceil(random() * 300), random);
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
    () => catalog.flag([photo], one(['pick', 'reject', null])),
    () => catalog.flag([photo], 'pick'),
    () => catalog.undoLast(),
    () => catalog.redoLast(),
  ];
  one(deeds)();
}

/** The plain meaning of a filter. */
function passes(row: Row, { root, pile, exit, flag, text }: Filter): boolean {
  const place = row.decided ? `collection ${row.decided.collection}` : row.state === 'sorted' ? placeOf(row) : 'not-sorted';
  return (
    (root === undefined || row.root === root) &&
    (exit === undefined || row.exit === exit) &&
    (flag === undefined || row.flag === flag) &&
    (pile === undefined || place === ('key' in pile ? `${pile.kind} ${pile.key}` : pile.kind)) &&
    (text === undefined || row.name.toLowerCase().includes(text.toLowerCase()))
  );
}

const placeOf = ({ pile, collection, group }: Row): string =>
  pile === 'collection' ? `collection ${collection!}` : pile === 'group' ? `group ${group!}` : 'review';

const natural = new Intl.Collator('en', { numeric: true });

function inOrder(rows: readonly Row[], order: Order): number[] {
  const by = {
    added: () => 0,
    name: (a: Row, b: Row) => natural.compare(a.name, b.name),
    confidence: (a: Row, b: Row) => (a.confidence ?? 2) - (b.confidence ?? 2),
  }[order];
  return rows.toSorted((a, b) => by(a, b) || a.id - b.id).map(({ id }) => id);
}

describe('a view', () => {
  it('has exactly the photos that its filter leaves, in its order, whatever happened to them', () => {
    const random = generator(7);
    const catalog = populated(random);
    const rows = catalog.rowsOf(
      Array.from({ length: 300 }, (_, i) => i + 1),
      3,
    );
    expect(rows).toHaveLength(300);
    for (const filter of filters) {
      const left = rows.filter((row) => passes(row, filter));
      expect(left.length, `photos of ${JSON.stringify(filter)}`).toBeGreaterThan(0);
      expect(catalog.count(filter), `count of ${JSON.stringify(filter)}`).toBe(left.length);
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

  it('sorts names as people do, whatever the case and the form of their accents', () => {
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
    expect(catalog.count({ text: 'ze\u0301b' })).toBe(2);
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

/** Counts and pages of a library that is too large to be looked through at once, against what plain SQL says of every photo. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Catalog, openCatalog } from '../../../src-main/catalog/index.ts';
import type { Filter, Order } from '../../../src-main/contract/library.ts';
import { allIds, file, generator, scanned } from './samples.ts';

const photos = 12_000;
const random = generator(21);
const below = (n: number): number => Math.floor(random() * n);
const one = <T>(of: readonly T[]): T => of[below(of.length)]!;

const words = ['IMG', 'IMG', 'IMG', 'IMG', 'dog park', 'Zebra'];
const titles = new Map([
  ['collection:dogs', ['Dogs', 'Animals']],
  ['collection:sea', ['Sea', 'Nature']],
  ['group:animals', ['Animals']],
]);
const keyOf: Record<Order, string> = { added: 'id', name: 'name_key', taken: 'taken', confidence: 'coalesce(confidence, 2)' };
const piles: NonNullable<Filter['pile']>[] = [
  { kind: 'collection', key: 'dogs' },
  { kind: 'collection', key: 'sea' },
  { kind: 'group', key: 'animals' },
  { kind: 'review' },
  { kind: 'not-sorted' },
];

let folder: string;
let catalog: Catalog;
let db: DatabaseSync; // asks beside it

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'squint-views-'));
  catalog = openCatalog(folder);
  catalog.callPlaces(titles);
  const share = [0.7, 0.25, 0.05];
  for (const [i, part] of share.entries()) {
    const files = Array.from({ length: Math.round(photos * part) }, (_, n) => file(`${one(words)}_${n}.jpg`));
    scanned(catalog, `/photos ${i}`, files);
  }
  catalog.removeRoot(
    scanned(
      catalog,
      '/off the list',
      Array.from({ length: 200 }, (_, n) => file(`IMG_${n}.jpg`)),
    ).root,
  );
  db = new DatabaseSync(join(folder, 'catalog.db'));
  befallAll();
});
afterAll(() => {
  db.close();
  catalog.close();
  rmSync(folder, { recursive: true });
});

/** Every photo by chance; many have no date, or the same. */
function befallAll(): void {
  db.exec("begin; insert into cameras (name) values ('Canon 7D'), ('Olympus'), ('Rare')");
  const befall = db.prepare(
    `update photos set state = ?, pile = ?, collection = ?, group_key = 'animals', confidence = ?, exit = ?, flag = ?, decided = ?,
       decided_how = ?, taken = ?, year = ?, camera = ? where id = ?`,
  );
  for (let id = 1; id <= photos; id += 1) {
    const isSorted = random() < 0.9;
    const year = random() < 0.3 ? 0 : one([1999, 2019, 2019, 2019, 2021, 2021]);
    const decided = random() < 0.1 ? one(['dogs', 'sea']) : null;
    befall.run(
      ...[
        isSorted ? 'sorted' : one(['waiting', 'failed', 'skipped']),
        isSorted ? one(['collection', 'collection', 'group', 'review']) : null,
      ],
      ...[isSorted ? one(['dogs', 'dogs', 'sea']) : null, isSorted ? below(20) / 20 : null, isSorted ? 1 + below(3) : 0],
      ...[random() < 0.8 ? null : one(['pick', 'reject']), decided, decided && 'corrected'],
      ...[
        year === 0 ? '~' : `${year}-0${1 + below(3)}-01T12:00:00`,
        year,
        year === 0 ? 0 : one([0, 1, 1, 1, 1, 2, random() < 0.2 ? 3 : 1]),
        id,
      ],
    );
  }
  db.exec('commit');
}

/** Each part of a filter, or not. */
function anyFilter(): Filter {
  const maybe = (share: number, part: () => Filter): Filter => (random() < share ? part() : {});
  return {
    ...maybe(0.3, () => ({ root: 1 + below(3) })),
    ...maybe(0.3, () => ({ pile: one(piles) })),
    ...maybe(0.3, () => ({ exit: 1 + below(3) })),
    ...maybe(0.2, () => ({ flag: one(['pick', 'reject'] as const) })),
    ...maybe(0.3, () => ({ year: one([1999, 2019, 2021]) })),
    ...maybe(0.3, () => ({ camera: one(['Canon 7D', 'Olympus', 'Rare']) })),
    ...maybe(0.6, () => ({ text: one(['img', 'g_1', 'dog', 'zeb', 'zebra_1', 'a', '7', '_', 'animals', 'sea', 'nature', 'jpg']) })),
  };
}

const place = `case when decided is not null then 'collection:' || decided when state <> 'sorted' then state
  when pile = 'collection' then 'collection:' || collection when pile = 'group' then 'group:' || group_key else 'review' end`;

/** Ids in the order, by every photo's row. */
function plainly({ root, pile, exit, flag, year, camera, text }: Filter, order: Order): number[] {
  const inPile =
    pile && ('key' in pile ? [`${pile.kind}:${pile.key}`] : pile.kind === 'review' ? ['review'] : ['waiting', 'failed', 'skipped']);
  const called = [...titles].filter(([, names]) => names.some((name) => name.toLowerCase().includes(text ?? ''))).map(([key]) => key);
  const list = (places: readonly string[]): string => `(${places.map((each) => `'${each}'`).join(', ')})`;
  const asked = [
    'root in (select id from roots where listed = 1)',
    root !== undefined && `root = ${root}`,
    inPile && `${place} in ${list(inPile)}`,
    exit !== undefined && `exit = ${exit}`,
    flag !== undefined && `flag = '${flag}'`,
    year !== undefined && `substr(taken, 1, 4) = '${year}'`,
    camera !== undefined && `(select name from cameras where cameras.id = camera) = '${camera}'`,
    text !== undefined && `(instr(lower(name), '${text}') > 0 or ${place} in ${list(called)})`,
  ].filter((part) => part !== false && part !== undefined);
  return db
    .prepare(`select id from photos not indexed where ${asked.join(' and ')} order by ${keyOf[order]}, id`)
    .all()
    .map(({ id }) => Number(id));
}

describe('a view of many photos', () => {
  it('has and counts what plain SQL finds, whatever is asked for', async () => {
    let found = 0;
    for (let n = 0; n < 150; n += 1) {
      const filter = anyFilter();
      const order = one(['added', 'name', 'taken', 'confidence'] as const);
      const ids = plainly(filter, order);
      const asked = `${JSON.stringify(filter)} by ${order}`;
      expect(await catalog.count(filter), asked).toBe(ids.length);
      expect(allIds(catalog, { filter, order, limit: one([50, 200, 1000]) }), asked).toEqual(ids);
      if (ids.length > 0) found += 1;
    }
    expect(found).toBeGreaterThan(90);
  });

  it('is counted while other work goes on', async () => {
    let turns = 0;
    const turn = (): void => {
      turns += 1;
      timer = setImmediate(turn);
    };
    let timer = setImmediate(turn);
    await catalog.count({ text: 'a', exit: 2 });
    clearImmediate(timer);
    expect(turns).toBeGreaterThan(0);
  });
});

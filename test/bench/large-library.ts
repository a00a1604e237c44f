/**
 * A library of many photos for the catalogue's bench: every fate, names, years and cameras as people have them. Some are recorded, read and
 * sorted by the verbs that the application has; their rows are then copied under other names, which fires the same triggers.
 */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Catalog, catalogOver } from '../../src-main/catalog/catalog.ts';
import { migrate } from '../../src-main/catalog/migrate.ts';
import { nameKey } from '../../src-main/catalog/names.ts';
import { migrations } from '../../src-main/catalog/schema.ts';
import type { FoundFile } from '../../src-main/catalog/index.ts';
import type { Verdict } from '../../src-main/contract/events.ts';
import { timer } from './timer.ts';

const pack = { digest: 'bench', preprocessing: '1' };
const byVerbs = 20_000; // photos; the others are copies of them
const rootShares = [0.6, 0.25, 0.1, 0.05];
const collections = Array.from({ length: 34 }, (_, i) => `collection-${i}`);
const groups = Array.from({ length: 7 }, (_, i) => `group-${i}`);

/** @param folder empty: its library is made, so many photos at least */
export function fill(folder: string, photos: number): void {
  const db = new DatabaseSync(join(folder, 'catalog.db'));
  db.exec('pragma journal_mode = wal; pragma synchronous = off; pragma cache_size = -2000000');
  migrate(db, folder, migrations);
  const catalog = catalogOver(db, folder, () => undefined);
  try {
    fillByVerbs(catalog, Math.min(photos, byVerbs));
    copyRows(db, Math.ceil(photos / byVerbs) - 1);
  } finally {
    catalog.close();
  }
}

/** Files of a root, as a scan finds them again. */
export function filesOf(folder: string, root: number, limit: number): FoundFile[] {
  const db = new DatabaseSync(join(folder, 'catalog.db'), { readOnly: true });
  const sql = 'select path, size, mtime mtimeMs, inode from files where root = ? order by id limit ?';
  const files = db.prepare(sql).all(root, limit) as unknown as FoundFile[];
  db.close();
  return files;
}

/** What a pack calls its piles, as a library has to be told. */
export const titles = new Map(collections.map((key, i) => [`collection:${key}`, [`Pile ${i}`, groups[i % groups.length]!]]));

function fillByVerbs(catalog: Catalog, photos: number): void {
  const random = generator(1);
  const scanned = timer();
  const ids = rootShares.flatMap((share, i) => {
    const scan = catalog.beginScan(catalog.addRoot({ path: `/photos/${i}`, scope: 'folder' }));
    const files = Array.from({ length: Math.round(photos * share) }, (_, n) => fileAt(i, n, random));
    const { added } = catalog.recordFiles(scan, files);
    catalog.endScan(scan);
    return added;
  });
  scanned('files recorded', photos);
  const runId = catalog.beginRun({ pack, policy: {}, provider: 'cpu', files: photos });
  const stored = timer();
  catalog.transaction(() => {
    for (const id of ids) befall(catalog, id, runId, random);
  });
  catalog.endRun(runId, 'done', photos, null);
  stored('contents noted, verdicts stored, photos picked and rejected', photos);
}

/** In each table the ids go up to those of the photos, so that rows that belong together stay together. */
function copyRows(db: DatabaseSync, times: number): void {
  const copied = timer();
  db.function('key_of', (name) => nameKey(String(name)));
  for (let k = 1; k <= times; k += 1) {
    db.exec('begin');
    copy(db, k, 'contents', { hash: `hash || '-${k}'` });
    const name = `replace(name, '_', '_${k}')`;
    copy(db, k, 'photos', { content: `content + ${k * byVerbs}`, name, name_key: `key_of(${name})` });
    copy(db, k, 'files', {
      photo: `photo + ${k * byVerbs}`,
      content: `content + ${k * byVerbs}`,
      path: `'${k}/' || replace(path, '_', '_${k}')`,
    });
    copy(db, k, 'verdicts', { content: `content + ${k * byVerbs}` });
    copy(db, k, 'decisions', { photo: `photo + ${k * byVerbs}`, step: `step + ${k * byVerbs}` });
    db.exec('commit');
  }
  copied('copied', times * byVerbs);
}

/** @param otherwise columns of the copy that are not as they were, as SQL */
function copy(db: DatabaseSync, k: number, table: string, otherwise: Readonly<Record<string, string>>): void {
  const columns = db
    .prepare(`select name from pragma_table_info('${table}')`)
    .all()
    .map(({ name }) => String(name)); // without virtual ones
  const values = columns.map((name) => otherwise[name] ?? (name === 'id' ? `id + ${k * byVerbs}` : name));
  db.exec(`insert into ${table} (${columns.join(', ')}) select ${values.join(', ')} from ${table} where id <= ${byVerbs}`);
}

/** Five in a hundred wait, two could not be read; of all, one in five has a flag. */
function befall(catalog: Catalog, id: number, runId: number, random: () => number): void {
  const fate = random();
  if (fate > 0.07) {
    catalog.noteContent(id, { hash: `hash-${id}`, width: 4000, height: 3000, ...takenAt(random) });
    const verdict = verdictOf(random);
    catalog.storeVerdict(id, runId, pack, verdict);
    catalog.applyVerdict(id, pack, verdict);
  } else if (fate > 0.05) {
    catalog.storeProblem(id, { kind: fate < 0.06 ? 'failed' : 'skipped', code: 'bench', message: 'It could not be read.' });
  }
  const flag = random();
  if (flag < 0.2) catalog.flag([id], flag < 0.05 ? 'pick' : 'reject');
}

const words = ['IMG', 'IMG', 'IMG', 'DSC', 'DSC', 'P', 'zebra', 'Aurora', 'Holiday at the sea', 'Größe', 'família'];
const weights = [0.3, 0.6, 0.7, 0.8, 0.9, 0.96, 0.975, 0.98, 0.99, 0.995, 1];

function fileAt(root: number, n: number, random: () => number): FoundFile {
  const share = random();
  const word = words[weights.findIndex((weight) => share <= weight)]!;
  return { path: `20${10 + (n % 15)}/${root}-${Math.floor(n / 400)}/${word}_${n}.JPG`, size: 4_000_000 + n, mtimeMs: 1.6e12 + n, inode: n };
}

/** Most in the last years and of few cameras, as libraries are; one in twenty undated. */
function takenAt(random: () => number): { taken?: string; camera?: string } {
  if (random() < 0.05) return {};
  const year = random() < 0.002 ? 1999 : 2025 - Math.floor(random() ** 2 * 20);
  const day = String(1 + Math.floor(random() * 28)).padStart(2, '0');
  return { taken: `${year}-0${1 + Math.floor(random() * 9)}-${day}T12:00:00`, camera: `Camera ${Math.floor(random() ** 4 * 20)}` };
}

function verdictOf(random: () => number): Verdict {
  const exit = random() < 0.7 ? 1 : random() < 0.6 ? 2 : 3;
  const collection = collections[Math.floor(random() ** 2 * collections.length)]!;
  const group = groups[Math.floor(random() * groups.length)]!;
  const confidence = 0.3 + 0.7 * random();
  const pile = exit < 3 || confidence > 0.6 ? 'collection' : confidence > 0.5 ? 'group' : 'review';
  const top = [collection, 'collection-1', 'collection-2'].map((key, i) => ({ collection: key, confidence: confidence / (i + 1) }));
  const rung = exit < 3 ? 'preview' : 'scaled';
  return {
    type: 'verdict',
    path: '',
    ...{ collection, group, leaf: 'a leaf', confidence, exit, exits: 3, pile, review: pile === 'review', damaged: false, stored: false },
    reads: [{ side: 104, rung, bytes: 65_536, ms: 2.123, enlarged: false }],
    macs: 31_000_000,
    fullMacs: 900_000_000,
    ms: { read: 2.123, network: 1.432 },
    energy: { joules: random(), low: random() / 2, high: 1 + random(), method: 'modelled', read: random(), network: random() },
    opinions: [64, 104, 224].slice(0, exit).map((side, i) => ({
      ...{ exit: i + 1, side, rung, leaf: 'a leaf', top, group: { key: group, confidence: 0.9 }, threshold: i < 2 ? 0.8123 : null },
    })),
  };
}

/** Numbers in [0, 1), the same for the same seed. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

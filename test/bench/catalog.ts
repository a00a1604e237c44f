/**
 * The catalogue with many photos: how long it takes to fill, to open, to page through by every filter and order, and its size on disk.
 * Pages are of 200 ids, walked one after the other as a scrolling view does; where other work has the cores, CPU time tells more than the clock.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Catalog, type FoundFile, openCatalog } from '../../src-main/catalog/index.ts';
import type { Verdict } from '../../src-main/contract/events.ts';
import type { Filter, Order } from '../../src-main/contract/library.ts';

const pack = { digest: 'bench', preprocessing: '1' };
const lot = 500;
const pagesWalked = 500;
const columnWidth = 32;
const rootShares = [0.6, 0.25, 0.1, 0.05];
const collections = Array.from({ length: 34 }, (_, i) => `collection-${i}`);
const groups = Array.from({ length: 7 }, (_, i) => `group-${i}`);

export async function run(args: readonly string[]): Promise<void> {
  const photos = Number(args[0] ?? 500_000);
  const folder = mkdtempSync(join(tmpdir(), 'squint-catalog-'));
  try {
    const catalog = openCatalog(folder);
    const { roots, paths } = fill(catalog, photos);
    page(catalog, roots);
    await timed('backup, beside other work', () => catalog.backUpDaily());
    rescan(catalog, roots, paths);
    catalog.close();
    await timed('open', () => {
      openCatalog(folder).close();
    });
    const megabytes = statSync(join(folder, 'catalog.db')).size / 1e6;
    console.log(`size on disk: ${megabytes.toFixed(0)} MB, ${((megabytes * 1e6) / photos).toFixed(0)} bytes a photo`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function fill(catalog: Catalog, photos: number): { roots: number[]; paths: FoundFile[][] } {
  const random = generator(1);
  const roots = rootShares.map((_, i) => catalog.addRoot({ path: `/photos/${i}`, scope: 'folder' }));
  const paths = rootShares.map((share, i) => Array.from({ length: Math.round(photos * share) }, (_, n) => fileAt(i, n, random)));
  catalog.callPlaces(new Map(collections.map((key, i) => [`collection:${key}`, [`Pile ${i}`, groups[i % groups.length]!]])));
  const ids: number[] = [];
  const scanned = timer();
  for (const [i, root] of roots.entries()) {
    const scan = catalog.beginScan(root);
    for (let at = 0; at < paths[i]!.length; at += lot) ids.push(...catalog.recordFiles(scan, paths[i]!.slice(at, at + lot)).added);
    catalog.endScan(scan);
  }
  scanned('files recorded', photos);

  const runId = catalog.beginRun({ pack, policy: {}, provider: 'cpu', files: photos });
  const stored = timer();
  for (let at = 0; at < ids.length; at += lot) {
    catalog.transaction(() => {
      for (const id of ids.slice(at, at + lot)) {
        const fate = random();
        if (fate < 0.05) continue; // waits
        if (fate < 0.07) {
          catalog.storeProblem(id, { kind: fate < 0.06 ? 'failed' : 'skipped', code: 'bench', message: 'It could not be read.' });
        } else {
          catalog.noteContent(id, { hash: `hash-${id}`, width: 4000, height: 3000, ...takenAt(random) });
          const verdict = verdictOf(random);
          catalog.storeVerdict(id, runId, pack, verdict);
          catalog.applyVerdict(id, pack, verdict);
        }
      }
    });
  }
  stored('contents noted, verdicts stored', photos);
  const flagged = timer();
  catalog.transaction(() => {
    for (const id of ids) {
      const fate = random();
      if (fate < 0.2) catalog.flag([id], fate < 0.05 ? 'pick' : 'reject');
    }
  });
  flagged('photos picked and rejected', photos / 5);
  catalog.endRun(runId, 'done', photos, null);
  return { roots, paths };
}

function page(catalog: Catalog, roots: readonly number[]): void {
  const { collections: piles } = catalog.counts();
  const byCount = Object.entries(piles).sort(([, a], [, b]) => b - a);
  const large = { kind: 'collection', key: byCount[0]![0] } as const;
  const small = { kind: 'collection', key: byCount.at(-1)![0] } as const;
  const root = roots.at(-1)!;
  const filters: [name: string, filter: Filter][] = [
    ['all', {}],
    ['a root', { root }],
    ['the largest collection', { pile: large }],
    ['the smallest collection', { pile: small }],
    ['review', { pile: { kind: 'review' } }],
    ['not sorted', { pile: { kind: 'not-sorted' } }],
    ['an exit', { exit: 2 }],
    ['root, collection', { root, pile: large }],
    ['root, collection, exit', { root, pile: large, exit: 3 }],
    ['text, rare', { text: 'aurora' }],
    ['text, common', { text: 'img' }],
    ['text, one letter', { text: 'z' }],
    ['text, late', { text: 'zebra' }],
    ['text, collection', { text: 'dsc', pile: large }],
    ['text, none', { text: 'nothing like it' }],
    ['text, a title', { text: 'Pile 7' }],
    ['text, titles and names', { text: 'p' }],
    ['text, group title, exit', { text: 'group-3', exit: 2 }],
    ['text, late, review', { text: 'ze', pile: { kind: 'review' } }],
    ['text, late, exit', { text: 'ze', exit: 2 }],
    ['picks', { flag: 'pick' }],
    ['rejects, collection', { flag: 'reject', pile: small }],
    ['rejects, exit, text', { flag: 'reject', exit: 3, text: 'ze' }],
    ['a year', { year: 2012 }],
    ['a year with few', { year: 1999 }],
    ['a common camera', { camera: 'Camera 0' }],
    ['a rare camera', { camera: 'Camera 19' }],
    ['year, camera', { year: 2020, camera: 'Camera 3' }],
    ['year, collection', { year: 2012, pile: large }],
    ['year, exit', { year: 2012, exit: 3 }],
    ['camera, text', { camera: 'Camera 1', text: 'ze' }],
    ['camera, rejects, root', { camera: 'Camera 2', flag: 'reject', root }],
  ];
  const orders = ['added', 'name', 'taken', 'confidence'] as const;
  console.log('\nPages of 200 ids: p50 / p99 / longest in ms by the clock (p99 of CPU), and the longest wait for 200 ids that are there');
  console.log(`${'filter'.padEnd(24)}  photos  count  ${orders.map((order) => order.padEnd(columnWidth)).join('')}`);
  const slowest: { readonly name: string; readonly p99: number }[] = [];
  for (const [name, filter] of filters) {
    const began = performance.now();
    const count = catalog.count(filter);
    const counted = performance.now() - began;
    const walks = orders.map((order) => walk(catalog, filter, order));
    slowest.push(...walks.map(({ p99 }, i) => ({ name: `${name} by ${orders[i]!}`, p99 })));
    console.log(
      `${name.padEnd(24)}${String(count).padStart(8)}${counted.toFixed(1).padStart(7)}  ${walks.map(({ text }) => text.padEnd(columnWidth)).join('')}`,
    );
  }
  slowest.sort((a, b) => b.p99 - a.p99);
  console.log(
    `slowest p99: ${slowest
      .slice(0, 5)
      .map(({ name, p99 }) => `${name} ${p99.toFixed(1)} ms`)
      .join('; ')}`,
  );
  const { ids } = catalog.idsOf({ filter: {}, order: 'name', after: null, limit: 20_000 });
  const rows = percentiles(Array.from({ length: 100 }, (_, i) => once(() => catalog.rowsOf(ids.slice(i * 200, i * 200 + 200), 3))));
  console.log(
    `rows of 200 ids: ${rows}; all counts: ${once(() => catalog.counts()).toFixed(2)}; 20,000 ids by name: ${once(() => catalog.idsOf({ filter: {}, order: 'name', after: null, limit: 20_000 })).toFixed(1)} ms`,
  );
}

function walk(catalog: Catalog, filter: Filter, order: Order): { text: string; p99: number } {
  const wall: number[] = [];
  const cpu: number[] = [];
  let [waited, longestWait, found] = [0, 0, 0];
  let after: string | null = null;
  do {
    const [began, cpuBefore] = [performance.now(), process.cpuUsage()];
    const { ids, next } = catalog.idsOf({ filter, order, after, limit: 200 });
    const { user, system } = process.cpuUsage(cpuBefore);
    wall.push(performance.now() - began);
    waited += performance.now() - began;
    found += ids.length;
    longestWait = Math.max(longestWait, waited);
    if (found >= 200) [waited, found] = [0, 0];
    cpu.push((user + system) / 1000);
    after = next;
  } while (after !== null && wall.length < pagesWalked);
  const at = (times: readonly number[], share: number): number =>
    times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(share * times.length))]!;
  const p99 = at(wall, 0.99);
  const figures = [at(wall, 0.5), p99, at(wall, 1)].map((ms) => ms.toFixed(1)).join(' / ');
  return { text: `${figures} (${at(cpu, 0.99).toFixed(1)}), ${longestWait.toFixed(0)}`, p99 };
}

/** Of the first 100,000 files, unchanged. */
function rescan(catalog: Catalog, roots: readonly number[], paths: readonly FoundFile[][]): void {
  const recorded = timer();
  const files = paths[0]!.slice(0, 100_000);
  const scan = catalog.beginScan(roots[0]!);
  for (let at = 0; at < files.length; at += lot) catalog.recordFiles(scan, files.slice(at, at + lot));
  recorded('unchanged files recorded', files.length);
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

const once = (work: () => unknown): number => {
  const began = performance.now();
  work();
  return performance.now() - began;
};

function percentiles(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number): string => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!.toFixed(2);
  return `${at(0.5)} / ${at(0.99)}`;
}

/** @returns tells what was done since, with what each photo took */
function timer(): (what: string, photos: number) => void {
  const [began, cpuBefore] = [performance.now(), process.cpuUsage()];
  return (what, photos) => {
    const { user, system } = process.cpuUsage(cpuBefore);
    const seconds = (performance.now() - began) / 1000;
    const each = Math.round((user + system) / photos);
    console.log(`${what}: ${photos.toLocaleString('en')} in ${seconds.toFixed(1)} s, ${each} µs of CPU each`);
  };
}

async function timed(what: string, work: () => unknown): Promise<void> {
  const began = performance.now();
  await work();
  console.log(`${what}: ${(performance.now() - began).toFixed(0)} ms`);
}

/**
 * The catalogue with many photos: its size on disk, how soon it is open, its counts, and pages by every filter and order. Pages are of 200
 * ids, walked one after the other as a scrolling view does; where other work has the cores, CPU time tells more than the clock.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type Catalog, type FoundFile, openCatalog } from '../../src-main/catalog/index.ts';
import type { Filter, Order } from '../../src-main/contract/library.ts';
import { fill, filesOf, titles } from './large-library.ts';
import { timer } from './timer.ts';

const lot = 500;
const pagesWalked = 150;
const columnWidth = 32;

export async function run(args: readonly string[]): Promise<void> {
  const photos = Number(args[0] ?? 500_000);
  const folder = mkdtempSync(join(tmpdir(), 'squint-catalog-'));
  try {
    fill(folder, photos);
    const megabytes = statSync(join(folder, 'catalog.db')).size / 1e6;
    console.log(`size on disk: ${megabytes.toFixed(0)} MB, ${((megabytes * 1e6) / photos).toFixed(0)} bytes a photo`);
    const catalog = start(folder);
    await page(catalog);
    rescan(catalog, filesOf(folder, 1, 100_000));
    await timed('backup, beside other work', () => catalog.backUpDaily());
    catalog.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** As a window begins: the list, its counts, the first page and its rows. */
function start(folder: string): Catalog {
  const began = performance.now();
  const catalog = openCatalog(folder);
  const opened = performance.now();
  catalog.callPlaces(titles);
  catalog.roots();
  catalog.counts();
  catalog.facets();
  const counted = performance.now();
  const { ids } = catalog.idsOf({ filter: {}, order: 'name', after: null, limit: 200 });
  catalog.rowsOf(ids, 3);
  const shown = performance.now();
  const [open, counts, first, whole] = [opened - began, counted - opened, shown - counted, shown - began].map((ms) => ms.toFixed(1));
  console.log(`start-up: ${whole} ms: open ${open}, roots, counts and facets ${counts}, first page with its rows ${first}`);
  return catalog;
}

async function page(catalog: Catalog): Promise<void> {
  const { collections: piles } = catalog.counts();
  const byCount = Object.entries(piles).sort(([, a], [, b]) => b - a);
  const large = { kind: 'collection', key: byCount[0]![0] } as const;
  const small = { kind: 'collection', key: byCount.at(-1)![0] } as const;
  const root = catalog.roots().at(-1)!.id;
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
  console.log(`${'filter'.padEnd(24)}  photos  counted in ms, longest slice  ${orders.map((order) => order.padEnd(columnWidth)).join('')}`);
  const walks: Walk[] = [];
  for (const [name, filter] of filters) {
    const counted = await count(catalog, filter);
    const byOrder = orders.map((order) => walk(catalog, filter, order));
    walks.push(...byOrder.map((one, i) => ({ ...one, name: `${name} by ${orders[i]!}` })));
    console.log(`${name.padEnd(24)}${counted.padEnd(32)}${byOrder.map(({ text }) => text.padEnd(columnWidth)).join('')}`);
  }
  for (const by of ['p99', 'cpu', 'max'] as const) {
    const slowest = walks.toSorted((one, other) => other[by] - one[by]).slice(0, 5);
    const what = { p99: 'p99', cpu: 'p99 of CPU', max: 'page' }[by];
    console.log(`slowest ${what}: ${slowest.map((one) => `${one.name} ${one[by].toFixed(1)} ms`).join('; ')}`);
  }
  console.log(`pages walked: ${walks.reduce((sum, { pages }) => sum + pages, 0).toLocaleString('en')}`);
  const { ids } = catalog.idsOf({ filter: {}, order: 'name', after: null, limit: 20_000 });
  const rows = percentiles(Array.from({ length: 100 }, (_, i) => once(() => catalog.rowsOf(ids.slice(i * 200, i * 200 + 200), 3))));
  console.log(
    `rows of 200 ids: ${rows}; all counts: ${once(() => catalog.counts()).toFixed(2)}; 20,000 ids by name: ${once(() => catalog.idsOf({ filter: {}, order: 'name', after: null, limit: 20_000 })).toFixed(1)} ms`,
  );
}

/** How many, in what time, and how long other work waited for it at most. */
async function count(catalog: Catalog, filter: Filter): Promise<string> {
  const waits = monitorEventLoopDelay({ resolution: 1 });
  waits.enable();
  const began = performance.now();
  const photos = await catalog.count(filter);
  const ms = performance.now() - began;
  waits.disable();
  const longest = waits.count === 0 ? ms : waits.max / 1e6;
  return `${String(photos).padStart(8)}${ms.toFixed(1).padStart(8)} (${longest.toFixed(0)})`;
}

interface Walk {
  readonly name: string;
  readonly text: string;
  readonly p99: number; // ms, as max and cpu
  readonly max: number;
  readonly cpu: number; // at p99
  readonly pages: number;
}

function walk(catalog: Catalog, filter: Filter, order: Order): Walk {
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
  const [p99, max, cpuP99] = [at(wall, 0.99), at(wall, 1), at(cpu, 0.99)];
  const figures = [at(wall, 0.5), p99, max].map((ms) => ms.toFixed(1)).join(' / ');
  return {
    name: '',
    text: `${figures} (${cpuP99.toFixed(1)}), ${longestWait.toFixed(0)}`,
    ...{ p99, max, cpu: cpuP99, pages: wall.length },
  };
}

function rescan(catalog: Catalog, files: readonly FoundFile[]): void {
  const recorded = timer();
  const scan = catalog.beginScan(1);
  for (let at = 0; at < files.length; at += lot) catalog.recordFiles(scan, files.slice(at, at + lot));
  recorded('unchanged files recorded', files.length);
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

async function timed(what: string, work: () => unknown): Promise<void> {
  const began = performance.now();
  await work();
  console.log(`${what}: ${(performance.now() - began).toFixed(0)} ms`);
}

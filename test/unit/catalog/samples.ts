/** What the tests of the catalogue fill it with. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Catalog, type FoundFile, openCatalog } from '../../../src-main/catalog/index.ts';
import type { Verdict } from '../../../src-main/contract/events.ts';

export const pack = { digest: 'a pack', preprocessing: '1' };

/** A new folder, removed after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'squint-catalog-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}

/** An open library, closed after the test. */
export function newCatalog(): Catalog {
  const catalog = openCatalog(temporaryFolder());
  onTestFinished(() => {
    catalog.close();
  });
  return catalog;
}

export const file = (path: string, more: Partial<FoundFile> = {}): FoundFile => ({ path, size: 1000, mtimeMs: 5000, inode: 7, ...more });

/** A whole scan of a folder that has these files. */
export function scanned(catalog: Catalog, path: string, files: readonly FoundFile[]) {
  const root = catalog.addRoot({ path, scope: 'folder' });
  const scan = catalog.beginScan(root);
  const recorded = catalog.recordFiles(scan, files);
  return { root, ...recorded, ...catalog.endScan(scan) };
}

export const newRun = (catalog: Catalog): number => catalog.beginRun({ pack, policy: { preset: 'balanced' }, provider: 'cpu', files: 1 });

/** Notes the content and stores a verdict, as a run does. */
export function sorted(catalog: Catalog, photo: number, verdict: Verdict, hash = `content of ${photo}`): number {
  const { photo: now } = catalog.noteContent(photo, { hash });
  catalog.storeVerdict(now, newRun(catalog), pack, verdict);
  catalog.applyVerdict(now, pack, verdict);
  return now;
}

export function verdict(more: Partial<Verdict> = {}): Verdict {
  const { collection = 'dogs', confidence = 0.75, exit = 2 } = more;
  return {
    type: 'verdict',
    path: '/elsewhere/photo.jpg',
    collection,
    group: 'animals',
    leaf: null,
    confidence,
    exit,
    exits: 3,
    review: more.pile === 'review',
    damaged: false,
    stored: false,
    reads: [{ side: 64, rung: 'preview', bytes: 65_536, ms: 2.5, enlarged: false }],
    macs: 30,
    fullMacs: 900,
    ms: { read: 2.5, network: 1.25 },
    energy: { joules: 3, low: 1, high: 6, method: 'modelled', read: 2, network: 1 },
    pile: 'collection',
    opinions: [64, 104, 224].slice(0, exit).map((side, i) => ({
      exit: i + 1,
      side,
      rung: 'preview' as const,
      leaf: null,
      top: [{ collection, confidence }],
      group: { key: 'animals', confidence: 0.9 },
      threshold: i < 2 ? 0.8 : null,
    })),
    ...more,
  };
}

/** Every id of a view, page by page. */
export function allIds(catalog: Catalog, view: Omit<Parameters<Catalog['idsOf']>[0], 'after'>): number[] {
  const ids: number[] = [];
  let after: string | null = null;
  do {
    const page = catalog.idsOf({ ...view, after });
    ids.push(...page.ids);
    after = page.next;
  } while (after !== null);
  return ids;
}

/** Numbers in [0, 1), the same every time. */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

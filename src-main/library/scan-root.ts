/**
 * Brings a root's files into the catalogue: what is new, what changed, what is gone. Only names, sizes and times are asked of the disk; files
 * that are as they were are not opened. In small lots, so that photos stand on screen while the scan goes on and nothing waits for it long.
 */
import { stat } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import type { Catalog, FoundFile, Recorded, Root, Scan } from '../catalog/index.ts';
import { holds } from './places.ts';
import { type Found, scan } from './scan.ts';

export interface Scanning {
  readonly catalog: Catalog;
  readonly recorded: (recorded: Recorded) => void; // after each lot
  readonly except: string; // a folder that is passed over: Squint's own
  readonly signal: AbortSignal; // ends the scan; what it did not come to stays as it was
}

const largestLot = 256; // files
const firstLot = 32; // the first photos shall be there at once

/**
 * @param named files in the root, absolute, that were named just now, where not all of it is in the library
 * @returns photos whose files are gone; null where the scan was ended before it knew
 */
export async function scanRoot(
  root: Root,
  named: readonly string[],
  { catalog, recorded, except, signal }: Scanning,
): Promise<number[] | null> {
  const session = catalog.beginScan(root.id);
  const files = root.scope === 'folder' ? scan([root.path], { signal }) : fileNamed(root, named, catalog);
  const hasOwn = holds(root.path, except);
  let lot: string[] = [];
  let size = firstLot;
  const flush = async (): Promise<void> => {
    const found = await Promise.all(lot.map((path) => lookAt(root, path)));
    lot = [];
    size = largestLot;
    recorded(
      catalog.recordFiles(
        session,
        found.filter((file) => file !== null),
      ),
    );
  };
  const skips = new Map<string, { code: string; message: string; count: number; examples: string[] }>();
  for await (const file of files) {
    if (signal.aborted) break;
    if (hasOwn && holds(except, file.path)) continue;
    if (file.kind === 'other') note(skips, file);
    else if (lot.push(file.path) >= size) await flush();
  }
  if (lot.length > 0) await flush();
  for (const skip of skips.values()) catalog.recordSkips(session, skip);
  return signal.aborted ? null : endOf(session, catalog);
}

const endOf = (session: Scan, catalog: Catalog): number[] => catalog.endScan(session).missing;

/** Only these of the folder: those known and those named now. */
function* fileNamed(root: Root, named: readonly string[], catalog: Catalog): Generator<Found> {
  const paths = new Set([...catalog.pathsIn(root.id).map((path) => join(root.path, path)), ...named]);
  for (const path of paths) yield { kind: 'photo', path };
}

/** Null where it is gone already. */
async function lookAt(root: Root, path: string): Promise<FoundFile | null> {
  try {
    const { size, mtimeMs, ino } = await stat(path);
    return { path: relative(root.path, path).split(sep).join('/'), size, mtimeMs, inode: ino };
  } catch {
    return null;
  }
}

function note(
  skips: Map<string, { code: string; message: string; count: number; examples: string[] }>,
  file: Found & { kind: 'other' },
): void {
  const key = `${file.code} ${file.message}`;
  const skip = skips.get(key) ?? { code: file.code, message: file.message, count: 0, examples: [] };
  skip.count += 1;
  if (skip.examples.length < 3) skip.examples.push(basename(file.path));
  skips.set(key, skip);
}

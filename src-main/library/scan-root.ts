/**
 * Brings a root's files into the catalogue: what is new, what changed, what is gone. Only names, sizes and times are asked of the disk; files
 * that are as they were are not opened, and of an unchanged folder nothing is written. So a file that was rewritten with the same size and
 * the same time, to the millisecond, is not noticed.
 *
 * In small lots, so that photos stand on screen while the scan goes on and nothing waits for it long.
 */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Catalog, FileFacts, FoundFile, KnownFile, Recorded, Root, Scan } from '../catalog/index.ts';
import { type Aside, fileNotReadable } from './aside.ts';
import type { Together } from './companions.ts';
import { below } from './listing.ts';
import { inNaturalOrder } from './order.ts';
import { partsOf } from './parts.ts';
import { type Looked, Slices } from './slices.ts';
import { type Visited, visitNamed, visitOne, walk } from './walk.ts';

export interface Scanning {
  readonly catalog: Catalog;
  readonly recorded: (recorded: Recorded) => void; // after each lot
  readonly except: string; // a folder that is passed over: Squint's own
  readonly signal: AbortSignal; // ends the scan; what it did not come to stays as it was
}

const largestLot = 256; // files
const firstLot = 32; // the first photos shall be there at once
const unchangedLot = 4096; // they cost nothing to record
const lookedAtOnce = 1024; // files, in memory

/**
 * @param named files in the root, absolute, that were named just now, where not all of it is in the library
 * @returns photos whose files are gone; null where the scan was ended before it knew, or the root itself has gone
 */
export async function scanRoot(root: Root, named: readonly string[], scanning: Scanning): Promise<number[] | null> {
  const { catalog, recorded, except, signal } = scanning;
  const session = catalog.beginScan(root.id);
  const folders = root.scope === 'folder' ? walk(root.path, except) : visitNamed(root.path, filesNamed(root, named, catalog));
  const comparing = new Comparing(session, catalog, recorded);
  for await (const folder of folders) {
    if (signal.aborted) break;
    if (!folder.known) catalog.keepFolder(session, folder.within);
    comparing.leaveAside(folder.aside);
    await comparing.compare(folder, signal);
  }
  comparing.finish();
  return signal.aborted || !existsSync(root.path) ? null : endOf(session, catalog);
}

/**
 * Only where something has changed. What is left aside there is told by the next scan of the whole root.
 *
 * @param paths files and folders that have come, changed or gone, absolute
 * @returns photos whose files are gone; null where the scan was ended before it knew
 */
export async function scanPart(root: Root, paths: readonly string[], scanning: Scanning): Promise<number[] | null> {
  const { catalog, recorded, except, signal } = scanning;
  const session = catalog.beginPart(root.id);
  const { folders, trees } = await partsOf(root.path, paths);
  const comparing = new Comparing(session, catalog, recorded);
  const visit = async (folder: Visited): Promise<void> => {
    if (!folder.known) catalog.keepFolder(session, folder.within);
    await comparing.compare(folder, signal);
  };
  for (const within of folders) if (!signal.aborted) await visit(await visitOne(root.path, within));
  for (const within of trees)
    for await (const folder of walk(root.path, except, within)) {
      if (signal.aborted) break;
      await visit(folder);
    }
  comparing.flush();
  if (signal.aborted) return null;
  return [...folders.map((within) => ({ within, deep: false })), ...trees.map((within) => ({ within, deep: true }))].flatMap((part) =>
    catalog.endPart(session, part),
  );
}

async function endOf(session: Scan, catalog: Catalog): Promise<number[]> {
  const slices = new Slices();
  const gone: number[] = [];
  for (let after: number | null = 0; after !== null;) {
    const { missing, next } = catalog.endScan(session, after);
    for (const photo of missing) gone.push(photo);
    after = next;
    await slices.breathe();
  }
  return gone;
}

/** Only these of the folder: those known and those named now. */
const filesNamed = (root: Root, named: readonly string[], catalog: Catalog): Set<string> =>
  new Set([...catalog.pathsIn(root.id).map((path) => join(root.path, path)), ...named]);

type Skips = Map<string, Aside & { count: number; examples: string[] }>;

/** What lies in a folder, against what is known of it. */
class Comparing {
  readonly #session: Scan;
  readonly #catalog: Catalog;
  readonly #recorded: (recorded: Recorded) => void;
  readonly #skips: Skips = new Map();
  readonly #slices = new Slices();
  #lot: FoundFile[] = []; // photos of which something is new
  #size = firstLot;
  #unchanged = 0;

  constructor(session: Scan, catalog: Catalog, recorded: (recorded: Recorded) => void) {
    this.#session = session;
    this.#catalog = catalog;
    this.#recorded = recorded;
  }

  leaveAside(aside: Visited['aside']): void {
    for (const { name, code, message } of aside) {
      const key = `${code} ${message}`;
      const skip = this.#skips.get(key) ?? { code, message, count: 0, examples: [] };
      skip.count += 1;
      if (skip.examples.length < 3) skip.examples.push(basename(name));
      this.#skips.set(key, skip);
    }
  }

  async compare(folder: Visited, signal: AbortSignal): Promise<void> {
    const known = await this.#knownIn(folder.within);
    const photos = folder.photos.every(({ main }) => known.has(main)) ? folder.photos : inOrder(folder.photos);
    for (let at = 0; at < photos.length && !signal.aborted; at += lookedAtOnce) {
      const some = photos.slice(at, at + lookedAtOnce);
      const paths = some.flatMap(({ main, companions }) => [main, ...companions].map((name) => below(folder.path, name)));
      const looked = (await this.#slices.lookAt(paths)).values();
      for (const photo of some) {
        this.#compareOne(photo, folder, known, looked);
        if (this.#lot.length < this.#size && this.#unchanged < unchangedLot) continue;
        this.flush();
        await this.#slices.breathe();
      }
    }
  }

  finish(): void {
    this.flush();
    for (const skip of this.#skips.values()) this.#catalog.recordSkips(this.#session, skip);
  }

  /** @returns what is known of the folder's files, by name */
  async #knownIn(within: string): Promise<Known> {
    const known = new Map<string, KnownFile>();
    for (let after: number | null = 0; after !== null;) {
      const { files, next } = this.#catalog.filesIn(this.#session.root, within, after);
      for (const file of files) known.set(file.path.slice(within.length), file);
      after = next;
      await this.#slices.breathe();
    }
    return known;
  }

  /** @param looked what the system told of the photo's files, the main one first, and then of others' */
  #compareOne({ main, companions }: Together, { within }: Visited, known: Known, looked: Iterator<Looked>): void {
    const found = looked.next().value as Looked;
    const beside = companions.map((name) => ({ name, about: looked.next().value as Looked }));
    if (found === null || 'error' in found) {
      if (found) this.leaveAside([{ name: main, ...fileNotReadable(found.error) }]);
      for (const name of found ? [main, ...companions] : companions) this.#keep(known.get(name));
      return;
    }
    const before = known.get(main);
    const there: FileFacts[] = [];
    let isNew = !isAsKnown(before, found, 'main', before?.photo);
    for (const { name, about } of beside) {
      if (about === null) continue;
      const one = known.get(name);
      if ('error' in about) {
        this.leaveAside([{ name, ...fileNotReadable(about.error) }]);
        this.#keep(one);
        continue;
      }
      isNew ||= !isAsKnown(one, about, 'companion', before?.photo);
      there.push(factsOf(within + name, about));
    }
    if (isNew) {
      this.#lot.push({ ...factsOf(within + main, found), companions: there });
      return;
    }
    this.#unchanged += 1;
    this.#keep(before);
    for (const { path } of there) this.#keep(known.get(path.slice(within.length)));
  }

  /** It is there. */
  #keep(file: KnownFile | undefined): void {
    if (file) this.#session.seen.add(file.id);
  }

  /** All that is found so far, into the catalogue. */
  flush(): void {
    if (this.#lot.length + this.#unchanged === 0) return;
    const lot = this.#catalog.recordFiles(this.#session, this.#lot);
    const unchanged = lot.unchanged + this.#unchanged;
    this.#lot = [];
    this.#unchanged = 0;
    this.#size = largestLot;
    this.#recorded({ ...lot, unchanged });
  }
}

type Known = ReadonlyMap<string, KnownFile>;
type There = Exclude<Looked, null | { readonly error: unknown }>;

const isAsKnown = (known: KnownFile | undefined, { size, mtimeMs }: There, role: KnownFile['role'], photo: number | undefined): boolean =>
  known !== undefined &&
  known.size === size &&
  known.mtime === Math.floor(mtimeMs) &&
  known.state === 'present' &&
  known.role === role &&
  known.photo === photo;

const factsOf = (path: string, { size, mtimeMs, ino }: There): FileFacts => ({ path, size, mtimeMs, inode: ino });

const inOrder = (photos: readonly Together[]): Together[] => photos.toSorted((a, b) => inNaturalOrder(a.main, b.main));

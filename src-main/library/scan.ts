/**
 * Finds the photos among what the person named: goes through folders in natural order, one listing at a time, so that memory does not grow
 * with the tree. Which files are tried, their names decide: endings of pictures, and files without an ending.
 */
import { dirname, join } from 'node:path';
import { type Aside, folderNotReadable } from './aside.ts';
import { together } from './companions.ts';
import { type Entry, resolveInputs } from './inputs.ts';
import { type Listing, below, list } from './listing.ts';
import { inNaturalOrder } from './order.ts';

export type Found =
  | {
      readonly kind: 'photo';
      readonly path: string; // absolute; to be tried, what it is the reader finds out
      readonly companions: readonly string[]; // absolute
    }
  | ({ readonly kind: 'other'; readonly path: string } & Aside); // a file, or a folder that is not gone into

export interface ScanOptions {
  readonly from?: string; // the folder that relative inputs start at; the working folder if left out
  readonly limit?: number; // photos, after which the scan ends
  readonly signal?: AbortSignal; // ends it too, without an error
}

/**
 * Every file once, however the inputs overlap.
 *
 * @param inputs files, folders and patterns; files are tried whatever their names, but those that belong together are one photo
 * @throws {FileError} `input-missing`, `nothing-matches`, `input-not-readable`, before anything is found
 */
export async function* scan(inputs: readonly string[], options: ScanOptions = {}): AsyncGenerator<Found> {
  const { from = process.cwd(), limit = Infinity, signal } = options;
  const { entries, files } = await resolveInputs(inputs, from);
  const named = photosAmong(entries);
  let photos = 0;
  for (const entry of entries) {
    const found = entry.folder ? inFolder(entry.path, entry.real, entry.real, files) : (named.get(entry.path) ?? []);
    for await (const file of found) {
      if (signal?.aborted || photos >= limit) return;
      if (file.kind === 'photo') photos += 1;
      yield file;
    }
  }
}

/** The photos that named files are, by the path of the main file: a shell's `*` names RAW, picture and sidecar one by one. */
function photosAmong(entries: readonly Entry[]): Map<string, Found[]> {
  const found = new Map<string, Found[]>();
  const byFolder = Map.groupBy(
    entries.filter(({ folder }) => !folder).map(({ path }) => path),
    dirname,
  );
  for (const [folder, paths] of byFolder) {
    const { photos, others } = together(paths.map((path) => path.slice(below(folder, '').length)));
    for (const { main, companions } of [...photos, ...others.map((name) => ({ main: name, companions: [] }))])
      found.set(below(folder, main), [{ kind: 'photo', ...absolute(folder, main, companions) }]);
  }
  return found;
}

/**
 * @param real the folder without symbolic links
 * @param root the real folder that the scan began at
 * @param named real paths of files that have their own place in the scan
 */
async function* inFolder(folder: string, real: string, root: string, named: ReadonlySet<string>): AsyncGenerator<Found> {
  let listing: Listing;
  try {
    listing = await list(folder, root, (name) => named.has(join(real, name)));
  } catch (error) {
    yield { kind: 'other', path: folder, ...folderNotReadable(error) };
    return;
  }
  for (const item of inOrder(listing)) {
    const path = below(folder, item.name);
    if (item.kind === 'photo') yield { kind: 'photo', ...absolute(folder, item.name, item.companions) };
    else if (item.kind === 'folder') yield* inFolder(path, join(real, item.name), root, named);
    else yield { kind: 'other', path, code: item.code, message: item.message };
  }
}

type Item = { readonly name: string } & (
  { readonly kind: 'photo'; readonly companions: readonly string[] } | { readonly kind: 'folder' } | ({ readonly kind: 'other' } & Aside)
);

function inOrder({ photos, folders, aside }: Listing): Item[] {
  const items = [
    ...photos.map(({ main, companions }): Item => ({ kind: 'photo', name: main, companions })),
    ...folders.map((name): Item => ({ kind: 'folder', name })),
    ...aside.map((one): Item => ({ kind: 'other', ...one })),
  ];
  return items.sort((a, b) => inNaturalOrder(a.name, b.name));
}

const absolute = (folder: string, main: string, companions: readonly string[]): { path: string; companions: string[] } => ({
  path: below(folder, main),
  companions: companions.map((name) => below(folder, name)),
});

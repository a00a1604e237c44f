/**
 * Labelled photos as files, for calibration and evaluation: from a table whose archives lie beside it, or from a folder with one folder
 * per collection. Photos of an archive are unpacked into a temporary folder, so that they go through the reader like any other file.
 */
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative, sep } from 'node:path';
import papa from 'papaparse';
import { FileError, PackError } from '../contract/errors.ts';
import { unpack } from './archive.ts';

export interface LabelledPhoto {
  readonly id: string; // as in the table; in a folder the path below it, with forward slashes
  readonly truth: string; // title or key of its collection, as the data has it
  readonly source: string | null;
  readonly path: string;
}

/** The photos whose id has a SHA-256 with an even first byte (`fit`), the others (`report`), or all. */
export type Half = 'fit' | 'report' | 'all';

export interface LabelledData {
  readonly photos: readonly LabelledPhoto[];
  readonly release: () => Promise<void>; // removes what was unpacked
}

/**
 * @param data a table (.tsv) with the columns id, collection, `tar` or `zip`, and where it has them split and source; or a folder
 * @param split of a table; all of it where none is given
 * @throws {FileError} `not-found`, `data-archive` naming the file; {PackError} `data` for a table, a split or a half that gives no photo
 */
export async function openData({ data, split, half = 'all' }: { data: string; split?: string; half?: Half }): Promise<LabelledData> {
  const isFolder = await stat(data).then(
    (found) => found.isDirectory(),
    (cause: unknown) => {
      throw new FileError(data, 'not-found', `There is no table or folder ${data}.`, { cause });
    },
  );
  if (isFolder && split !== undefined) {
    throw new PackError('data', `${data} is a folder and has no splits, but the split "${split}" was asked for.`);
  }
  return isFolder ? openFolder(data, half) : openTable(data, split, half);
}

/**
 * The photos with the key of their collection as truth, which the data may have by title.
 *
 * @throws {PackError} `data-collection`, naming what the pack does not have
 */
export function withKeys(
  photos: readonly LabelledPhoto[],
  collections: readonly { readonly key: string; readonly title: string }[],
): LabelledPhoto[] {
  const keys = new Map(collections.flatMap(({ key, title }) => [[title, key] as const, [key, key] as const]));
  const unknown = [...new Set(photos.map(({ truth }) => truth))].filter((truth) => !keys.has(truth));
  if (unknown.length > 0) {
    throw new PackError('data-collection', `The pack has no collection ${list(unknown)}, which the data has photos of.`, {
      hint: `Its collections are ${list(collections.map(({ title }) => title))}.`,
    });
  }
  return photos.map((photo) => ({ ...photo, truth: keys.get(photo.truth)! }));
}

async function openFolder(folder: string, half: Half): Promise<LabelledData> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const photos = paths
    .map((path) => ({ path, parts: relative(folder, path).split(sep) }))
    .filter(({ parts }) => parts.length > 1 && !parts.some((part) => part.startsWith('.')))
    .map(({ path, parts }) => ({ id: parts.join('/'), truth: parts[0]!, source: null, path }))
    .filter(({ id }) => isIn(half, id))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  if (photos.length === 0) {
    throw new PackError('data', `${folder} has no photos${ofHalf(half)}.`, {
      hint: 'It should have one folder per collection, named by its title or key, with photos in it.',
    });
  }
  return { photos, release: () => Promise.resolve() };
}

interface Row {
  readonly id: string;
  readonly split?: string;
  readonly source?: string;
  readonly collection: string; // empty: of none, left out
  readonly tar?: string;
  readonly zip?: string;
}

async function openTable(table: string, split: string | undefined, half: Half): Promise<LabelledData> {
  const rows = choose(await readRows(table), table, split, half);
  const folder = await mkdtemp(join(tmpdir(), 'squint-data-'));
  const release = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    for (const [archive, members] of Map.groupBy(rows, (row) => row.tar ?? row.zip!)) {
      const isBeside = archive === basename(archive);
      if (!isBeside) throw new PackError('data', `${table} names the archive "${archive}"; it must lie beside the table.`);
      await unpack(
        join(dirname(table), archive),
        members.map(({ id }) => `${id}.webp`),
        folder,
      );
    }
  } catch (error) {
    await release();
    throw error;
  }
  const photos = rows.map(({ id, collection, source }) => ({
    id,
    truth: collection,
    source: source ?? null,
    path: join(folder, `${id}.webp`),
  }));
  return { photos, release };
}

async function readRows(table: string): Promise<Row[]> {
  const text = await readFile(table, 'utf8');
  const { data, meta } = papa.parse<Partial<Row>>(text, { header: true, delimiter: '\t', quoteChar: '\0', skipEmptyLines: true });
  const columns = meta.fields ?? [];
  const missing = ['id', 'collection'].filter((column) => !columns.includes(column));
  if (!columns.includes('tar') && !columns.includes('zip')) missing.push('tar or zip');
  if (missing.length > 0) {
    throw new PackError('data', `${table} has no column ${missing.join(', ')}; it has ${columns.join(', ')}.`, {
      hint: 'A table of photos is tab-separated and names id, collection and the tar or zip beside it that holds id.webp.',
    });
  }
  const seen = new Set<string>();
  return data.map((row, i) => {
    const { id, collection } = row;
    const fail = (what: string): PackError => new PackError('data', `${table} cannot be used: line ${i + 2} ${what}.`);
    if (id === undefined || collection === undefined || (row.tar ?? row.zip) === undefined) throw fail('is cut short');
    if (!/^[\p{L}\p{N}_-][\p{L}\p{N}_. -]*$/u.test(id)) throw fail(`has the id "${id}", which is not a plain name`);
    if (seen.has(id)) throw fail(`has the id "${id}" again`);
    seen.add(id);
    return { ...row, id, collection };
  });
}

/** The labelled rows of a split and a half. */
function choose(rows: readonly Row[], table: string, split: string | undefined, half: Half): Row[] {
  const splits = [...new Set(rows.flatMap((row) => row.split ?? []))].sort();
  if (split !== undefined && !splits.includes(split)) {
    throw new PackError('data', `${table} has no split "${split}"; it has ${splits.length === 0 ? 'no splits' : list(splits)}.`);
  }
  const chosen = rows.filter((row) => row.collection !== '' && (split === undefined || row.split === split) && isIn(half, row.id));
  if (chosen.length === 0) {
    throw new PackError('data', `${table} has no labelled photos${split === undefined ? '' : ` in the split "${split}"`}${ofHalf(half)}.`);
  }
  return chosen;
}

/** Whether the photo of that id belongs to the half. */
export const isIn = (half: Half, id: string): boolean =>
  half === 'all' || (createHash('sha256').update(id).digest()[0]! % 2 === 0) === (half === 'fit');

const ofHalf = (half: Half): string => (half === 'all' ? '' : ` in the half "${half}"`);
const list = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

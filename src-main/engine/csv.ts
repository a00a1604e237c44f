/** The outcomes as a table for other programs: one line per photo, also of those that were not sorted. The library adds the person's words. */
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { open, unlink } from 'node:fs/promises';
import papa from 'papaparse';
import { FileError } from '../contract/errors.ts';
import type { Failed, Skipped, Start, Verdict } from '../contract/events.ts';

const columns = [
  'path',
  'pile',
  'collection',
  'title',
  'group',
  'leaf',
  'confidence',
  'exit',
  'exits',
  'rungs',
  'bytes',
  'macs',
  'read_ms',
  'network_ms',
  'joules',
  'damaged',
  'not_sorted', // why
] as const;
/**
 * What only one of both tables has, at its end: a run's, whether the library answered, and then the costs are those of an earlier run; the
 * library's, the collection that the person confirmed or corrected.
 */
type Own = 'stored' | 'decided';

type Column = (typeof columns)[number] | Own;
type Row = Readonly<Partial<Record<Column, string | number | boolean | null>>>;

export interface CsvFile {
  write(outcome: Verdict | Skipped | Failed, pack: Pick<Start, 'collections'>, decided?: string | null): void;
  /** Before more is written than memory should hold. */
  drained(): Promise<void>;
  /** @throws {FileError} `unwritable`, with the first reason */
  close(): Promise<void>;
  /** Takes the file away again. */
  discard(): Promise<void>;
}

/**
 * @param hint what to do where the name is taken
 * @throws {FileError} `target-exists`: a file that is there is never written over; `unwritable`
 */
export async function createCsv(path: string, hint: string, own: Own): Promise<CsvFile> {
  const file = await open(path, 'wx').catch((cause: unknown) => {
    const { code } = cause as NodeJS.ErrnoException;
    if (code !== 'EEXIST') throw unwritable(path, cause);
    throw new FileError(path, 'target-exists', `${path} is there already; it is not written over.`, {
      hint,
      cause,
    });
  });
  const stream = createWriteStream('', { fd: file });
  let failure: unknown = null;
  stream.on('error', (error) => (failure = error));
  const line = (values: readonly unknown[]): void => void stream.write(`${papa.unparse([[...values]])}\r\n`); // RFC 4180
  const close = async (): Promise<void> => {
    if (stream.closed) return;
    const closed = once(stream, 'close');
    stream.end();
    await closed;
  };
  const used: readonly Column[] = [...columns, own];
  line(used);
  return {
    write: (outcome, pack, word = null) => {
      const row: Row = { ...rowOf(outcome, pack), decided: word };
      line(used.map((column) => row[column]));
    },
    drained: async () => {
      if (stream.writableNeedDrain && failure === null) await Promise.race([once(stream, 'drain'), once(stream, 'close')]);
    },
    close: async () => {
      await close();
      if (failure !== null) throw unwritable(path, failure);
    },
    discard: async () => {
      await close();
      await unlink(path);
    },
  };
}

const unwritable = (path: string, cause: unknown): FileError =>
  new FileError(path, 'unwritable', `${path} could not be written (${(cause as NodeJS.ErrnoException).code ?? 'unknown'}).`, { cause });

function rowOf(outcome: Verdict | Skipped | Failed, { collections }: Pick<Start, 'collections'>): Row {
  if (outcome.type !== 'verdict') return { path: outcome.path, not_sorted: outcome.message };
  const { path, pile, collection, group, leaf, confidence, exit, exits, reads, macs, ms, energy, damaged, stored } = outcome;
  return {
    path,
    pile,
    collection,
    title: collections.find(({ key }) => key === collection)?.title ?? collection,
    group,
    leaf,
    confidence,
    exit,
    exits,
    rungs: reads.map(({ rung }) => rung).join('+'),
    bytes: reads.reduce((sum, read) => sum + read.bytes, 0),
    macs,
    read_ms: ms.read,
    network_ms: ms.network,
    joules: Number(energy.joules.toPrecision(4)),
    damaged,
    stored,
  };
}

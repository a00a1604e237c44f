/** The verdicts as a table for other programs: one line per photo. */
import { createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import papa from 'papaparse';
import { FileError } from '../../contract/errors.ts';
import type { Start, Verdict } from '../../contract/events.ts';

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
];

export interface CsvFile {
  write(verdict: Verdict, start: Start): void;
  close(): Promise<void>;
}

/** @throws {FileError} `target-exists`: a file that is there is never written over */
export async function createCsv(path: string): Promise<CsvFile> {
  const file = await open(path, 'wx').catch((cause: unknown) => {
    const exists = (cause as NodeJS.ErrnoException).code === 'EEXIST';
    throw exists
      ? new FileError(path, 'target-exists', `${path} is there already; it is not written over.`, {
          hint: 'Give another name to --csv.',
          cause,
        })
      : new FileError(path, 'unwritable', `${path} could not be made (${(cause as NodeJS.ErrnoException).code ?? 'unknown'}).`, { cause });
  });
  const stream = createWriteStream('', { fd: file });
  const line = (values: readonly (string | number | boolean | null)[]): void => void stream.write(`${papa.unparse([[...values]])}\r\n`); // RFC 4180
  line(columns);
  return {
    write: (verdict, { collections }) => {
      const { path: photo, pile, collection, group, leaf, confidence, exit, exits, reads, macs, ms, energy, damaged } = verdict;
      const title = collections.find(({ key }) => key === collection)?.title ?? collection;
      const rungs = reads.map(({ rung }) => rung).join('+');
      const bytes = reads.reduce((sum, read) => sum + read.bytes, 0);
      const rounded = Number(energy.joules.toPrecision(4));
      line([
        photo,
        pile,
        collection,
        title,
        group,
        leaf,
        confidence,
        exit,
        exits,
        rungs,
        bytes,
        macs,
        ms.read,
        ms.network,
        rounded,
        damaged,
      ]);
    },
    close: () =>
      new Promise((resolve, reject) => {
        stream.on('error', reject);
        stream.end(resolve);
      }),
  };
}

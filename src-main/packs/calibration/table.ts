/**
 * calibration.tsv: photo, true collection, then per exit the best collection and its calibrated confidence. Presets and budgets are solved
 * again from it without running a network, so a confidence comes back as exactly the float32 that was written.
 */
import papa from 'papaparse';
import { PackError } from '../../contract/errors.ts';
import type { Judged } from './observation.ts';

const columns = (exits: number): string[] => [
  'photo',
  'collection',
  ...Array.from({ length: exits }, (_, k) => [`exit${k + 1}`, `confidence${k + 1}`]).flat(),
];

export function writeTable(photos: readonly Judged[]): string {
  const rows = photos.map(({ photo, truth, opinions }) => [
    photo,
    truth,
    ...opinions.flatMap(({ collection, confidence }) => [collection, String(Number(confidence.toPrecision(9)))]), // nine digits hold a float32
  ]);
  return papa.unparse([columns(photos[0]!.opinions.length), ...rows], { delimiter: '\t', newline: '\n' }) + '\n';
}

/**
 * @param collections keys of the pack's collections
 * @param exits of the pack
 * @throws {PackError} `calibration-table` with the line that is wrong
 */
export function readTable(text: string, collections: readonly string[], exits: number): Judged[] {
  const expected = columns(exits);
  const known = new Set(collections);
  const [header, ...rows] = papa.parse<string[]>(text, { delimiter: '\t', skipEmptyLines: true }).data;
  const fail = (line: number, what: string): PackError =>
    new PackError('calibration-table', `Line ${line} of calibration.tsv cannot be used: ${what}.`, { hint: 'Calibrate the pack anew.' });
  if (header?.join('\t') !== expected.join('\t')) {
    throw fail(1, `the columns should be ${expected.join(', ')} for ${exits} exits, not ${header?.join(', ') ?? 'none'}`);
  }
  return rows.map((row, i) => {
    const line = i + 2;
    if (row.length !== expected.length) throw fail(line, `it has ${row.length} fields, expected ${expected.length}`);
    const collection = (key: string): string => {
      if (!known.has(key)) throw fail(line, `the pack has no collection "${key}"`);
      return key;
    };
    const confidence = (value: string): number => {
      const c = value === '' ? NaN : Math.fround(Number(value));
      if (!(c >= 0 && c <= 1)) throw fail(line, `"${value}" is no confidence from 0 to 1`);
      return c;
    };
    return {
      photo: row[0]!,
      truth: collection(row[1]!),
      opinions: Array.from({ length: exits }, (_, k) => ({
        collection: collection(row[2 + 2 * k]!),
        confidence: confidence(row[3 + 2 * k]!),
      })),
    };
  });
}

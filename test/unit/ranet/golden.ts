/** The golden files: what the authors' model code made of formula weights and pictures, for twelve configurations. */
import { readdirSync, readFileSync } from 'node:fs';
import type { RanetConfig } from '../../../src-main/ranet/index.ts';
import { type Answer, largestDifference, valuesOf } from './forward.ts';

export interface Golden {
  readonly name: string;
  readonly config: RanetConfig;
  readonly totalParams: number;
  readonly nBlocksPerSubnet: readonly number[];
  readonly baseFeatures: readonly Chw[];
  readonly blocks: readonly {
    readonly subnet: number;
    readonly block: number;
    readonly type: 'normal' | 'fusion';
    readonly layers: number;
    readonly transition: boolean;
    readonly down: boolean;
    readonly exit: number | null;
    readonly inShape: Chw;
    readonly features: readonly Chw[];
    readonly outShape: Chw;
  }[];
  readonly exits: readonly {
    readonly subnet: number;
    readonly block: number;
    readonly macs: number;
    readonly macsAuthors: number;
    readonly paramsAuthors: number;
    readonly logits?: readonly (readonly number[])[]; // per picture
    readonly logitsFirst16?: readonly (readonly number[])[]; // of 1000 classes
    readonly argmax: readonly number[];
    readonly absMax: number;
    readonly l2: readonly number[]; // per picture, length of the vector of logits
  }[];
  readonly tensorCount: number;
  readonly tensors: readonly (readonly [name: string, shape: readonly number[]])[];
}

type Chw = readonly [channels: number, height: number, width: number];

const folder = new URL('../../fixtures/ranet/', import.meta.url);

export const goldens: readonly Golden[] = readdirSync(folder)
  .filter((file) => file.startsWith('golden-'))
  .map((file) => JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Golden);

/** Per exit, the largest difference from the logits on file, as a share of that exit's largest; Infinity where best class or length differ. */
export function differences({ exits }: Golden, answers: readonly Answer[]): number[] {
  return exits.map((exit, e) => {
    const ofPictures = exit.argmax.map((best, n) => {
      const row = logitsOf(answers[e], n);
      const expected = (exit.logits ?? exit.logitsFirst16)![n]!;
      if (row.indexOf(Math.max(...row)) !== best) return Infinity;
      if (Math.abs(Math.hypot(...row) / exit.l2[n]! - 1) > 1e-4) return Infinity; // tells of all logits where only the first 16 are on file
      return largestDifference(row.subarray(0, expected.length), expected);
    });
    return Math.max(...ofPictures) / exit.absMax;
  });
}

function logitsOf(answer: Answer | undefined, picture: number): Float32Array {
  if (answer === undefined) return new Float32Array();
  const classes = answer.logits.dims[1]!;
  return valuesOf(answer.logits).subarray(picture * classes, (picture + 1) * classes);
}

/**
 * The way of one photo: read it at the size the next network wants, ask that network, and go on to the next only where it was not sure.
 * Nothing here knows how many networks, exits or classes a pack has.
 */
import type { Problem } from '../contract/errors.ts';
import type { Rung } from '../contract/events.ts';
import type { Pack } from '../packs/index.ts';
import type { Guess } from '../policy/opinion.ts';
import type { Pixels, ReadFrom } from '../reader/index.ts';
import type { Inference } from './inference.ts';
import type { Reading } from './reading.ts';

/** Of the way from a file to the pictures that networks see. Raised when the same file would give other pictures: then stored verdicts do not hold. */
export const preprocessingVersion = '1';

export interface Course {
  readonly path: string;
  readonly guesses: readonly { readonly guess: Guess; readonly side: number; readonly rung: Rung }[]; // one per exit visited, in order
  readonly reads: readonly (Omit<Pixels, 'pictures'> & { readonly network: number; readonly side: number })[]; // network: the first it was for
  readonly readCpuMs: number; // of all reads, one that failed too
  readonly networkCpuMs: readonly number[]; // per exit visited
  readonly networkMs: number; // wall clock of the network child, this photo's share
  readonly logits: readonly Float32Array[]; // per exit visited, where wanted
  readonly damaged: boolean; // decoded in part, or a later read failed
}

export type Outcome =
  | { readonly kind: 'classified'; readonly course: Course }
  | {
      readonly kind: 'refused';
      readonly path: string;
      readonly problem: Problem;
      readonly skipped: boolean;
      readonly cpuMs: number;
      readonly bytes: number;
    };

export interface Means {
  readonly pack: Pack;
  readonly reading: Pick<Reading, 'read'>;
  readonly inference: Pick<Inference, 'look'>;
  readonly thresholds: readonly (readonly number[])[]; // per network, per exit of it
  readonly from: ReadFrom; // the cheapest rung that may be used
}

/** @throws {SquintError} `stopped`, where the run was stopped before the photo's verdict stood */
export async function classifyPhoto(path: string, { pack, reading, inference, thresholds, from }: Means): Promise<Outcome> {
  const course = {
    guesses: [] as Course['guesses'][number][],
    reads: [] as Course['reads'][number][],
    networkCpuMs: [] as number[],
    logits: [] as Float32Array[],
  };
  const features: Record<string, Float32Array> = {};
  let pictures: Pixels['pictures'] = [];
  let readCpuMs = 0;
  let networkMs = 0;
  let damaged = false;

  for (const [network, { side }] of pack.pictures.entries()) {
    if (!pictures[network]) {
      // A preview gave every picture that it has pixels for, so what is still wanted needs a decode.
      const rung = network === 0 ? from : from === 'full' ? 'full' : 'scaled';
      const answer = await reading.read(path, { pictures: pack.pictures, need: network, from: rung }, network > 0);
      readCpuMs += answer.ok ? answer.pixels.cpuMs : answer.cpuMs;
      if (!answer.ok) {
        if (network === 0)
          return { kind: 'refused', path, problem: answer.problem, skipped: answer.skipped, cpuMs: answer.cpuMs, bytes: answer.bytes };
        damaged = true; // its file became unreadable meanwhile: it leaves with what is known
        break;
      }
      const { pictures: made, ...read } = answer.pixels;
      pictures = made;
      damaged ||= read.damaged;
      course.reads.push({ ...read, network, side: Math.max(...pack.pictures.filter((_, i) => made[i]).map((picture) => picture.side)) });
    }
    const needed = Object.fromEntries(pack.needs[network]!.map((name) => [name, features[name]!]));
    const ran = await inference.look(network, {
      picture: pictures[network]!,
      features: needed,
      thresholds: thresholds[network]!,
    });
    const { rung } = course.reads.at(-1)!;
    course.guesses.push(...ran.guesses.map((guess) => ({ guess, side, rung })));
    course.networkCpuMs.push(...ran.cpuMs);
    course.logits.push(...ran.logits);
    networkMs += ran.ms;
    Object.assign(features, ran.features);
    if (ran.left) break;
  }
  return { kind: 'classified', course: { path, ...course, readCpuMs, networkMs, damaged } };
}

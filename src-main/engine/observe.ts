/**
 * Labelled photos through every exit of a pack, nobody leaving early: what calibration and evaluation are reckoned from. The photos go
 * through the reader as files, like a person's, so that what is measured is what ships.
 */
import { SquintError } from '../contract/errors.ts';
import { energyOf, wattsOf } from '../energy/index.ts';
import { type Cost, type Costs, type LabelledPhoto, type Observation, type Pack, referencePhotos } from '../packs/index.ts';
import { fullThresholds } from '../policy/index.ts';
import type { ReadFrom } from '../reader/index.ts';
import { thresholdsByNetwork } from './demands.ts';
import { Inference } from './inference.ts';
import { processorName } from './machine.ts';
import { type Course, classifyPhoto } from './photo.ts';
import { runPhotos } from './pipeline.ts';
import { Reading } from './reading.ts';

export interface Observed {
  readonly observations: readonly Observation[]; // in the order of the photos
  readonly costs: Costs; // on this computer
  readonly failed: readonly { readonly id: string; readonly message: string }[];
}

export type Progress = (done: number, total: number) => void;

export interface Observing {
  readonly provider: string;
  readonly from: ReadFrom; // the rung where reading starts: `preview` as under early presets, `scaled` as under `full`
  readonly assumePreviews: boolean; // reckon the cost of reading as if every photo had a camera's preview
}

/**
 * @throws {SquintError} `stopped` when the signal was given: half an observation is of no use
 */
export async function observe(
  pack: Pack,
  photos: readonly LabelledPhoto[],
  { provider, from, assumePreviews }: Observing,
  progress: Progress,
  signal: AbortSignal,
): Promise<Observed> {
  const byPath = new Map(photos.map((photo) => [photo.path, photo]));
  const courses = new Map<string, Course>();
  const failed: { id: string; message: string }[] = [];
  const reading = new Reading();
  const inference = new Inference({
    networks: pack.networks,
    provider,
    want: { features: pack.featuresNeeded, logits: true },
  });
  const stopTaking = (): void => reading.stopTaking();
  signal.addEventListener('abort', stopTaking);
  try {
    const means = { pack, reading, inference, thresholds: thresholdsByNetwork(pack, fullThresholds(pack.exits)), from };
    await runPhotos(
      byPath.keys(),
      (path) => classifyPhoto(path, means),
      (outcome) => {
        const reached = outcome.kind === 'classified' && outcome.course.guesses.length === pack.exits;
        if (reached) courses.set(outcome.course.path, outcome.course);
        else {
          const path = outcome.kind === 'classified' ? outcome.course.path : outcome.path;
          failed.push({ id: byPath.get(path)!.id, message: outcome.kind === 'refused' ? outcome.problem.message : 'it became unreadable' });
        }
        progress(courses.size + failed.length, photos.length);
      },
      signal,
    );
    if (signal.aborted) throw new SquintError('stopped', 'Stopped before all photos were seen; nothing was changed.');
    const seen = photos.filter(({ path }) => courses.has(path));
    return {
      observations: seen.map(({ id, truth, source, path }) => ({ id, truth, source, logits: courses.get(path)!.logits })),
      costs: costsOf(pack, [...courses.values()], assumePreviews, await readCosts(pack, reading, photos)),
      failed,
    };
  } finally {
    signal.removeEventListener('abort', stopTaking);
    await Promise.all([reading.close(), inference.close()]);
  }
}

interface Reads {
  readonly preview: number;
  readonly scaled: number;
}

type ReadMs = Reads; // CPU milliseconds of one at each rung

/**
 * CPU milliseconds of reading a 12-megapixel JPEG at each rung on this computer. The labelled photos are small, a person's are not, and
 * reading is the larger part of a photo's cost.
 */
async function readCosts(pack: Pack, reading: Reading, photos: readonly LabelledPhoto[]): Promise<ReadMs> {
  const reference = await referencePhotos(photos);
  try {
    const mean = async (from: ReadFrom): Promise<number> => {
      let cpuMs = 0;
      for (const path of reference.paths) {
        const answer = await reading.read(path, { pictures: pack.pictures, need: 0, from }, true);
        if (!answer.ok) throw new SquintError('reference-photo', `A photo made for measuring could not be read: ${answer.problem.message}`);
        cpuMs += answer.pixels.cpuMs;
      }
      return cpuMs / reference.paths.length;
    };
    await mean('scaled'); // the first decode of a process loads its library
    return { preview: await mean('preview'), scaled: await mean('scaled') };
  } finally {
    await reference.release();
  }
}

function costsOf(pack: Pack, courses: readonly Course[], assumePreviews: boolean, readMs: ReadMs): Costs {
  const watts = wattsOf(processorName());
  const mean = (of: (course: Course) => number): number => courses.reduce((sum, course) => sum + of(course), 0) / courses.length;
  const cost = (exit: number, reads: Reads): Cost => {
    const network = mean(({ networkCpuMs }) => networkCpuMs.slice(0, exit).reduce((a, b) => a + b, 0));
    const read = reads.preview * readMs.preview + reads.scaled * readMs.scaled;
    const { joules: typical, low, high } = energyOf({ read, network }, watts);
    return { macs: pack.macs[exit - 1]!, milliseconds: { network, read }, joules: { typical, low, high }, rungs: { ...reads, full: 0 } };
  };
  // Any decode counts as a scaled one: the labelled photos may be too small for that, a 12-megapixel photo is not.
  const readsUpTo = (exit: number): Reads => {
    if (assumePreviews) return readsOfCamera(pack, exit);
    const count = (isPreview: boolean): number =>
      mean(
        ({ reads }) => reads.filter(({ rung, network }) => (rung === 'preview') === isPreview && pack.firstExits[network]! <= exit).length,
      );
    return { preview: count(true), scaled: count(false) };
  };
  return {
    exits: Array.from({ length: pack.exits }, (_, i) => cost(i + 1, readsUpTo(i + 1))),
    full: cost(pack.exits, { preview: 0, scaled: 1 }),
  };
}

/** Lines of a camera's preview, 160 x 120, that a photo of 3:2 fills. */
const previewShort = 106;

/** The reads of a photo that leaves at that exit, where the camera wrote a preview. */
export function readsOfCamera({ pictures, firstExits }: Pack, exit: number): Reads {
  const visited = pictures.filter((_, network) => firstExits[network]! <= exit);
  return { preview: visited[0]!.short <= previewShort ? 1 : 0, scaled: visited.some(({ short }) => short > previewShort) ? 1 : 0 };
}

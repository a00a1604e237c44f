/**
 * What this computer takes for each stage and for a scaled decode, in CPU milliseconds: measured at the first run with a pack (a few
 * seconds), refined by later ones, kept in `machine.json`. MACs understate late stages two- to eightfold, so what was saved is told from
 * these, never from MACs.
 */
import { randomFillSync } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Pack } from '../packs/index.ts';
import { fullThresholds } from '../policy/index.ts';
import { thresholdsByNetwork } from './demands.ts';
import type { Inference } from './inference.ts';
import type { Reading } from './reading.ts';

const MachineFile = v.object({
  format: v.literal(1),
  processor: v.string(),
  stageMs: v.record(v.string(), v.array(v.number())), // per pack digest and provider, per exit
  decodes: v.object({ n: v.number(), x: v.number(), y: v.number(), xx: v.number(), xy: v.number() }), // sums over scaled decodes of JPEGs: x megapixels, y CPU milliseconds
});
type MachineFile = v.InferOutput<typeof MachineFile>;

export const processorName = (): string => cpus()[0]?.model.trim() ?? 'unknown';

/** Reads the file; starts anew where there is none, where it is damaged, or where it is another computer's. */
async function readMachine(home: string): Promise<MachineFile> {
  const fresh: MachineFile = { format: 1, processor: processorName(), stageMs: {}, decodes: { n: 0, x: 0, y: 0, xx: 0, xy: 0 } };
  try {
    const parsed = v.safeParse(MachineFile, JSON.parse(await readFile(join(home, 'machine.json'), 'utf8')));
    return parsed.success && parsed.output.processor === fresh.processor ? parsed.output : fresh;
  } catch {
    return fresh;
  }
}

/** A home that cannot be written costs only that the next run measures again. */
async function writeMachine(home: string, machine: MachineFile): Promise<void> {
  const temporary = join(home, `machine.json.${process.pid}`);
  try {
    await mkdir(home, { recursive: true });
    await writeFile(temporary, JSON.stringify(machine, null, 1));
    await rename(temporary, join(home, 'machine.json'));
  } catch {
    await rm(temporary, { force: true }).catch(() => {});
  }
}

/** What a run needs to know of this computer. */
export interface MachineFigures {
  readonly provider: string; // that the stages were measured on
  readonly stageMs: readonly number[]; // per exit
  /** CPU milliseconds of a scaled decode of a JPEG of that size; null until one was seen. */
  readonly scaledMs: (photo: { width: number; height: number }) => number | null;
  /** Takes note of a scaled decode. */
  readonly note: (decode: { width: number; height: number; cpuMs: number }) => void;
  readonly save: () => Promise<void>;
}

const sampledPhotos = 6;
const photosRemembered = 2000; // older decodes count less and less, so that a new library or a new version shows

/** What was measured of this computer before; null where this pack has not run on this provider here. */
export async function knownFigures(home: string, pack: Pack, provider: string): Promise<MachineFigures | null> {
  const machine = await readMachine(home);
  const stageMs = machine.stageMs[keyOf(pack, provider)];
  return stageMs ? figuresOver(home, machine, { provider, stageMs }) : null;
}

interface Measuring {
  readonly pack: Pack;
  readonly provider: string; // that inference runs on
  readonly reading: Pick<Reading, 'read'>;
  readonly inference: Pick<Inference, 'look'>;
  readonly paths: readonly string[]; // photos of this run, of which a few are decoded where no decode was measured yet
}

/** The same, measured where it is not known. */
export async function machineFigures(home: string, { pack, provider, reading, inference, paths }: Measuring): Promise<MachineFigures> {
  const machine = await readMachine(home);
  const stageMs = (machine.stageMs[keyOf(pack, provider)] ??= await measureStages(pack, inference));
  const figures = figuresOver(home, machine, { provider, stageMs });
  if (machine.decodes.n === 0) await measureDecodes(pack, reading, paths, figures.note);
  return figures;
}

/** Of a run that looks at no photo. */
export const noFigures = (provider: string): MachineFigures => ({
  provider,
  stageMs: [],
  scaledMs: () => null,
  note: () => {},
  save: () => Promise.resolve(),
});

const keyOf = (pack: Pack, provider: string): string => `${pack.digest.slice(0, 16)}/${provider}`;

function figuresOver(home: string, machine: MachineFile, of: Pick<MachineFigures, 'provider' | 'stageMs'>): MachineFigures {
  return {
    ...of,
    scaledMs: ({ width, height }) => expectedMs(machine.decodes, (width * height) / 1e6),
    note: ({ width, height, cpuMs }) => {
      const [x, y] = [(width * height) / 1e6, cpuMs];
      const { decodes } = machine;
      const fade = decodes.n < photosRemembered ? 1 : 1 - 1 / photosRemembered;
      for (const [sum, value] of Object.entries({ n: 1, x, y, xx: x * x, xy: x * y }) as [keyof typeof decodes, number][]) {
        decodes[sum] = decodes[sum] * fade + value;
      }
    },
    save: () => writeMachine(home, machine),
  };
}

/** By the line of least squares through the decodes seen: every decode has a part that does not depend on its size. */
function expectedMs({ n, x, y, xx, xy }: MachineFile['decodes'], megapixels: number): number | null {
  if (n === 0) return null;
  const variance = xx / n - (x / n) ** 2;
  if (variance < 0.01 * (xx / n)) return (y / x) * megapixels; // all of one size
  const slope = Math.max(0, (xy / n - (x / n) * (y / n)) / variance);
  return Math.max(0, y / n + slope * (megapixels - x / n));
}

/** Random pictures through every stage; the medians over photos. */
async function measureStages(pack: Pack, inference: Measuring['inference']): Promise<number[]> {
  const nobodyLeaves = thresholdsByNetwork(pack, fullThresholds(pack.exits));
  const lookThrough = async (): Promise<number[]> => {
    const cpuMs: number[] = [];
    const features: Record<string, Float32Array> = {};
    for (const [network, { side }] of pack.networks.entries()) {
      const needed = Object.fromEntries(pack.needs[network]!.map((name) => [name, features[name]!]));
      const picture = randomFillSync(new Uint8Array(side * side * 3));
      const ran = await inference.look(network, { picture, features: needed, thresholds: nobodyLeaves[network]! });
      cpuMs.push(...ran.cpuMs);
      Object.assign(features, ran.features);
    }
    return cpuMs;
  };
  await lookThrough(); // the first run of a session allocates
  const measured = await Promise.all(Array.from({ length: 48 }, lookThrough));
  return Array.from({ length: pack.exits }, (_, exit) => median(measured.map((cpuMs) => cpuMs[exit]!)));
}

/** A few of the photos, decoded for it. */
export async function measureDecodes(
  pack: Pack,
  reading: Measuring['reading'],
  paths: readonly string[],
  note: MachineFigures['note'],
): Promise<void> {
  const jpegs = paths.filter(isJpeg);
  const every = Math.max(1, Math.floor(jpegs.length / sampledPhotos));
  const sample = jpegs.filter((_, i) => i % every === 0).slice(0, sampledPhotos);
  if (sample[0] !== undefined) await reading.read(sample[0], { pictures: pack.pictures, need: 0, from: 'scaled' }, true); // loads the decoder
  for (const path of sample) {
    const answer = await reading.read(path, { pictures: pack.pictures, need: 0, from: 'scaled' }, true);
    if (answer.ok) note(answer.pixels);
  }
}

/** By its name: only JPEGs have a preview rung, and a decode's milliseconds differ between formats. */
export const isJpeg = (path: string): boolean => /\.jpe?g$/i.test(path);

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;

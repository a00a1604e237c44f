/**
 * A staged run: the heart of early exit. A batch goes through the stages of one network; after each exit those that are sure leave, and
 * the next stage runs for the survivors only, on tensors compacted to their rows.
 */
import * as ort from './onnxruntime.ts';
import { leaves } from '../policy/decide.ts';
import { type Guess, guessAt } from '../policy/opinion.ts';
import type { NetworkPlan, Ran, Run } from './protocol.ts';
import type { LoadedNetwork } from './sessions.ts';

/** Float32 rows, one per photo that is still under way. */
interface Rows {
  readonly shape: readonly number[]; // of one row
  readonly data: Float32Array;
}

interface Course {
  guesses: Guess[];
  left: boolean;
  logits: Float32Array[];
  features: Record<string, Float32Array>;
}

/** @throws what onnxruntime throws: a graph that does not fit its plan */
export async function runStaged(network: LoadedNetwork, run: Run): Promise<Ran> {
  const { plan } = network;
  const cpuAtStart = process.cpuUsage();
  const courses = Array.from({ length: run.photos }, (): Course => ({ guesses: [], left: false, logits: [], features: {} }));
  const stages: { photos: number; ms: number; cpuMs: number }[] = [];
  let underWay = Array.from(courses.keys()); // photos by row of the tensors
  let tensors = inputsOf(plan, run);
  let exitOfNetwork = 0;

  for (const [i, { plan: stage, session, kept }] of network.stages.entries()) {
    const wanted = stage.exits.filter(({ exit }) => run.want.features.includes(exit));
    const fetched = [...new Set([...kept, ...stage.exits.map(({ logits }) => logits), ...wanted.map(({ features }) => features)])];
    const feeds = Object.fromEntries(stage.inputs.map((name) => [name, tensorOf(rowsNamed(tensors, name), underWay.length)]));
    const began = performance.now();
    const cpuBefore = process.cpuUsage();
    const outputs = await session.run(feeds, fetched);
    stages.push({ photos: underWay.length, ms: performance.now() - began, cpuMs: cpuMsSince(cpuBefore) });

    for (const { exit, temperature, logits: logitsName, features: featuresName } of stage.exits) {
      const threshold = run.thresholds[exitOfNetwork++] ?? null;
      const logits = rowsOf(outputs, logitsName);
      const features = run.want.features.includes(exit) ? rowsOf(outputs, featuresName) : null;
      underWay.forEach((photo, row) => {
        const course = courses[photo]!;
        if (course.left) return;
        const own = rowAt(logits, row);
        const guess = guessAt(own, temperature, plan.classes);
        course.guesses.push(guess);
        if (run.want.logits) course.logits.push(own.slice());
        if (features) course.features[`exit${exit}.features`] = rowAt(features, row).slice();
        course.left = threshold !== null && leaves(guess.top[0]!.confidence, threshold);
      });
    }

    for (const name of kept) tensors.set(name, rowsOf(outputs, name));
    const survivors = Array.from(underWay.keys()).filter((row) => !courses[underWay[row]!]!.left);
    if (survivors.length === 0) break;
    const needed = new Set(network.stages.slice(i + 1).flatMap((later) => later.plan.inputs));
    tensors = new Map(
      [...tensors].filter(([name]) => needed.has(name)).map(([name, rows]) => [name, compact(rows, survivors, underWay.length)]),
    );
    underWay = survivors.map((row) => underWay[row]!);
  }
  return { photos: courses, stages, cpuMs: cpuMsSince(cpuAtStart) };
}

function cpuMsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function inputsOf(plan: NetworkPlan, run: Run): Map<string, Rows> {
  const { side } = plan;
  const data = run.pictures instanceof Float32Array ? run.pictures : normalise(run.pictures, plan);
  const tensors = new Map<string, Rows>([['picture', { shape: [3, side, side], data }]]);
  for (const [name, vectors] of Object.entries(run.features)) tensors.set(name, { shape: [vectors.length / run.photos], data: vectors });
  return tensors;
}

/**
 * RGB bytes, row by row, to what enters the network: NCHW, value / 255, minus mean, divided by std, one float32 rounding per step
 * (as the training code does it, so that a picture gives the same float32 input here and there).
 */
function normalise(pixels: Uint8Array, { side, mean, std }: NetworkPlan): Float32Array {
  const area = side * side;
  const data = new Float32Array(pixels.length);
  for (let c = 0; c < 3; c++) {
    const m = Math.fround(mean[c]!);
    const s = Math.fround(std[c]!);
    const ofByte = Float32Array.from({ length: 256 }, (_, value) => Math.fround(Math.fround(value / 255) - m) / s);
    for (let photo = 0; photo < pixels.length; photo += 3 * area) {
      for (let p = 0; p < area; p++) data[photo + c * area + p] = ofByte[pixels[photo + 3 * p + c]!]!;
    }
  }
  return data;
}

function rowsNamed(tensors: ReadonlyMap<string, Rows>, name: string): Rows {
  const rows = tensors.get(name);
  if (rows === undefined) throw new Error(`no earlier stage gave the tensor "${name}"`);
  return rows;
}

const tensorOf = ({ shape, data }: Rows, photos: number): ort.Tensor => new ort.Tensor('float32', data, [photos, ...shape]);

function rowsOf(outputs: ort.InferenceSession.ReturnType, name: string): Rows {
  const tensor = outputs[name];
  if (!(tensor?.data instanceof Float32Array)) throw new Error(`the graph gave no float32 tensor "${name}"`);
  return { shape: tensor.dims.slice(1), data: tensor.data };
}

const rowLength = ({ shape }: Rows): number => shape.reduce((a, b) => a * b, 1);

function rowAt(rows: Rows, row: number): Float32Array {
  const length = rowLength(rows);
  return rows.data.subarray(row * length, (row + 1) * length);
}

/** The chosen rows, in order; the very same tensor where that is all of them. */
function compact(rows: Rows, chosen: readonly number[], present: number): Rows {
  if (chosen.length === present) return rows;
  const length = rowLength(rows);
  const data = new Float32Array(chosen.length * length);
  chosen.forEach((row, i) => data.set(rowAt(rows, row), i * length));
  return { shape: rows.shape, data };
}

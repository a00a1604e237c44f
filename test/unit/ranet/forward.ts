/** Runs the graphs of a configuration in onnxruntime: the unsplit one, or stage after stage on what the stages before left. */
import * as ort from '../../../src-main/network/onnxruntime.ts';
import { type RanetConfig, type StageGraph, stageGraphs, unsplitGraph, type Weights } from '../../../src-main/ranet/index.ts';

/** What one exit gave, [photos, classes] and [photos, features]. */
export interface Answer {
  readonly logits: ort.Tensor;
  readonly features: ort.Tensor;
}

const load = (model: Uint8Array): Promise<ort.InferenceSession> =>
  ort.InferenceSession.create(model, { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 4 });

/** @param pictures [n, 3, side, side], any n */
const tensorOf = (pictures: Float32Array, side: number): ort.Tensor => {
  const dims = [pictures.length / (3 * side * side), 3, side, side];
  return new ort.Tensor('float32', pictures, dims);
};

export async function runUnsplit(config: RanetConfig, weights: Weights, pictures: Float32Array): Promise<Answer[]> {
  const session = await load(unsplitGraph(config, weights));
  const outputs = await session.run({ picture: tensorOf(pictures, config.inputSize) });
  const exits = session.outputNames.filter((name) => name.endsWith('.logits')).length;
  await session.release();
  return Array.from({ length: exits }, (_, i) => ({
    logits: outputs[`exit${i + 1}.logits`]!,
    features: outputs[`exit${i + 1}.features`]!,
  }));
}

export const runStaged = (config: RanetConfig, weights: Weights, pictures: Float32Array): Promise<Answer[]> =>
  runStages(stageGraphs(config, weights), config.inputSize, pictures);

export async function runStages(stages: readonly StageGraph[], side: number, pictures: Float32Array): Promise<Answer[]> {
  const state = new Map([['picture', tensorOf(pictures, side)]]);
  const answers: Answer[] = [];
  for (const { model, inputs, outputs } of stages) {
    const session = await load(model);
    const made = await session.run(Object.fromEntries(inputs.map((name) => [name, state.get(name)!])));
    await session.release();
    for (const name of outputs) state.set(name, made[name]!);
    answers.push({ logits: made.logits!, features: made.features! });
  }
  return answers;
}

export const valuesOf = ({ data }: ort.Tensor): Float32Array => data as Float32Array;

/** Infinity where the lengths differ or a value is not a number. */
export function largestDifference(values: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (values.length !== expected.length) return Infinity;
  let largest = 0;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(values[i]! - expected[i]!);
    largest = Math.max(largest, Number.isNaN(difference) ? Infinity : difference);
  }
  return largest;
}

export const largestOf = (values: Float64Array): number => values.reduce((a, b) => Math.max(a, Math.abs(b)), 0);

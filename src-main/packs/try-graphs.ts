/**
 * The graphs of a network, run once with one photo and once with two, before they become part of a pack: that they run at all, that the
 * shapes are right, that a photo's result does not depend on the other in the batch, and how many MACs they are. The one place in packs
 * that needs onnxruntime.
 */
import type { ModelProto } from 'onnx-buf';
import * as ort from '../network/onnxruntime.ts';
import { PackError } from '../contract/errors.ts';
import { countMacs, showShapes } from './count-macs.ts';
import type { StageFile } from './graphs.ts';

export interface Tried {
  readonly stages: readonly StageFile[];
  readonly models: readonly ModelProto[]; // of the stages, parsed
  readonly side: number; // pixels, of the picture
  readonly classes: number;
  readonly features: ReadonlyMap<string, number>; // `exitK.features` of earlier networks, and their lengths
}

type Tensors = Record<string, ort.Tensor>;

/**
 * @returns per exit: the MACs of this network up to it, one photo, and the length of its feature vector
 * @throws {PackError} `graph`, naming the file
 */
export async function tryGraphs(network: Tried): Promise<{ macs: number; features: number }[]> {
  const one = { ...inputsFor(1, network) };
  const two = { ...inputsFor(2, network) };
  let macs = 0;
  const exits = [];
  for (const [i, stage] of network.stages.entries()) {
    const model = network.models[i]!;
    const shown = await run(showShapes(model), stage, one);
    macs += countMacs(model.graph!, (name) => (shown[name] ?? one[name]!).dims);
    for (const { name } of model.graph!.output) one[name] = shown[name]!;
    const outputs = await run(stage.bytes, stage, two);
    Object.assign(two, outputs);
    const fail = (what: string): PackError => new PackError('graph', `${stage.file}: ${what}.`);
    for (const [name, tensor] of Object.entries(outputs)) {
      if (tensor.dims[0] !== 2) throw fail(`its output "${name}" is [${tensor.dims.join(', ')}] for 2 photos`);
    }
    const { logits, features } = outputs as { logits: ort.Tensor; features: ort.Tensor };
    if (logits.dims.length !== 2 || logits.dims[1] !== network.classes) {
      throw fail(`its logits are [${logits.dims.join(', ')}] for 2 photos, expected [2, ${network.classes}]`);
    }
    if (features.dims.length !== 2) throw fail(`its features are [${features.dims.join(', ')}] for 2 photos, expected [2, F]`);
    checkRow(one.logits!.data as Float32Array, logits.data as Float32Array, fail);
    exits.push({ macs, features: features.dims[1]! });
  }
  return exits;
}

/** A picture of waves, the second photo of another phase; and vectors of features. */
function inputsFor(photos: number, { side, features }: Tried): Tensors {
  const waves = (shape: number[]): ort.Tensor => {
    const length = shape.reduce((a, b) => a * b, 1);
    const data = Float32Array.from({ length: photos * length }, (_, i) => Math.sin(0.7 * (i % length) + 2 * Math.floor(i / length)));
    return new ort.Tensor('float32', data, [photos, ...shape]);
  };
  return { picture: waves([3, side, side]), ...Object.fromEntries(Array.from(features, ([name, length]) => [name, waves([length])])) };
}

async function run(model: Uint8Array, { file, inputs }: StageFile, tensors: Tensors): Promise<Tensors> {
  try {
    const session = await ort.InferenceSession.create(model, {
      executionProviders: ['cpu'],
      intraOpNumThreads: 1,
      graphOptimizationLevel: 'disabled', // else tensors that are only looked at change what is fused
      logSeverityLevel: 4, // errors come as exceptions
    });
    try {
      return { ...(await session.run(Object.fromEntries(inputs.map((name) => [name, tensors[name]!])))) };
    } finally {
      await session.release();
    }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('\n')[0]! : 'no reason given';
    throw new PackError('graph', `${file} does not run: ${reason}`, { cause });
  }
}

function checkRow(alone: Float32Array, inBatch: Float32Array, fail: (what: string) => PackError): void {
  const largest = alone.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  if (!Number.isFinite(largest)) throw fail('its logits are not finite');
  if (alone.some((z, i) => !(Math.abs(z - inBatch[i]!) <= 1e-3 * Math.max(largest, 1)))) {
    throw fail('a photo gets other logits when another is in the batch');
  }
}

/** Whether weights are those of a configuration: every tensor there, in its shape, with usable values, and none too many. */
import { PackError } from '../contract/errors.ts';
import type { RanetConfig } from './schema.ts';
import { tensorsOf } from './tensors.ts';
import type { Tensor, Weights } from './weights.ts';

const hint = 'The configuration must be the one that the network was trained with.';

/** @throws {PackError} `ranet-weights`, naming the first tensor that does not fit, what was expected and what came */
export function checkWeights(config: RanetConfig, weights: Weights): void {
  const specs = tensorsOf(config).filter(({ type }) => type === 'float32');
  for (const { name, shape } of specs) {
    const tensor = weights.get(name);
    if (tensor === undefined) refuse(`The tensor ${name} of shape ${shown(shape)} is missing.`);
    if (shown(tensor.shape) !== shown(shape)) {
      refuse(`The tensor ${name} should have the shape ${shown(shape)}, but has ${shown(tensor.shape)}.`);
    }
    checkValues(name, tensor);
  }
  if (weights.size === specs.length) return;
  const known = new Set(specs.map(({ name }) => name));
  const extra = [...weights.keys()].find((name) => !known.has(name))!;
  refuse(`The tensor ${extra} of shape ${shown(weights.get(extra)!.shape)} has no place in this configuration.`);
}

function checkValues(name: string, { shape, data }: Tensor): void {
  const length = shape.reduce((a, b) => a * b, 1);
  if (data.length !== length) refuse(`The tensor ${name} of shape ${shown(shape)} should hold ${length} values, but holds ${data.length}.`);
  const isVariance = name.endsWith('.running_var');
  for (let i = 0; i < length; i++) {
    const value = data[i]!;
    if (!Number.isFinite(value)) refuse(`The tensor ${name} should hold finite numbers, but value ${i} is ${value}.`);
    if (isVariance && value < 0) refuse(`The tensor ${name} should hold variances, but value ${i} is ${value}.`);
  }
}

function refuse(message: string): never {
  throw new PackError('ranet-weights', message, { hint });
}

const shown = (shape: readonly number[]): string => `[${shape.join(', ')}]`;

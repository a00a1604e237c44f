/**
 * Batch normalisation with running statistics is a factor and an offset per channel, so it goes into the convolution before it:
 * W' = W·k, b' = shift + (bias - mean)·k, with k = scale / sqrt(variance + 1e-5). In double precision, rounded once.
 */
import type { Convolution } from '../convolution.ts';
import type { Weights } from '../weights.ts';

const epsilon = 1e-5; // PyTorch's default, which the authors' code keeps

export interface Folded {
  readonly weight: Float32Array; // [to, from, kernel, kernel]
  readonly bias: Float32Array; // [to]
}

export function fold(weights: Weights, { name, norm, biased, to }: Convolution): Folded {
  const values = (tensor: string): Float32Array => weights.get(tensor)!.data;
  const scale = values(`${norm}.weight`);
  const shift = values(`${norm}.bias`);
  const mean = values(`${norm}.running_mean`);
  const variance = values(`${norm}.running_var`);
  const weight = Float32Array.from(values(`${name}.weight`));
  const bias = new Float32Array(to);
  const perChannel = weight.length / to;
  for (let c = 0; c < to; c++) {
    const k = scale[c]! / Math.sqrt(variance[c]! + epsilon);
    for (let i = c * perChannel; i < (c + 1) * perChannel; i++) weight[i] = weight[i]! * k;
    bias[c] = shift[c]! + ((biased ? values(`${name}.bias`)[c]! : 0) - mean[c]!) * k;
  }
  return { weight, bias };
}

/** The tensors of a RANet, named and ordered as in a checkpoint by the authors' code: blocks, exits, and the stem last. */
import { convolutionsOf } from './block.ts';
import type { Convolution } from './convolution.ts';
import { planOf } from './plan.ts';
import type { RanetConfig } from './schema.ts';

export interface TensorSpec {
  readonly name: string; // without `module.`
  readonly shape: readonly number[]; // convolutions [out, in, kh, kw], linear [out, in]
  readonly type: 'float32' | 'int64'; // int64: the counter `num_batches_tracked`, without effect in evaluation
}

/** All tensors of the state dictionary, in its order. */
export function tensorsOf(config: RanetConfig): readonly TensorSpec[] {
  const { subnets, stages, stem } = planOf(config);
  return [
    ...subnets.flat().flatMap(convolutionsOf).flatMap(ofConvolution),
    ...stages.flatMap(({ exit }) => [
      ...exit.convolutions.flatMap(ofConvolution),
      float(`${exit.linear}.weight`, [config.numClasses, exit.features]),
      float(`${exit.linear}.bias`, [config.numClasses]),
    ]),
    ...stem.convolutions.flatMap(ofConvolution),
  ];
}

const float = (name: string, shape: readonly number[]): TensorSpec => ({ name, shape, type: 'float32' });

function ofConvolution({ name, norm, biased, from, to, kernel }: Convolution): TensorSpec[] {
  return [
    float(`${name}.weight`, [to, from, kernel, kernel]),
    ...(biased ? [float(`${name}.bias`, [to])] : []),
    ...['weight', 'bias', 'running_mean', 'running_var'].map((part) => float(`${norm}.${part}`, [to])),
    { name: `${norm}.num_batches_tracked`, shape: [], type: 'int64' },
  ];
}

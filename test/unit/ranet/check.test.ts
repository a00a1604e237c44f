import { describe, expect, it } from 'vitest';
import { PackError } from '../../../src-main/contract/errors.ts';
import { checkWeights, stageGraphs, type Tensor, unsplitGraph, type Weights } from '../../../src-main/ranet/index.ts';
import { formulaWeights } from './formula.ts';
import { goldens } from './golden.ts';

const { config } = goldens.find(({ name }) => name === 'tiny-cifar')!;
const good = formulaWeights(config);
const name = 'scale_flows.1.0.conv_last.net.0.weight';

const without = (missing: string): Weights => new Map([...good].filter(([key]) => key !== missing));
const changed = (key: string, change: (tensor: Tensor) => Tensor): Weights => new Map([...good, [key, change(good.get(key)!)]]);
const withValue = (key: string, value: number): Weights => changed(key, ({ shape, data }) => ({ shape, data: data.with(1, value) }));

describe('weights that do not fit are refused by the tensor’s name', () => {
  it.each([
    ['missing', without(name), `The tensor ${name} of shape [4, 32, 1, 1] is missing.`],
    [
      'of another shape',
      changed(name, ({ data }) => ({ shape: [32, 4, 1, 1], data })),
      `The tensor ${name} should have the shape [4, 32, 1, 1], but has [32, 4, 1, 1].`,
    ],
    [
      'shorter than its shape',
      changed(name, ({ shape, data }) => ({ shape, data: data.subarray(1) })),
      `The tensor ${name} of shape [4, 32, 1, 1] should hold 128 values, but holds 127.`,
    ],
    ['not finite', withValue(name, NaN), `The tensor ${name} should hold finite numbers, but value 1 is NaN.`],
    [
      'of an impossible variance',
      withValue('FirstLayer.layers.0.net.1.running_var', -0.5),
      'The tensor FirstLayer.layers.0.net.1.running_var should hold variances, but value 1 is -0.5.',
    ],
    [
      'one too many',
      new Map([...good, ['classifier.4.linear.bias', { shape: [10], data: new Float32Array(10) }]]),
      'The tensor classifier.4.linear.bias of shape [10] has no place in this configuration.',
    ],
  ])('%s', (_, weights, message) => {
    for (const use of [checkWeights, stageGraphs, unsplitGraph]) {
      expect(() => use(config, weights)).toThrow(
        expect.objectContaining({
          code: 'ranet-weights',
          message,
          hint: 'The configuration must be the one that the network was trained with.',
        }),
      );
      expect(() => use(config, weights)).toThrow(PackError);
    }
  });

  it('and those that fit are not', () => expect(() => checkWeights(config, good)).not.toThrow());
});

/** Agreement with the authors' model code, on every golden file: tensors, blocks, counts, logits. */
import { describe, expect, it } from 'vitest';
import { costsOf } from '../../../src-main/ranet/macs.ts';
import type { Shape } from '../../../src-main/ranet/block.ts';
import { macsOf, parametersOf, parseConfig, stageGraphs, tensorsOf } from '../../../src-main/ranet/index.ts';
import { planOf } from '../../../src-main/ranet/plan.ts';
import { formulaPicture, formulaWeights } from './formula.ts';
import { runStages, runUnsplit } from './forward.ts';
import { differences, goldens } from './golden.ts';
import { inspect } from './inspect.ts';

const chw = ({ channels, side }: Shape): number[] => [channels, side, side];

it('reads all twelve', () => expect(goldens).toHaveLength(12));

describe.each(goldens)('$name', (golden) => {
  const config = parseConfig(golden.config);
  const plan = planOf(config);

  it('is a configuration that passes unchanged', () => expect(config).toEqual(golden.config));

  it('has the tensors of the authors’ state dictionary, in order', () => {
    const tensors = tensorsOf(config);
    expect(tensors.map(({ name, shape }) => [name, shape])).toEqual(golden.tensors);
    expect(tensors).toHaveLength(golden.tensorCount);
    expect(tensors.filter(({ type }) => type === 'int64').every(({ name }) => name.endsWith('num_batches_tracked'))).toBe(true);
  });

  it('has their blocks, features and exits', () => {
    expect(plan.subnets.map((blocks) => blocks.length)).toEqual(golden.nBlocksPerSubnet);
    expect(plan.base.map(chw)).toEqual(golden.baseFeatures);
    const blocks = plan.subnets.flat().map((block) => ({
      subnet: block.subnet,
      block: block.index,
      type: block.coarser === null ? 'normal' : 'fusion',
      layers: block.layers.length,
      transition: block.transition !== null,
      down: block.halves,
      exit: plan.stages.find(({ exit }) => exit.block === block)?.exit.index ?? null,
      inShape: chw(block.features[0]!),
      features: block.features.map(chw),
      outShape: chw(block.output),
    }));
    expect(golden.blocks).toMatchObject(blocks);
  });

  it('counts as they do', () => {
    expect(macsOf(config)).toEqual(golden.exits.map(({ macs }) => macs));
    expect(costsOf(plan).map(({ macsAuthors, parameters }) => ({ macsAuthors, parameters }))).toEqual(
      golden.exits.map(({ macsAuthors, paramsAuthors }) => ({ macsAuthors, parameters: paramsAuthors })),
    );
    expect(parametersOf(config)).toBe(golden.totalParams);
  });

  it('gives their logits at every exit, unsplit and stage by stage', { timeout: 120_000 }, async () => {
    const weights = formulaWeights(config);
    const picture = formulaPicture(config.inputSize);
    expect(Math.max(...differences(golden, await runUnsplit(config, weights, picture)))).toBeLessThan(1e-4);
    const stages = stageGraphs(config, weights);
    expect(Math.max(...differences(golden, await runStages(stages, config.inputSize, picture)))).toBeLessThan(1e-4);
  });
});

describe('what a stage leaves for later ones', () => {
  /** Floats per picture of each stage's outputs but logits and features. */
  function stateOf(name: string): number[] {
    const { config } = goldens.find((golden) => golden.name === name)!;
    return stageGraphs(config, formulaWeights(config)).map(({ model }) => {
      const outputs = [...inspect(model).outputs].filter(([output]) => output !== 'logits' && output !== 'features');
      return outputs.reduce((sum, [, dims]) => sum + dims.reduce((a, b) => a * b, 1), 0);
    });
  }

  it('is one tensor a block, named after what it is', () => {
    const { config } = goldens.find(({ name }) => name === 'photos64-imagenet')!;
    const stages = stageGraphs(config, formulaWeights(config));
    expect(stages.map(({ inputs }) => inputs)).toEqual([
      ['picture'],
      ['s0.b0.features'],
      ['s1.base', 's0.b0.features', 's0.b1.features'],
      ['s1.b2.features'],
    ]);
    expect(stages.map(({ outputs }) => outputs)).toEqual([
      ['logits', 'features', 's1.base', 's0.b0.features'],
      ['logits', 'features', 's0.b1.features'],
      ['logits', 'features', 's1.b2.features'],
      ['logits', 'features'],
    ]);
  });

  it('is small', () => {
    expect(stateOf('photos64-imagenet')).toEqual([20_480, 20_480, 11_456, 0]);
    const cifar = stateOf('photos64-cifar');
    expect([cifar[0], cifar[4]]).toEqual([113_664, 230_144]);
    expect(Math.max(...cifar.filter((_, e) => e !== 0 && e !== 4))).toBeLessThan(50_000);
  });
});

/** What must hold for every legal configuration, tried on many random small ones. */
import { describe, expect, it } from 'vitest';
import { PackError } from '../../../src-main/contract/errors.ts';
import {
  macsOf,
  parametersOf,
  parseConfig,
  type RanetConfig,
  stageGraphs,
  tensorsOf,
  unsplitGraph,
} from '../../../src-main/ranet/index.ts';
import { randomConfigurations } from './configurations.ts';
import { formulaPicture, formulaWeights } from './formula.ts';
import { largestDifference, largestOf, runStages, runUnsplit, valuesOf } from './forward.ts';
import { inspect } from './inspect.ts';
import { referenceLogits } from './reference.ts';

const legal: RanetConfig[] = [];
const refusals: unknown[] = [];
for (const value of randomConfigurations(1500)) {
  try {
    legal.push(parseConfig(value));
  } catch (error) {
    refusals.push(error);
  }
}

const scales = ({ scaleList }: RanetConfig): string => scaleList.join('-');
// a few of each scale list, and such that the second network, which is slow, takes some tenths of a second at most
const byScales = Map.groupBy(
  legal.filter((config) => macsOf(config).at(-1)! <= 15e6),
  scales,
);
const tried = [...byScales.values()].flatMap((configs) => configs.slice(0, 4));

const isWeight = (name: string): boolean => /^(scale_flows|classifier|FirstLayer)\./.test(name);

const title = (config: RanetConfig): string => {
  const { stem, inputSize, nBlocks, blockStep, step, stepMode } = config;
  return `${stem} ${inputSize}, scales ${scales(config)}, ${nBlocks}+${blockStep} blocks of ${step} ${stepMode}`;
};

it('draws enough of everything', () => {
  expect([...byScales.keys()]).toEqual(expect.arrayContaining(['1', '2', '1-1', '1-2', '2-3', '1-1-2', '1-2-2', '1-2-3', '1-2-2-3']));
  expect(tried.length).toBeGreaterThan(50);
  expect(tried.some(({ stem, scaleList }) => stem === 'imagenet' && scaleList.length > 2)).toBe(true);
  expect(tried.some(({ stepMode, scaleList, nBlocks }) => stepMode === 'lg' && scaleList.length > 1 && nBlocks > 1)).toBe(true);
  expect(refusals.length).toBeGreaterThan(100);
});

it('refuses by name, and never otherwise', () => {
  for (const error of refusals) {
    expect(error).toBeInstanceOf(PackError);
    expect(error).toMatchObject({ code: 'ranet-config' });
    expect((error as PackError).message).toMatch(/inputSize|step is|compressFactor|reduction/);
  }
});

describe.each(tried.map((config) => ({ config, title: title(config) })))('$title', ({ config }) => {
  const weights = formulaWeights(config);
  const stages = stageGraphs(config, weights);
  const inspections = stages.map(({ model }) => inspect(model));
  const whole = inspect(unsplitGraph(config, weights));

  it('gives the same logits unsplit, stage by stage and in a second network written apart', async () => {
    const pictures = formulaPicture(config.inputSize);
    const unsplit = await runUnsplit(config, weights, pictures);
    const staged = await runStages(stages, config.inputSize, pictures);
    const reference = referenceLogits(config, weights, pictures.subarray(0, pictures.length / 2));
    expect(unsplit).toHaveLength(reference.length);
    for (const [e, expected] of reference.entries()) {
      const scale = largestOf(expected);
      const logits = valuesOf(unsplit[e]!.logits);
      expect(largestDifference(logits.subarray(0, expected.length), expected) / scale).toBeLessThan(1e-5);
      expect(largestDifference(valuesOf(staged[e]!.logits), logits) / scale).toBeLessThan(1e-5);
      expect(largestDifference(valuesOf(staged[e]!.features), valuesOf(unsplit[e]!.features))).toBeLessThan(1e-4);
      expect(staged[e]!.features.dims).toEqual([2, stages[e]!.features]);
    }
  });

  it('has graphs with nothing missing, too much or of another shape than declared', () => {
    expect([whole, ...inspections].flatMap(({ faults }) => faults)).toEqual([]);
    for (const [i, { inputs, outputs }] of stages.entries()) {
      expect([...inspections[i]!.inputs.keys()]).toEqual(inputs);
      expect([...inspections[i]!.outputs.keys()]).toEqual(outputs);
      for (const [name, dims] of inspections[i]!.inputs) {
        if (name === 'picture') continue;
        const maker = inspections.slice(0, i).find((earlier) => earlier.outputs.has(name));
        expect(maker?.outputs.get(name), name).toEqual(dims);
      }
    }
  });

  it('counts the operations that its graphs have', () => {
    const ofStages = inspections.map(({ macs }) => macs);
    const cumulative = ofStages.map((_, e) => ofStages.slice(0, e + 1).reduce((a, b) => a + b, 0));
    expect(macsOf(config)).toEqual(cumulative);
    expect(whole.macs).toBe(cumulative.at(-1));
  });

  it('has each weight in one stage, and in all as many as the tensors say', () => {
    const ofStages = inspections.flatMap(({ constants }) => [...constants].filter(([name]) => isWeight(name)));
    expect(new Set(ofStages.map(([name]) => name)).size).toBe(ofStages.length);
    const stored = ofStages.reduce((sum, [, length]) => sum + length, 0);
    const tensors = tensorsOf(config).filter(({ type }) => type === 'float32');
    const count = (names: typeof tensors): number => names.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
    const statistics = tensors.filter(({ name }) => name.includes('.running_'));
    expect(parametersOf(config)).toBe(count(tensors) - count(statistics));
    // folded, the four tensors of a batch normalisation leave one bias per channel
    const norms = count(statistics) / 2;
    const biases = tensors.filter(({ name }) => name === 'FirstLayer.layers.0.0.bias');
    expect(stored).toBe(parametersOf(config) - norms - count(biases));
    expect(new Set(tensors.map(({ name }) => name)).size).toBe(tensors.length);
  });
});

/**
 * One stage as nodes of a graph: the stem where it is the first, its blocks, its exit.
 *
 * The same code writes a stage into a graph of its own and all stages into one: what a graph does not make itself it takes as an input,
 * under the name that the stage before gave it. Names of tensors between stages: `s1.base` (what sub-network 1 starts from), `s0.b1.features`
 * (all features of block 1 of sub-network 0), `s1.b0.unhalved` (those before its halving), `s0.b1.out` (its output where that is not its features).
 */
import type { Block } from '../block.ts';
import type { Exit, Plan, Stage, Stem } from '../plan.ts';
import type { Weights } from '../weights.ts';
import type { OnnxGraph } from './onnx.ts';
import { concat, convolve, firstChannels, need, pool, resize, type Value } from './operators.ts';

/** Names of what an exit gives: [N, classes] and the pooled [N, features] before the linear layer. */
export interface ExitNames {
  readonly logits: string;
  readonly features: string;
}

export function addStage(graph: OnnxGraph, plan: Plan, weights: Weights, stage: Stage, names: ExitNames): void {
  if (stage.stem !== null) addStem(graph, plan, weights, stage.stem);
  for (const block of stage.blocks) addBlock(graph, plan, weights, block);
  addExit(graph, plan, weights, stage.exit, names);
}

function addStem(graph: OnnxGraph, { config, base }: Plan, weights: Weights, stem: Stem): void {
  let x = need(graph, 'picture', { channels: 3, side: config.inputSize });
  for (const [i, convolution] of stem.convolutions.entries()) {
    const s = base.length - 1 - i;
    const pools = stem.pools && i === 0;
    x = convolve(graph, weights, x, convolution, pools ? undefined : baseName(s));
    if (pools) x = pool(graph, x, base[s]!.side, baseName(s));
  }
}

function addBlock(graph: OnnxGraph, plan: Plan, weights: Weights, block: Block): void {
  let x = inputOf(graph, plan, block);
  for (const [j, { up, normal }] of block.layers.entries()) {
    const own = convolveBoth(graph, weights, x, normal);
    const parts = [resize(graph, x, own.side)];
    if (up !== null && block.coarser !== null) {
      const fromCoarser = convolveBoth(graph, weights, featureOf(graph, plan, block.coarser, j), up);
      parts.push(resize(graph, fromCoarser, own.side));
    }
    x = concat(graph, [...parts, own], featureName(plan, block, j + 1));
  }
  if (block.last !== null && block.coarser !== null) {
    const q = featureOf(graph, plan, block.coarser, block.layers.length);
    const fromCoarser = resize(graph, convolve(graph, weights, q, block.last), x.side);
    x = concat(graph, [x, fromCoarser], block.transition === null ? outputName(block) : `${prefixOf(block)}.fused`);
  }
  if (block.transition !== null) convolve(graph, weights, x, block.transition, outputName(block));
}

function addExit(graph: OnnxGraph, plan: Plan, weights: Weights, exit: Exit, names: ExitNames): void {
  const x = need(graph, outputName(exit.block), exit.block.output);
  const { features } = exit;
  const { name } = convolveBoth(graph, weights, x, exit.convolutions);
  const pooled = graph.node('AveragePool', [name], `${exit.linear}.pooled`, [features, 1, 1], { kernel_shape: [2, 2], strides: [2, 2] });
  const vector = graph.node('Flatten', [pooled], names.features, [features], { axis: 1 });
  const { numClasses } = plan.config;
  const ofLinear = (part: string, shape: number[]): string =>
    graph.floats(`${exit.linear}.${part}`, shape, () => weights.get(`${exit.linear}.${part}`)!.data);
  const inputs = [vector, ofLinear('weight', [numClasses, features]), ofLinear('bias', [numClasses])];
  graph.node('Gemm', inputs, names.logits, [numClasses], { transB: 1 });
}

function convolveBoth(graph: OnnxGraph, weights: Weights, x: Value, [first, second]: Exit['convolutions']): Value {
  return convolve(graph, weights, convolve(graph, weights, x, first), second);
}

function inputOf(graph: OnnxGraph, plan: Plan, block: Block): Value {
  return need(graph, inputName(plan, block), block.features[0]!);
}

/**
 * F[j] of a block. Made in another graph it comes as the first channels of a later feature of the same side, so that one tensor a block
 * (two where it halves) passes between stages.
 */
function featureOf(graph: OnnxGraph, plan: Plan, block: Block, j: number): Value {
  const shape = block.features[j]!;
  const name = featureName(plan, block, j);
  if (graph.makes(name)) return need(graph, name, shape);
  const last = block.layers.length;
  const carrier = block.halves && j < last ? last - 1 : last;
  const whole = need(graph, featureName(plan, block, carrier), block.features[carrier]!);
  return firstChannels(graph, whole, shape.channels);
}

const prefixOf = ({ subnet, index }: Block): string => `s${subnet}.b${index}`;

const baseName = (subnet: number): string => `s${subnet}.base`;

function inputName({ subnets }: Plan, { subnet, index }: Block): string {
  const before = subnets[subnet]![index - 1];
  return before === undefined ? baseName(subnet) : outputName(before);
}

/** The output of a normal block without a transition is its last feature. */
function outputName(block: Block): string {
  return `${prefixOf(block)}.${block.transition === null && block.coarser === null ? 'features' : 'out'}`;
}

function featureName(plan: Plan, block: Block, j: number): string {
  const last = block.layers.length;
  if (j === 0) return inputName(plan, block);
  if (j === last) return `${prefixOf(block)}.features`;
  return `${prefixOf(block)}.${block.halves && j === last - 1 ? 'unhalved' : `f${j}`}`;
}

/**
 * The network as ONNX files: one per stage, which together hold each weight once, and one with all exits.
 *
 * A stage's inputs are what its nodes need and earlier stages made; its outputs, beside the exit's, are what later stages take.
 */
import { checkWeights } from '../check.ts';
import { planOf } from '../plan.ts';
import type { RanetConfig } from '../schema.ts';
import type { Weights } from '../weights.ts';
import { OnnxGraph } from './onnx.ts';
import { addStage } from './stage.ts';

export interface StageGraph {
  readonly model: Uint8Array; // an ONNX file
  readonly inputs: readonly string[]; // `picture` [N, 3, side, side], or outputs of earlier stages by name
  readonly outputs: readonly string[]; // `logits` [N, classes], `features` [N, features], then what later stages need
  readonly features: number; // length of the exit's feature vector
}

/**
 * One graph per exit, in running order.
 *
 * @throws {PackError} `ranet-weights` where a tensor does not fit the configuration
 */
export function stageGraphs(config: RanetConfig, weights: Weights): StageGraph[] {
  checkWeights(config, weights);
  const plan = planOf(config);
  const names = { logits: 'logits', features: 'features' };
  const neededLater = new Set<string>();
  const stages: StageGraph[] = [];
  // from the last: what later stages take is known then, and of a large network only one stage is under construction
  for (const stage of plan.stages.toReversed()) {
    const graph = new OnnxGraph();
    addStage(graph, plan, weights, stage, names);
    const { inputs } = graph;
    const outputs = [names.logits, names.features, ...[...neededLater].filter((name) => graph.makes(name))];
    stages.unshift({ model: graph.write(outputs), inputs, outputs, features: stage.exit.features });
    for (const name of inputs) neededLater.add(name);
  }
  return stages;
}

/**
 * The whole network in one graph: `picture` [N, 3, side, side] to `exit1.logits`, `exit1.features`, `exit2.logits` …
 *
 * @throws {PackError} `ranet-weights` where a tensor does not fit the configuration
 */
export function unsplitGraph(config: RanetConfig, weights: Weights): Uint8Array {
  checkWeights(config, weights);
  const plan = planOf(config);
  const graph = new OnnxGraph();
  const outputs = plan.stages.flatMap((stage, i) => {
    const names = { logits: `exit${i + 1}.logits`, features: `exit${i + 1}.features` };
    addStage(graph, plan, weights, stage, names);
    return [names.logits, names.features];
  });
  return graph.write(outputs);
}

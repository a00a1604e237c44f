/**
 * RANet (Resolution Adaptive Networks, CVPR 2020) as data: from a configuration follow its tensors, its operation counts and its ONNX graphs,
 * one per exit and one unsplit; a checkpoint by the authors' code is read into these names. No file is read and nothing runs here.
 */
export { type RanetConfig, parseConfig } from './config.ts';
export { checkWeights } from './check.ts';
export { type StageGraph, stageGraphs, unsplitGraph } from './graph/graphs.ts';
export { type Grids, gridsOf } from './grids.ts';
export { macsOf, parametersOf } from './macs.ts';
export { type TensorSpec, tensorsOf } from './tensors.ts';
export type { Tensor, Weights } from './weights.ts';

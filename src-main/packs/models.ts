/**
 * A network's ONNX graphs, one per stage: those of a `ranet` are built in memory from configuration and weights, those of a `graphs` network
 * are its files. Both are held against what pack.json says of the network.
 */
import { PackError } from '../contract/errors.ts';
import { type RanetConfig, macsOf, parseConfig, stageGraphs, unsplitGraph } from '../ranet/index.ts';
import { checkGraphs } from './graphs.ts';
import type { Network, RanetNetwork } from './manifest.ts';
import { readSafetensors } from './safetensors.ts';

export interface StageModel {
  readonly model: Uint8Array; // an ONNX file
  readonly inputs: readonly string[];
}

/**
 * @param files of the pack, by name
 * @throws {PackError} `ranet-config`, `ranet-weights`, `safetensors`, `graph` or `pack-invalid`
 */
export function modelsOf(network: Network, files: ReadonlyMap<string, Uint8Array>): StageModel[] {
  if (network.kind === 'ranet') {
    const config = configOf(network);
    const graphs = stageGraphs(config, weightsOf(network, files));
    const found = macsOf(config).map((macs, i) => `${macs} MACs, ${graphs[i]!.features} features`);
    const stated = network.exits.map(({ macs, features }) => `${macs} MACs, ${features} features`);
    const wrong = found.findIndex((exit, i) => exit !== stated[i]);
    if (wrong >= 0 || stated.length !== found.length) {
      const exit = wrong >= 0 ? wrong : found.length;
      throw contradicts(`exit ${exit + 1} of the RANet: ${stated[exit] ?? 'none'} stated, ${found[exit] ?? 'none'} by its configuration`);
    }
    return graphs;
  }
  const stages = network.stages.map(({ file, inputs }) => ({ file, bytes: files.get(file)!, inputs }));
  checkGraphs(stages, network.side);
  return stages.map(({ bytes, inputs }) => ({ model: bytes, inputs }));
}

/** A RANet as one graph with all exits, `exitK.logits` and `exitK.features` with K from 1 within this network: what the staged run is held against. */
export function unsplitModelOf(network: RanetNetwork, files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  return unsplitGraph(configOf(network), weightsOf(network, files));
}

const weightsOf = ({ weights }: RanetNetwork, files: ReadonlyMap<string, Uint8Array>) => readSafetensors(files.get(weights)!, weights);

function configOf({ config: value, side, classes }: RanetNetwork): RanetConfig {
  const config = parseConfig(value);
  if (config.inputSize !== side) throw contradicts(`side is ${side}, the RANet looks at ${config.inputSize} pixels`);
  if (config.numClasses !== classes.length) throw contradicts(`${classes.length} classes are listed, the RANet has ${config.numClasses}`);
  return config;
}

const contradicts = (what: string): PackError => new PackError('pack-invalid', `pack.json contradicts itself: ${what}.`);

/**
 * One dense block: its layers, the features it keeps for the next finer sub-network, and what it hands to the block after it.
 *
 * A normal block is followed by an exit. A fusion block takes, layer by layer, the features of the same block of the coarser sub-network.
 */
import { type Bottleneck, bottleneck, cbr, type Convolution, halved } from './convolution.ts';
import type { RanetConfig } from './schema.ts';

/** A tensor [N, channels, side, side]. */
export interface Shape {
  readonly channels: number;
  readonly side: number;
}

export interface Layer {
  readonly up: Bottleneck | null; // on the coarser feature, at its size; only in fusion blocks
  readonly normal: Bottleneck;
}

export interface Block {
  readonly subnet: number;
  readonly index: number; // within the sub-network
  readonly coarser: Block | null; // whose features it fuses; null for a normal block
  readonly halves: boolean; // at its last layer
  readonly layers: readonly Layer[];
  readonly features: readonly Shape[]; // F[0] = what came in, F[j] = after layer j - 1: one more than layers
  readonly last: Convolution | null; // on the coarser block's last feature; only in fusion blocks
  readonly transition: Convolution | null;
  readonly output: Shape;
}

export interface BlockRules {
  readonly subnet: number;
  readonly index: number;
  readonly coarser: Block | null;
  readonly layers: number;
  readonly halves: boolean;
  readonly transits: boolean;
}

/** Growth of a sub-network, and of it the channels that the coarser one gives in a fusion block. */
export function growthOf(config: RanetConfig, subnet: number): { growth: number; fromCoarser: number } {
  const growth = config.growthRate * config.grFactor[subnet]!;
  return { growth, fromCoarser: Math.floor(growth * config.compressFactor) };
}

/** @param x the shape that comes in */
export function blockOf(config: RanetConfig, rules: BlockRules, x: Shape): Block {
  const { subnet, index, coarser, halves } = rules;
  const prefix = `scale_flows.${subnet}.${index}`;
  const { growth, fromCoarser } = growthOf(config, subnet);
  const width = config.bnFactor[subnet]!;
  const side = halves ? halved(x.side) : x.side; // after the last layer

  const layers: Layer[] = [];
  const features = [x];
  for (let j = 0; j < rules.layers; j++) {
    const name = `${prefix}.layers.${j}`;
    const isLast = j === rules.layers - 1;
    const channels = x.channels + j * growth;
    const own = coarser === null ? growth : growth - fromCoarser;
    const q = coarser?.features[j];
    layers.push({
      // its width is the coarser sub-network's factor, of its own few channels
      up: q === undefined ? null : bottleneck(`${name}.conv_up`, q.channels, fromCoarser, config.bnFactor[subnet - 1]!, 1, q.side),
      normal: bottleneck(`${name}.conv_normal`, channels, own, width, halves && isLast ? 2 : 1, x.side),
    });
    features.push({ channels: channels + growth, side: isLast ? side : x.side });
  }

  const dense = x.channels + rules.layers * growth;
  const q = coarser?.features[rules.layers];
  const last = q === undefined ? null : cbr(`${prefix}.conv_last`, q.channels, Math.floor(dense * config.compressFactor), 1, 1, q.side);
  const fused = dense + (last?.to ?? 0);
  const transition = rules.transits ? cbr(`${prefix}.trans`, fused, Math.floor(config.reduction * fused), 1, 1, side) : null;
  const output = { channels: transition?.to ?? fused, side };
  return { subnet, index, coarser, halves, layers, features, last, transition, output };
}

/** All convolutions of a block, in the order of the authors' state dictionary. */
export function convolutionsOf(block: Block): Convolution[] {
  const ofLayers = block.layers.flatMap(({ up, normal }) => [...(up ?? []), ...normal]);
  return [...ofLayers, block.last, block.transition].filter((convolution) => convolution !== null);
}

/**
 * What a configuration means: sub-networks and their blocks, the stem, exits, stages. The one description from which tensors, operation
 * counts and graphs follow.
 *
 * Everything is counted from 0 here. Sub-network 0 is the coarsest and runs first; exits are numbered in running order.
 */
import { type Block, blockOf, convolutionsOf, type Shape } from './block.ts';
import { cbr, type Convolution, halved } from './convolution.ts';
import type { RanetConfig } from './schema.ts';

export interface Exit {
  readonly index: number;
  readonly block: Block;
  readonly convolutions: readonly [Convolution, Convolution];
  readonly linear: string; // its tensors are `linear.weight` and `linear.bias`
  readonly features: number; // length of the pooled vector that the linear layer reads
}

export interface Stem {
  readonly convolutions: readonly Convolution[]; // finest first
  readonly pools: boolean; // 3x3 of stride 2 after the first convolution
}

/** What exit `exit` needs beyond the stages before. */
export interface Stage {
  readonly stem: Stem | null; // the whole of it in the first stage: the coarse maps are made from the fine ones
  readonly blocks: readonly Block[]; // in running order; the exit is on the last one's output
  readonly exit: Exit;
}

export interface Plan {
  readonly config: RanetConfig;
  readonly stem: Stem;
  readonly base: readonly Shape[]; // what each sub-network starts from
  readonly subnets: readonly (readonly Block[])[];
  readonly stages: readonly Stage[]; // one per exit
}

/** Blocks per sub-network. */
export const blockCounts = ({ scaleList, nBlocks, blockStep }: RanetConfig): number[] => scaleList.map((_, s) => nBlocks + blockStep * s);

/** Dense layers of a block, the same in every sub-network. */
export const layersOf = ({ step, stepMode }: RanetConfig, index: number): number => (stepMode === 'lg' ? step * (index + 1) : step);

/** @param config its fields are well-formed; whether the network can run is for `parseConfig` to say */
export function planOf(config: RanetConfig): Plan {
  const { stem, base } = stemOf(config);
  const counts = blockCounts(config);
  const subnets: Block[][] = [];
  const stages: Stage[] = [];
  for (const [s, count] of counts.entries()) {
    const blocks: Block[] = [];
    let waiting: Block[] = []; // blocks run since the last exit
    let x = base[s]!;
    for (let b = 0; b < count; b++) {
      const coarser = subnets[s - 1]?.[b] ?? null;
      const block = blockOf(
        config,
        {
          subnet: s,
          index: b,
          coarser,
          layers: layersOf(config, b),
          halves: coarser !== null && halvesAfter(b + 1, s, config.scaleList[s]!, counts),
          transits: transitsAfter(b + 1, config.scaleList[s]!, count),
        },
        x,
      );
      blocks.push(block);
      waiting.push(block);
      x = block.output;
      if (coarser === null) {
        const exit = exitOf(config, stages.length, block);
        stages.push({ stem: stages.length === 0 ? stem : null, blocks: waiting, exit });
        waiting = [];
      }
    }
    subnets.push(blocks);
  }
  return { config, stem, base, subnets, stages };
}

/** The convolutions of a stage in running order. */
export function convolutionsOfStage({ stem, blocks, exit }: Stage): Convolution[] {
  return [...(stem?.convolutions ?? []), ...blocks.flatMap(convolutionsOf), ...exit.convolutions];
}

/** @param n blocks done, of `count` */
function transitsAfter(n: number, scale: number, count: number): boolean {
  for (let i = 1; i < scale; i++) if (Math.floor((i * count) / scale) === n) return true;
  return false;
}

/**
 * A fusion block halves where one of the last `scale - 1` coarser sub-networks ends. With scale 1 "the last 0" means all of them: so it is
 * in the authors' code, and so checkpoints are.
 */
function halvesAfter(n: number, subnet: number, scale: number, counts: readonly number[]): boolean {
  const ends = counts.slice(0, subnet);
  return (scale === 1 ? ends : ends.slice(-(scale - 1))).includes(n);
}

function stemOf(config: RanetConfig): { stem: Stem; base: Shape[] } {
  const { scaleList, grFactor, nChannels, inputSize } = config;
  const channels = grFactor.map((factor) => nChannels * factor);
  const finest = scaleList.length - 1;
  const pools = config.stem === 'imagenet';
  const first = pools ? imagenetLayer(channels[finest]!, inputSize) : cbr('FirstLayer.layers.0', 3, channels[finest]!, 3, 1, inputSize);
  const convolutions = [first];
  const base: Shape[] = [{ channels: first.to, side: pools ? halved(first.side) : first.side }];
  for (let s = finest - 1; s >= 0; s--) {
    const { channels: from, side } = base[0]!;
    const next = cbr(`FirstLayer.layers.${finest - s}`, from, channels[s]!, 3, scaleList[s] === scaleList[s + 1] ? 1 : 2, side);
    convolutions.push(next);
    base.unshift({ channels: next.to, side: next.side });
  }
  return { stem: { convolutions, pools }, base };
}

function imagenetLayer(to: number, side: number): Convolution {
  const prefix = 'FirstLayer.layers.0';
  return { name: `${prefix}.0`, norm: `${prefix}.1`, biased: true, from: 3, to, kernel: 7, stride: 2, side: halved(side) };
}

function exitOf({ stem }: RanetConfig, index: number, block: Block): Exit {
  const { channels, side } = block.output;
  const prefix = `classifier.${index}`;
  const features = stem === 'cifar' ? 128 : channels;
  const first = cbr(`${prefix}.m.0`, channels, features, 3, 2, side);
  const second = cbr(`${prefix}.m.1`, features, features, 3, 2, first.side);
  return { index, block, convolutions: [first, second], linear: `${prefix}.linear`, features };
}

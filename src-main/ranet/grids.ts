/** How finely a RANet looks, for people: every sub-network works on a grid of features, each cell one place of the picture. */
import { planOf } from './plan.ts';
import type { RanetConfig } from './schema.ts';

export interface Grids {
  readonly subnets: readonly number[]; // side of the grid that each sub-network starts from, coarse first
  readonly exits: readonly { readonly subnet: number; readonly side: number }[]; // subnet from 0; side of the grid that the exit reads
}

export function gridsOf(config: RanetConfig): Grids {
  const { base, stages } = planOf(config);
  return {
    subnets: base.map(({ side }) => side),
    exits: stages.map(({ exit: { block } }) => ({ subnet: block.subnet, side: block.output.side })),
  };
}

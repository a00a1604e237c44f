/** What one photo costs up to an exit, everything before it included, on the calibrating machine. */
import type { Rung } from '../../contract/events.ts';
import { meanCost } from '../../policy/index.ts';

export interface Cost {
  readonly macs: number;
  readonly milliseconds: { readonly network: number; readonly read: number };
  readonly joules: { readonly typical: number; readonly low: number; readonly high: number };
  /** Reads at each rung: 1 or 0 for one photo up to an exit, a share over many. */
  readonly rungs: Readonly<Record<Rung, number>>;
}

export interface Costs {
  readonly exits: readonly Cost[]; // previews assumed
  readonly full: Cost; // under `full`, which reads every photo once, at `scaled`
}

/** Reading and network together. */
export const millisecondsOf = ({ milliseconds: { network, read } }: Pick<Cost, 'milliseconds'>): number => network + read;

/** Over photos of which so many leave at each exit. */
export function meanOf(leave: readonly number[], exits: readonly Cost[]): Cost {
  const mean = (of: (cost: Cost) => number): number => meanCost(leave, exits.map(of));
  return {
    macs: mean((cost) => cost.macs),
    milliseconds: { network: mean((cost) => cost.milliseconds.network), read: mean((cost) => cost.milliseconds.read) },
    joules: { typical: mean((cost) => cost.joules.typical), low: mean((cost) => cost.joules.low), high: mean((cost) => cost.joules.high) },
    rungs: {
      preview: mean((cost) => cost.rungs.preview),
      scaled: mean((cost) => cost.rungs.scaled),
      full: mean((cost) => cost.rungs.full),
    },
  };
}

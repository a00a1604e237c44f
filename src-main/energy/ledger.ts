/**
 * The ledger: CPU time of reading and of the network, as joules with a range. Method `modelled`: busy seconds × watts of this computer.
 * Reading and network are booked apart, and what photos do not cause (start-up, files that could not be read, the engine itself) apart from both.
 */
import type { Energy } from '../contract/events.ts';
import type { Watts } from './watts.ts';

/** CPU milliseconds. */
export interface Busy {
  readonly read: number;
  readonly network: number;
}

export function energyOf(busy: Busy, watts: Watts): Energy {
  const seconds = (busy.read + busy.network) / 1000;
  return {
    joules: seconds * watts.typical,
    low: seconds * watts.low,
    high: seconds * watts.high,
    method: 'modelled',
    read: (busy.read / 1000) * watts.typical,
    network: (busy.network / 1000) * watts.typical,
  };
}

/**
 * CPU milliseconds that a photo saved against every network on one scaled decode; negative where it cost more.
 *
 * @param photo `reads`: the CPU milliseconds of its reads. `scaled`: those of a scaled decode of it, its own where it had one
 * @param stageMs this computer's CPU milliseconds per stage, by exit
 */
export function savedBy(photo: { exit: number; reads: number; scaled: number }, stageMs: readonly number[]): Busy {
  return {
    read: photo.scaled - photo.reads,
    network: stageMs.slice(photo.exit).reduce((sum, ms) => sum + ms, 0),
  };
}

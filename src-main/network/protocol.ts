/**
 * Engine and network child, over the fork's channel (serialization: 'advanced', so a typed array arrives as one).
 *
 *   engine -> network   hello, run (one at a time is worked on), stop
 *   network -> engine   ready or failed for hello, then exactly one ran or failed for each run, stopped
 *
 * The child knows stages with named tensors, not RANet, and keeps nothing between runs: what a later network needs of an earlier one
 * (feature vectors) comes back in `ran` and goes in again with the `run` that needs it.
 */
import type { Problem } from '../contract/errors.ts';
import type { ClassMap, Guess } from '../policy/opinion.ts';

export const protocolVersion = 1;

/** A chain of stages that look at one size of picture. */
export interface NetworkPlan {
  readonly side: number; // pixels, square
  readonly mean: readonly number[]; // of values 0 … 1, RGB
  readonly std: readonly number[];
  readonly classes: ClassMap;
  readonly stages: readonly StagePlan[];
}

export interface StagePlan {
  readonly model: Uint8Array; // an ONNX file
  /** `picture` [N, 3, side, side]; `exitK.features` [N, F] of an earlier network; any output of an earlier stage of this network. */
  readonly inputs: readonly string[];
  readonly exits: readonly ExitPlan[]; // one for a stage; all of them for an unsplit graph
}

export interface ExitPlan {
  readonly exit: number; // from 1 through the whole pack
  readonly temperature: number;
  readonly logits: string; // name of the output [N, classes]
  readonly features: string; // name of the output [N, F]
}

export type ToNetwork =
  | { type: 'hello'; version: number; provider: string; threads: number; networks: NetworkPlan[] }
  | { type: 'run'; seq: number; run: Run }
  | { type: 'stop' };

export interface Run {
  readonly network: number; // index into hello's networks
  readonly photos: number;
  /** RGB bytes, photos × side × side × 3; or float32 NCHW as it enters the network. */
  readonly pictures: Uint8Array | Float32Array;
  readonly features: Readonly<Record<string, Float32Array>>; // `exitK.features`, photos × F
  readonly thresholds: readonly number[]; // per exit of this network; a confidence >= it leaves, above 1 nobody does
  readonly want: { readonly features: readonly number[]; readonly logits: boolean }; // exits whose vectors are wanted
}

export type FromNetwork =
  | { type: 'ready'; provider: string; note: string | null; available: string[] } // note: why it is not the provider asked for
  | { type: 'ran'; seq: number; ran: Ran }
  | { type: 'failed'; seq: number | null; problem: Problem } // null: hello failed
  | { type: 'stopped'; cpuMs: number }; // the answer to stop: all that the process used

export interface Ran {
  readonly photos: readonly {
    readonly guesses: readonly Guess[]; // of the exits visited, in order
    readonly left: boolean; // at the exit of the last guess; false: passed the network's last exit
    readonly logits: readonly Float32Array[]; // per exit visited where they were wanted, else empty
    readonly features: Readonly<Record<string, Float32Array>>; // `exitK.features` of wanted exits that were visited
  }[];
  readonly stages: readonly { readonly photos: number; readonly ms: number; readonly cpuMs: number }[]; // of the stages run
  readonly cpuMs: number; // of the whole run, what lies between the stages too
}

/**
 * What a photo costs on this computer, before it is run: the milliseconds of stages and decodes that were measured here, at the exits where
 * photos of the calibration left under a policy. Where nothing was measured yet, the pack's own figures stand in, from the computer that it
 * was calibrated on.
 */
import type { Choice, CurvePoint } from '../../contract/library.ts';
import type { Watts } from '../../energy/index.ts';
import { isCalibrated } from '../../packs/index.ts';
import { readsOfCamera } from '../observe.ts';
import { figuresOf, leaveOf } from './choice.ts';
import type { PackInUse } from './context.ts';

/** CPU milliseconds, a photo. */
export interface Milliseconds {
  readonly network: number;
  readonly read: number;
}

export interface Joules {
  readonly typical: number;
  readonly low: number;
  readonly high: number;
}

/** Of a camera: what the pack's own figures are for, and what a library's photos are taken for until they were read. */
const usual = { width: 4000, height: 3000 };

export const joulesOf = ({ network, read }: Milliseconds, { typical, low, high }: Watts): Joules => {
  const seconds = (network + read) / 1000;
  return { typical: seconds * typical, low: seconds * low, high: seconds * high };
};

/** The mean over photos under a choice. */
export function costOf(use: PackInUse, choice: Choice): Milliseconds {
  return { network: networkMs(use, leaveOf(use, choice)), read: readMs(use, figuresOf(use, choice)) };
}

/** One photo through every exit, from the file. */
export function closerCost(use: PackInUse, photo: { readonly width: number; readonly height: number } | null): Milliseconds {
  const last = use.pack.exits - 1;
  return {
    network: networkMs(
      use,
      use.pack.macs.map((_, i) => (i === last ? 1 : 0)),
    ),
    read: scaledMs(use, photo ?? usual),
  };
}

/** @param leave share of the photos that leaves at each exit */
function networkMs({ pack, machine }: PackInUse, leave: readonly number[]): number {
  const { manifest } = pack;
  let sum = 0;
  const upTo = leave.map((_, i) => {
    if (machine) return (sum += machine.stageMs[i]!);
    return isCalibrated(manifest) ? manifest.milliseconds[i]!.network : 0;
  });
  return leave.reduce((mean, share, i) => mean + share * upTo[i]!, 0);
}

function readMs(use: PackInUse, figures: CurvePoint | null): number {
  const scaled = scaledMs(use, usual);
  const calibrated = readsOf(use);
  if (!figures || !calibrated) return scaled;
  const speed = scaled / calibrated.scaled; // of this computer against the one that calibrated
  return figures.rungs.preview * calibrated.preview * speed + (figures.rungs.scaled + figures.rungs.full) * scaled;
}

function scaledMs(use: PackInUse, photo: { readonly width: number; readonly height: number }): number {
  return use.machine?.scaledMs(photo) ?? readsOf(use)?.scaled ?? 0;
}

/** What a read cost on the calibrating computer, at each rung; null where the pack does not tell. `full` is one scaled decode. */
function readsOf(use: PackInUse): { preview: number; scaled: number } | null {
  const { manifest } = use.pack;
  const full = figuresOf(use, { kind: 'preset', preset: 'full' });
  if (!isCalibrated(manifest) || !full || full.milliseconds.read === 0) return null;
  const isPreview = readsOfCamera(use.pack, 1).preview > 0;
  return { preview: isPreview ? manifest.milliseconds[0]!.read : 0, scaled: full.milliseconds.read };
}

/** What the person chose between power and accuracy, as the policy that decides. */
import { SquintError } from '../../contract/errors.ts';
import type { Choice, CurvePoint } from '../../contract/library.ts';
import { type Pack, policyFor } from '../../packs/index.ts';
import type { Policy } from '../../policy/index.ts';
import type { Curve } from './curve.ts';

/** A pack with the policies that may be chosen for it. */
export interface Choices {
  readonly pack: Pack;
  readonly curve: Curve;
}

/** @throws {PackError} `not-calibrated` for any but `full` of such a pack; {SquintError} `no-such-point` */
export function policyOf({ pack, curve }: Choices, choice: Choice): Policy {
  if (choice.kind === 'preset') return policyFor(pack, choice.preset);
  const point = curve.points[choice.point];
  if (point) return { ...policyFor(pack, 'full'), thresholds: point.thresholds };
  throw new SquintError('no-such-point', `The pack "${pack.manifest.title}" has no point ${choice.point} on its curve.`, {
    hint: `It has ${curve.points.length}, counted from 0.`,
  });
}

/** The choice if it can be had of this pack, which may have been replaced since it was made; else the nearest that can. */
export function choiceFor({ pack, curve }: Choices, choice: Choice): Choice {
  if (!pack.calibrated) return { kind: 'preset', preset: 'full' };
  return choice.kind === 'point' && choice.point >= curve.points.length ? { kind: 'preset', preset: 'balanced' } : choice;
}

/** Its figures on the calibration photos; null where the pack has none. */
export function figuresOf({ pack, curve }: Choices, choice: Choice): CurvePoint | null {
  if (choice.kind === 'point') return curve.points[choice.point]?.figures ?? null;
  const found = pack.manifest.curve?.find(({ preset }) => preset === choice.preset);
  if (!found) return null;
  const { accuracy, low, high, macs, milliseconds, rungs } = found;
  return { accuracy, low, high, macs, milliseconds, rungs };
}

/** Share of photos that leaves at each exit under it; where the pack does not tell, all go to the last. */
export function leaveOf({ pack, curve }: Choices, choice: Choice): readonly number[] {
  const found = choice.kind === 'point' ? curve.points[choice.point] : curve.presets[choice.preset];
  return found?.leave ?? pack.macs.map((_, i) => (i === pack.exits - 1 ? 1 : 0));
}

/** Its name, for people and for the list of runs. */
export const nameOf = (choice: Choice): string => (choice.kind === 'preset' ? choice.preset : `point ${choice.point + 1} of the curve`);

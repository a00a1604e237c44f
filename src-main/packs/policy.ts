/** The policy that a preset stands for in a pack. */
import { PackError } from '../contract/errors.ts';
import type { Preset } from '../contract/events.ts';
import { type Policy, fullThresholds } from '../policy/index.ts';
import type { Pack } from './load.ts';
import { isCalibrated } from './manifest.ts';

/**
 * A pack without calibration has no thresholds: every photo goes to the last exit, and none to Review.
 *
 * @throws {PackError} `not-calibrated` for any other preset of such a pack
 */
export function policyFor({ manifest, exits, folder }: Pick<Pack, 'manifest' | 'exits' | 'folder'>, preset: Preset): Policy {
  if (isCalibrated(manifest)) {
    // Without groups no photo has a confidence of one, so the number does not matter.
    return { thresholds: manifest.presets[preset], review: manifest.review, groupReview: manifest.groupReview ?? 1 };
  }
  if (preset === 'full') return { thresholds: fullThresholds(exits), review: 0, groupReview: 0 };
  throw new PackError('not-calibrated', `The pack "${manifest.title}" is not calibrated, so it has no preset "${preset}".`, {
    hint: `Run it with --preset full, or calibrate it first: squint packs calibrate ${folder} --data TABLE`,
  });
}

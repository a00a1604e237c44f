import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../../src-main/packs/index.ts';
import { policyFor } from '../../../src-main/packs/index.ts';
import { calibrated, colourDraft } from './made.ts';

const pack = (more = {}) => ({ manifest: { ...colourDraft(more), files: {} } as unknown as Manifest, exits: 2, folder: 'packs/colours' });

describe('the policy of a preset', () => {
  it('is the one that calibration found', () => {
    const policy = policyFor(pack({ ...calibrated(), groups: [{ key: 'all', title: 'All' }], groupReview: 0.55 }), 'balanced');
    expect(policy).toEqual({ thresholds: [0.6], review: 0.4, groupReview: 0.55 });
  });

  it('of a pack without calibration is full alone: everyone goes to the last exit, none to Review', () => {
    const policy = policyFor(pack(), 'full');
    expect(policy.thresholds).toHaveLength(1);
    expect(policy.thresholds[0]).toBeGreaterThan(1);
    expect(policy).toMatchObject({ review: 0, groupReview: 0 });
    expect(() => policyFor(pack(), 'saver')).toThrow('The pack "Colours" is not calibrated, so it has no preset "saver".');
    expect(() => policyFor(pack(), 'saver')).toThrow(
      expect.objectContaining({ code: 'not-calibrated', hint: expect.stringContaining('--preset full') as string }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { choiceTitle } from '../../../../src-renderer/lib/choice.ts';
import { pack } from '../../../fake/bridge.ts';

describe('a choice', () => {
  it('is called by its preset, or by how often its point of the curve is right', () => {
    expect(choiceTitle({ kind: 'preset', preset: 'saver' }, pack)).toBe('Power saver');
    expect(choiceTitle({ kind: 'point', point: 0 }, pack)).toBe('62% right');
    expect(choiceTitle({ kind: 'point', point: 99 }, pack)).toBe('Own choice');
  });

  it('is full for a pack that is not calibrated, whatever is set', () => {
    expect(choiceTitle({ kind: 'preset', preset: 'saver' }, { ...pack, calibrated: false })).toBe('Full');
  });
});

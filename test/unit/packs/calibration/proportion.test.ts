import { expect, it } from 'vitest';
import { proportion } from '../../../../src-main/packs/calibration/proportion.ts';

it('has Wilson’s interval', () => {
  // 8 of 10: the textbook's (0.4902, 0.9433).
  expect(proportion(8, 10)).toEqual({ share: 0.8, low: expect.closeTo(0.4902, 4) as number, high: expect.closeTo(0.9433, 4) as number, of: 10 }); // prettier-ignore
});

it('stays between 0 and 1 where all or none are right', () => {
  expect(proportion(0, 20)).toMatchObject({ low: 0, high: expect.closeTo(0.1611, 4) as number });
  expect(proportion(20, 20)).toMatchObject({ low: expect.closeTo(0.8389, 4) as number, high: 1 });
});

it('is not known without photos', () => expect(proportion(0, 0)).toBeNull());

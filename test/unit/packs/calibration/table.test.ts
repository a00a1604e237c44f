import { describe, expect, it } from 'vitest';
import { readTable, writeTable, type Judged } from '../../../../src-main/packs/calibration/index.ts';

const photos: Judged[] = [
  { photo: 'v1', truth: 'cats', opinions: [{ collection: 'cats', confidence: Math.fround(0.1) }, { collection: 'dogs', confidence: 1 }] }, // prettier-ignore
  { photo: 'my "best"/cat\tone.jpg', truth: 'dogs', opinions: [{ collection: 'dogs', confidence: Math.fround(1 / 3) }, { collection: 'dogs', confidence: Math.fround(1e-9) }] }, // prettier-ignore
];
const keys = ['cats', 'dogs'];

describe('calibration.tsv', () => {
  it('is a plain table', () => {
    expect(writeTable(photos.slice(0, 1))).toBe(
      'photo\tcollection\texit1\tconfidence1\texit2\tconfidence2\nv1\tcats\tcats\t0.100000001\tdogs\t1\n',
    );
  });

  it('gives back what was written, to the last bit', () => {
    expect(readTable(writeTable(photos), keys, 2)).toEqual(photos);
    const many = Array.from({ length: 2000 }, (_, i) => ({ photo: `p${i}`, truth: 'cats', opinions: [{ collection: 'cats', confidence: Math.fround(Math.abs(Math.sin(i))) }] })); // prettier-ignore
    expect(readTable(writeTable(many), keys, 1)).toEqual(many);
  });

  it.each([
    ['another number of exits', writeTable(photos), 3, 'Line 1 of calibration.tsv cannot be used: the columns should be photo, collection, exit1, confidence1, exit2, confidence2, exit3, confidence3 for 3 exits, not photo, collection, exit1, confidence1, exit2, confidence2.'], // prettier-ignore
    ['nothing', '', 1, 'Line 1 of calibration.tsv cannot be used: the columns should be photo, collection, exit1, confidence1 for 1 exits, not none.'], // prettier-ignore
    ['a line cut short', writeTable(photos).slice(0, -20), 2, 'Line 3 of calibration.tsv cannot be used: it has 5 fields, expected 6.'],
    ['a strange collection', writeTable(photos).replace('\tcats\t', '\tcows\t'), 2, 'Line 2 of calibration.tsv cannot be used: the pack has no collection "cows".'], // prettier-ignore
    ['a confidence above 1', writeTable(photos).replace('0.1', '1.1'), 2, 'Line 2 of calibration.tsv cannot be used: "1.100000001" is no confidence from 0 to 1.'], // prettier-ignore
  ])('with %s is refused', (_, text, exits, message) => {
    expect(() => readTable(text, keys, exits)).toThrow(message);
  });
});

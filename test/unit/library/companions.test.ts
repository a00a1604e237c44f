import { describe, expect, it } from 'vitest';
import { together } from '../../../src-main/library/companions.ts';

/** "main + companion + companion" per photo, then what belongs to none. */
const told = (...names: string[]): string[] => {
  const { photos, others } = together(names);
  return [...photos.map(({ main, companions }) => [main, ...companions].join(' + ')), ...others.map((name) => `no: ${name}`)];
};

describe('files of one stem', () => {
  it('are one photo: the picture, its RAW and its sidecars, whatever the case and the Unicode form', () => {
    expect(told('IMG_1.JPG', 'img_1.cr2', 'IMG_1.xmp', 'IMG_1.aae', 'IMG_1.wav')).toEqual([
      'IMG_1.JPG + img_1.cr2 + IMG_1.xmp + IMG_1.aae + IMG_1.wav',
    ]);
    expect(told('caf\u00e9.jpg', 'cafe\u0301.NEF')).toEqual(['caf\u00e9.jpg + cafe\u0301.NEF']);
  });

  it('are photos of their own where several are pictures; what could belong to each goes with the camera’s', () => {
    expect(told('a.jpg', 'a.png')).toEqual(['a.jpg', 'a.png']);
    expect(told('a.png', 'a.heic', 'a.dng', 'a.xmp')).toEqual(['a.png', 'a.heic + a.dng + a.xmp']);
    expect(told('A.jpg', 'a.jpg', 'a.cr2')).toEqual(['A.jpg', 'a.jpg + a.cr2']);
  });

  it('are a photo too where only a RAW is there; another maker’s RAW of it goes along, one of the same kind does not', () => {
    expect(told('a.nef', 'a.xmp')).toEqual(['a.nef + a.xmp']);
    expect(told('a.dng', 'a.cr2')).toEqual(['a.cr2 + a.dng']);
    expect(told('a.cr2', 'A.CR2')).toEqual(['a.cr2', 'A.CR2']);
  });

  it('with a film are a live photo only where the camera wrote a picture', () => {
    expect(told('a.heic', 'a.mov')).toEqual(['a.heic + a.mov']);
    expect(told('a.JPG', 'a.MP4')).toEqual(['a.JPG + a.MP4']);
    expect(told('a.png', 'a.mov')).toEqual(['a.png', 'no: a.mov']);
    expect(told('a.cr2', 'a.mov', 'a.thm')).toEqual(['a.cr2 + a.thm', 'no: a.mov']);
  });
});

describe('a sidecar', () => {
  it('that is named after a whole file belongs to the photo with that file', () => {
    expect(told('a.jpg', 'a.png', 'a.png.xmp', 'a.jpg.pp3')).toEqual(['a.jpg + a.jpg.pp3', 'a.png + a.png.xmp']);
    expect(told('a.jpg', 'a.CR2', 'a.cr2.xmp', 'a.xmp', 'a.CR2.dop')).toEqual(['a.jpg + a.CR2 + a.cr2.xmp + a.xmp + a.CR2.dop']);
  });

  it('of a numbered duplicate, as darktable writes it, belongs to the file; unless there is a file of that name', () => {
    expect(told('a.cr2', 'a.cr2.xmp', 'a_01.cr2.xmp')).toEqual(['a.cr2 + a.cr2.xmp + a_01.cr2.xmp']);
    expect(told('a.cr2', 'a_01.cr2', 'a_01.cr2.xmp')).toEqual(['a_01.cr2 + a_01.cr2.xmp', 'a.cr2']);
  });

  it('without its photo belongs to none, and neither does a file of another kind', () => {
    expect(told('a.jpg', 'b.xmp', 'b.mov', 'a.txt')).toEqual(['a.jpg', 'no: a.txt', 'no: b.mov', 'no: b.xmp']);
  });
});

it('names without an ending are tried as pictures, and take nothing along', () => {
  expect(told('a', 'a.jpg', 'a.xmp')).toEqual(['a', 'a.jpg + a.xmp']);
});

import { describe, expect, it } from 'vitest';
import { together } from '../../../../src-main/library/companions.ts';
import { folderName, keyOf, numberedNames } from '../../../../src-main/library/operations/names.ts';

const bytes = (name: string): number => Buffer.byteLength(name);

describe('a photo whose name is in use', () => {
  it('gets the same number for all its files', () => {
    const files = ['IMG_1.JPG', 'IMG_1.CR2', 'IMG_1.CR2.xmp', 'IMG_1_01.CR2.xmp', 'img_1.xmp'];
    expect(numberedNames(files, 1)).toEqual(files);
    expect(numberedNames(files, 2)).toEqual([
      'IMG_1 (2).JPG',
      'IMG_1 (2).CR2',
      'IMG_1 (2).CR2.xmp',
      'IMG_1 (2)_01.CR2.xmp',
      'img_1 (2).xmp',
    ]);
    expect(numberedNames(['holiday'], 12)).toEqual(['holiday (12)']);
    expect(numberedNames(['a (2).jpg'], 2)).toEqual(['a (2) (2).jpg']);
  });

  it.each([
    ['in another Unicode form', ['caf\u00e9.jpg', 'cafe\u0301.jpg.xmp']],
    ['in another case', ['IMG_7.JPG', 'img_7.jpg.XMP']],
    ['of 255 bytes', [`${'n'.repeat(247)}.jpg`, `${'n'.repeat(247)}.jpg.xmp`]],
    ['of 255 bytes of emoji', [`${'👩‍🚀'.repeat(22)}.jpg`, `${'👩‍🚀'.repeat(22)}.jpg.xmp`]],
    ['of 255 bytes in another Unicode form', [`${'\u00e9'.repeat(82)}.jpg`, `${'e\u0301'.repeat(82)}.jpg.xmp`]],
  ])('keeps its sidecar %s', (_, files) => {
    const named = numberedNames(files, 23);
    expect(named.every((name) => bytes(name) <= 255)).toBe(true);
    expect(together(named).photos).toEqual([{ main: named[0], companions: [named[1]] }]);
  });

  it('is cut by whole letters where the number would make its name too long', () => {
    const [name] = numberedNames([`${'e\u0301'.repeat(83)}x.jpg`], 2);
    expect(name).toBe(`${'e\u0301'.repeat(82)} (2).jpg`);
  });

  it('has a name also where its ending alone fills it', () => {
    expect(numberedNames([`a.${'x'.repeat(253)}`], 2)).toEqual([` (2).${'x'.repeat(253)}`]); // too long, as the plan finds
  });
});

it.each([
  ['Dogs', 'Dogs'],
  ['Art / paintings', 'Art - paintings'],
  ['a\\b:c*d?e"f<g>h|i', 'a-b-c-d-e-f-g-h-i'],
  ['..', ''],
  ['.hidden', 'hidden'],
  ['ends in dots...', 'ends in dots'],
  ['tab\there', 'tab-here'],
  ['CON', 'CON_'],
  ['nul.txt', 'nul.txt_'],
  ['com1', 'com1_'],
  ['Console', 'Console'],
  ['cafe\u0301', 'caf\u00e9'],
  ['half \ud83d', 'half \ufffd'],
  ['\u202eעברית', '\u202eעברית'],
  ['', ''],
])('a collection called %j has the folder %j', (title, folder) => {
  expect(folderName(title)).toBe(folder);
});

it('a folder is named by the start of a title that is too long, with no space at its end', () => {
  expect(folderName(`${'a'.repeat(253)} ${'b'.repeat(40)}`)).toBe('a'.repeat(253));
  expect(bytes(folderName('日'.repeat(300)))).toBeLessThanOrEqual(255);
});

it('names that some volume takes for one have one key', () => {
  expect(keyOf('CAF\u00c9.JPG', true)).toBe(keyOf('cafe\u0301.jpg', true));
  expect(keyOf('STRASSE', true)).toBe(keyOf('straße', true));
  expect(keyOf('CAFÉ', false)).not.toBe(keyOf('café', false));
  expect(keyOf('caf\u00e9', false)).toBe(keyOf('cafe\u0301', false));
});

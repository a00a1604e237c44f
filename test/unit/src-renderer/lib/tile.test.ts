import { describe, expect, it } from 'vitest';
import type { Row } from '../../../../src-main/contract/library.ts';
import { textOf } from '../../../../src-renderer/lib/tile.ts';
import { failedRow, pack, sortedRow, waitingRow } from '../../../fake/bridge.ts';

const titleOf = (key: string): string => [...pack.collections, ...pack.groups].find((one) => one.key === key)?.title ?? key;
const sure: Row = {
  ...sortedRow(1),
  pile: 'collection',
  collection: 'wild-farm-animals',
  group: 'animals',
  confidence: 0.88,
  exit: 5,
  exits: 7,
  energy: { joules: 0.028, low: 0.019, high: 0.04, method: 'modelled', read: 0.02, network: 0.008 },
};
const textOfRow = (row: Partial<Row>, isOffline = false) => textOf({ ...sure, ...row }, titleOf, isOffline);

describe('a tile', () => {
  it('says what a photo was sorted as, how surely, where it left and what that cost', () => {
    expect(textOf(sure, titleOf, false)).toMatchObject({
      title: 'Wild & farm animals',
      confidence: '88%',
      energy: '≈ 28 mJ',
      isDoubtful: false,
    });
    expect(textOf(sure, titleOf, false).spoken).toBe('Wild & farm animals, 88%, left at exit 5 of 7, about 28 millijoules');
    expect(textOf(sure, titleOf, false).tooltip).toBe('IMG_0001.JPG\nAbout 28 mJ (19–40), modelled');
  });

  it('says "about" of an estimate only', () => {
    const measured = textOfRow({ energy: { ...sure.energy!, method: 'measured' } });
    expect(measured.energy).toBe('28 mJ');
    expect(measured.spoken).toBe('Wild & farm animals, 88%, left at exit 5 of 7, 28 millijoules');
  });

  it('puts a question mark before what is doubtful', () => {
    const doubtful = textOfRow({ pile: 'review', confidence: 0.61, exit: 7 });
    expect(doubtful).toMatchObject({ confidence: '? 61%', isDoubtful: true });
    expect(doubtful.spoken).toContain('doubtful, 61%, left at exit 7 of 7');
  });

  it('of a group pile says the group, and gives it no confidence that is not its own', () => {
    const animals = textOfRow({ pile: 'group', confidence: 0.35, exit: 7 });
    expect(animals).toMatchObject({ title: 'Animals', confidence: null });
    expect(animals.spoken).toBe('Animals, not sure which, most likely Wild & farm animals 35%, left at exit 7 of 7, about 28 millijoules');
  });

  it('shows the word of the person before the network’s', () => {
    const corrected = textOfRow({ decided: { collection: 'cats', how: 'corrected' } });
    expect(corrected).toMatchObject({ title: 'Cats', confidence: null, marks: ['corrected'] });
    expect(corrected.spoken).toContain('the network said Wild & farm animals 88%');
    const confirmed = textOfRow({ pile: 'review', decided: { collection: 'wild-farm-animals', how: 'confirmed' } });
    expect(confirmed).toMatchObject({ confidence: '88%', isDoubtful: false, marks: ['confirmed'] });
  });

  it('says that a photo was picked or rejected', () => {
    expect(textOfRow({ flag: 'pick' })).toMatchObject({ marks: ['pick'], tooltip: expect.stringContaining('Picked by you') as string });
    expect(textOfRow({ flag: 'reject' }).spoken).toBe(
      'Wild & farm animals, 88%, left at exit 5 of 7, about 28 millijoules, rejected by you',
    );
    expect(textOf({ ...failedRow(3), flag: 'reject' }, titleOf, false).marks).toEqual(['reject']);
  });

  it('says why a photo failed, and what waits', () => {
    expect(textOf(failedRow(3), titleOf, false)).toMatchObject({
      title: 'Could not be read',
      detail: 'The file ends early.',
      energy: null,
    });
    expect(textOf(failedRow(3), titleOf, false).tooltip).toBe('IMG_0003.JPG\nThe file ends early.\nCopy it again from the camera.');
    expect(textOf(waitingRow(3), titleOf, false)).toMatchObject({
      title: 'IMG_0003.JPG',
      detail: 'Waiting',
      spoken: 'IMG_0003.JPG, waiting',
    });
  });

  it('marks what is damaged, gone, not connected or not looked at closely enough', () => {
    expect(textOfRow({ damaged: true, further: true, missing: true }).marks).toEqual(['closer', 'damaged', 'missing']);
    expect(textOfRow({ missing: true }, true).marks).toEqual(['offline']);
    expect(textOfRow({ missing: true }, true).spoken).toContain('its folder is not connected; its result is kept');
  });
});

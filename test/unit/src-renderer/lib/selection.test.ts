import { describe, expect, it } from 'vitest';
import { Client } from '../../../../src-renderer/lib/client.ts';
import { Photos } from '../../../../src-renderer/lib/photos.svelte.ts';
import { Selection } from '../../../../src-renderer/lib/selection.svelte.ts';
import { createFake } from '../../../fake/bridge.ts';

const open = async (ids = [11, 12, 13, 14, 15, 16, 17, 18, 19, 20]) => {
  const fake = createFake();
  fake.answer({ 'photos.ids': () => ({ ids, next: null }) });
  const photos = new Photos(new Client(fake));
  await photos.show({});
  return { fake, photos, selection: new Selection(photos) };
};

describe('a selection', () => {
  it('by range goes from where it began, in either direction', async () => {
    const { selection } = await open();
    selection.only(14);
    selection.extendTo(16);
    expect(selection.targets).toEqual([14, 15, 16]);
    selection.extendTo(12);
    expect(selection.targets).toEqual([12, 13, 14]);
    expect(selection.current).toBe(12);
  });

  it('takes single photos in and out', async () => {
    const { selection } = await open();
    selection.only(11);
    selection.toggle(15);
    selection.toggle(18);
    selection.toggle(15);
    expect(selection.targets).toEqual([11, 18]);
    expect(selection.current).toBe(15);
  });

  it('begins a range anew where its first photo has left the list', async () => {
    const { fake, selection } = await open();
    selection.only(14);
    fake.tell({ type: 'removed', ids: [14] });
    selection.extendTo(17);
    expect(selection.targets).toEqual([17]);
  });

  it('does not act on photos that the list no longer shows', async () => {
    const { fake, photos, selection } = await open();
    selection.all();
    selection.only(12);
    selection.toggle(19);
    fake.answer({ 'photos.ids': () => ({ ids: [19], next: null }) });
    await photos.show({ text: '19' });
    expect(selection.targets).toEqual([19]);
    expect(selection.size).toBe(1);
  });

  it('of nothing acts on the current photo, unless that has left', async () => {
    const { fake, selection } = await open();
    expect(selection.targets).toEqual([]);
    selection.only(13);
    selection.clear();
    expect(selection.targets).toEqual([13]);
    fake.tell({ type: 'removed', ids: [13] });
    expect(selection.targets).toEqual([]);
  });

  it('of half a million photos is made and counted', async () => {
    const { selection } = await open(Array.from({ length: 500_000 }, (_, i) => i + 1));
    selection.all();
    expect(selection.size).toBe(500_000);
    selection.only(1);
    selection.extendTo(400_000);
    expect(selection.size).toBe(400_000);
  });
});

describe('moving', () => {
  it('begins at the first photo and ends at the ends', async () => {
    const { selection } = await open();
    selection.move(5);
    expect(selection.current).toBe(11);
    selection.move(-1);
    expect(selection.current).toBe(11);
    selection.move(4);
    expect(selection.current).toBe(15);
    selection.move(100);
    expect(selection.current).toBe(20);
  });

  it('goes to either end, also as the first move', async () => {
    const { selection } = await open();
    selection.move(Infinity);
    expect(selection.current).toBe(20);
    selection.move(-Infinity);
    expect(selection.current).toBe(11);
  });

  it('with Shift takes along what lies between', async () => {
    const { selection } = await open();
    selection.only(12);
    selection.move(2, true);
    expect(selection.targets).toEqual([12, 13, 14]);
  });

  it('goes on from where the current photo was when that has left the list', async () => {
    const { fake, selection } = await open();
    selection.only(14);
    fake.tell({ type: 'removed', ids: [14] });
    expect(selection.place).toBe(3);
    selection.move(1);
    expect(selection.current).toBe(15);
    fake.tell({ type: 'removed', ids: [15] });
    selection.move(-1);
    expect(selection.current).toBe(13);
  });

  it('begins at the first photo of another list that has not the current one', async () => {
    const { fake, photos, selection } = await open();
    selection.only(18);
    fake.answer({ 'photos.ids': () => ({ ids: [31, 32, 33], next: null }) });
    await photos.show({ text: '3' });
    expect(selection.place).toBe(0);
    selection.move(1);
    expect(selection.current).toBe(31);
  });

  it('in an empty list does nothing', async () => {
    const { selection } = await open([]);
    selection.move(1);
    expect(selection.current).toBeNull();
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Client } from '../../../../src-renderer/lib/client.ts';
import { Photos } from '../../../../src-renderer/lib/photos.svelte.ts';
import { createFake, sortedRow } from '../../../fake/bridge.ts';

const open = (photos = 60, sorted = photos) => {
  const fake = createFake({ photos, sorted });
  return { fake, photos: new Photos(new Client(fake)) };
};
const asked = (fake: ReturnType<typeof createFake>, name: string): unknown[] =>
  fake.asked.filter((request) => request.name === name).map(({ params }) => params);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the list of photos', () => {
  it('is read page by page until every id is here', async () => {
    const { fake, photos } = open(21_000);
    await photos.show({});
    expect(photos.ids).toHaveLength(21_000);
    expect(photos.complete).toBe(true);
    expect(asked(fake, 'photos.ids')).toHaveLength(3); // 500, 20,000, 500
  });

  it('keeps what was shown until the first ids of another filter are here', async () => {
    const { photos } = open();
    await photos.show({});
    const shown = photos.show({ text: '0007' });
    expect(photos.ids).toHaveLength(60);
    expect(photos.complete).toBe(false);
    await shown;
    expect(photos.ids).toEqual([7]);
    expect(photos.list).toBe(2);
  });

  it('shows the last of two filters, whichever is answered first', async () => {
    const { fake, photos } = open();
    const answers: (() => void)[] = [];
    fake.answer({
      'photos.ids': ({ filter }) =>
        new Promise((resolve) => answers.push(() => resolve({ ids: filter.text === 'a' ? [1] : [2], next: null }))),
    });
    const first = photos.show({ text: 'a' });
    const second = photos.show({ text: 'b' });
    answers[1]!();
    answers[0]!();
    await Promise.all([first, second]);
    expect(photos.ids).toEqual([2]);
  });

  it('tells the position of half a million photos, and of one that is not there', async () => {
    const { fake, photos } = open();
    const ids = Array.from({ length: 500_000 }, (_, i) => 500_000 - i);
    fake.answer({ 'photos.ids': () => ({ ids, next: null }) });
    await photos.show({});
    expect(photos.indexOf(500_000)).toBe(0);
    expect(photos.indexOf(1)).toBe(499_999);
    expect(photos.indexOf(500_001)).toBe(-1);
    fake.tell({ type: 'removed', ids: [500_000] });
    expect(photos.indexOf(1)).toBe(499_998);
    expect(photos.indexOf(500_000)).toBe(-1);
  });

  it('takes new photos at its end without asking, where it shows everything as added', async () => {
    const { fake, photos } = open();
    await photos.show({});
    fake.tell({ type: 'added', ids: [61, 62] });
    expect(photos.ids.slice(-2)).toEqual([61, 62]);
    expect(asked(fake, 'photos.ids')).toHaveLength(1);
  });

  it('is read again once a second while verdicts change who belongs to it', async () => {
    const { fake, photos } = open();
    await photos.show({ pile: { kind: 'review' } });
    for (let i = 0; i < 40; i++) {
      fake.tell({ type: 'rows', rows: [sortedRow(1)] });
      await vi.advanceTimersByTimeAsync(50);
    }
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked(fake, 'photos.ids').length).toBeLessThanOrEqual(4);
    expect(asked(fake, 'photos.ids').length).toBeGreaterThanOrEqual(2);
  });

  it('is not read again for verdicts where only the folder or the name counts', async () => {
    const { fake, photos } = open();
    await photos.show({ root: 1 });
    fake.tell({ type: 'rows', rows: [sortedRow(1)] });
    await vi.advanceTimersByTimeAsync(5000);
    expect(asked(fake, 'photos.ids')).toHaveLength(1);
  });

  it('stays as it was when reading it again fails', async () => {
    const { fake, photos } = open();
    await photos.show({ pile: { kind: 'review' } });
    const before = photos.ids;
    fake.answer({ 'photos.ids': () => Promise.reject(new Error('the engine has ended')) });
    fake.tell({ type: 'changed' });
    await vi.advanceTimersByTimeAsync(2000);
    expect(photos.ids).toBe(before);
  });
});

describe('rows', () => {
  it('are asked for once, however often they are looked at before they come', async () => {
    const { fake, photos } = open();
    await Promise.all([photos.want([1, 2]), photos.want([1, 2, 3])]);
    expect(asked(fake, 'photos.rows')).toEqual([{ ids: [1, 2] }, { ids: [3] }]);
    expect(photos.row(3)?.name).toBe('IMG_0003.JPG');
    expect(asked(fake, 'photos.show')).toEqual([{ ids: [1, 2] }, { ids: [1, 2, 3] }]);
  });

  it('change with the notices of the engine, and only those that are here', async () => {
    const { fake, photos } = open(60, 0);
    await photos.want([1]);
    expect(photos.row(1)?.state).toBe('waiting');
    fake.tell({ type: 'rows', rows: [sortedRow(1), sortedRow(2)] });
    expect(photos.row(1)?.state).toBe('sorted');
    expect(photos.row(2)).toBeUndefined();
  });

  it('are read anew when another policy decided them, or the engine was started again', async () => {
    const { fake, photos } = open(60, 0);
    await photos.want([1]);
    fake.rows[0] = sortedRow(1);
    fake.tell({ type: 'restarted' });
    await vi.advanceTimersByTimeAsync(0);
    expect(photos.row(1)?.state).toBe('sorted');
  });

  it('of what is no longer looked at are forgotten, with their pictures', async () => {
    const { photos } = open(6000);
    const screen = (n: number): number[] => Array.from({ length: 500 }, (_, i) => n * 500 + i + 1);
    for (let n = 0; n < 12; n++) await photos.want(screen(n));
    const kept = Array.from({ length: 6000 }, (_, i) => i + 1).filter((id) => photos.row(id) !== undefined);
    expect(kept.length).toBeLessThanOrEqual(2500);
    expect(screen(11).every((id) => photos.row(id))).toBe(true);
    expect(photos.row(1)).toBeUndefined();
    expect(photos.thumb(1)).toBeUndefined();
  });

  it('that were refused are asked for with the next look', async () => {
    const { fake, photos } = open();
    fake.answer({ 'photos.rows': () => Promise.reject(new Error('the engine has ended')) });
    await photos.want([1]);
    fake.answer({ 'photos.rows': () => [sortedRow(1)] });
    await photos.want([1]);
    expect(photos.row(1)?.state).toBe('sorted');
  });
});

it('a cached thumbnail is not given up for an embedded preview', () => {
  const { fake, photos } = open();
  fake.tell({ type: 'thumbs', thumbs: [{ id: 1, level: 'preview' }] });
  expect(photos.thumb(1)).toBe('preview');
  fake.tell({ type: 'thumbs', thumbs: [{ id: 1, level: 'thumb' }] });
  fake.tell({ type: 'thumbs', thumbs: [{ id: 1, level: 'preview' }] });
  expect(photos.thumb(1)).toBe('thumb');
});

it('a thumbnail of a file that has changed, or that the cache lost, is not shown again until there is one', async () => {
  const { fake, photos } = open();
  await photos.want([1, 2]);
  fake.tell({ type: 'thumbs', thumbs: [1, 2].map((id) => ({ id, level: 'thumb' })) });
  fake.tell({ type: 'rows', rows: [{ ...sortedRow(1), version: '2' }] });
  expect([photos.thumb(1), photos.thumb(2)]).toEqual([undefined, 'thumb']);
  photos.lostThumb(2);
  expect(photos.thumb(2)).toBeUndefined();
  fake.tell({ type: 'thumbs', thumbs: [{ id: 2, level: 'preview' }] });
  expect(photos.thumb(2)).toBe('preview');
});

import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Client } from '../../../../src-renderer/lib/client.ts';
import { GridSpace } from '../../../../src-renderer/lib/grid-space.svelte.ts';
import { Library } from '../../../../src-renderer/lib/library.svelte.ts';
import { Photos } from '../../../../src-renderer/lib/photos.svelte.ts';
import { createFake } from '../../../fake/bridge.ts';

const many = 500_000;
let fake: ReturnType<typeof createFake>;
let photos: Photos;
let space: GridSpace;

const list = async (ids: number[]): Promise<void> => {
  fake.answer({ 'photos.ids': () => ({ ids, next: null }) });
  await photos.read();
  space.hold(space.layout, -1);
};
const from = (first: number, length: number): number[] => Array.from({ length }, (_, i) => first + i);

beforeEach(async () => {
  fake = createFake();
  const client = new Client(fake);
  const library = new Library(client);
  await library.load();
  photos = new Photos(client);
  space = new GridSpace(photos, library);
  space.width = 1044;
  space.height = 550;
  await list(from(1, many));
});

describe('the grid of half a million photos', () => {
  it('is higher than browsers scroll, and the element that they scroll is not', () => {
    space.resize(320);
    expect(space.contentHeight).toBeGreaterThan(16_777_216);
    expect(space.scrollHeight).toBe(1_000_000);
  });

  it('reaches its last row at the end of the scrollbar, and its first at the start', () => {
    space.scrolledTo(space.scrollHeight - space.height);
    expect(space.lastRow).toBe(space.rows - 1);
    expect(space.positions(0).to).toBe(many);
    expect(space.top + space.height).toBe(space.contentHeight);
    space.scrolledTo(0);
    expect(space.top).toBe(0);
  });

  it('maps the scrollbar proportionally', () => {
    space.scrolledTo((space.scrollHeight - space.height) / 4);
    expect(space.firstRow / space.rows).toBeCloseTo(0.25, 4);
    expect(space.scrollTop).toBeCloseTo((space.scrollHeight - space.height) / 4, 6);
  });

  it('moves by exactly one row and back, also far down', () => {
    space.reveal(many - 10_000);
    const { top, scrollTop } = space;
    space.scrollByRows(1);
    expect(space.top - top).toBe(space.rowHeight);
    expect(space.scrollTop - scrollTop).toBeLessThan(space.rowHeight / 10); // the scrollbar moves by its share
    space.scrollByRows(-1);
    expect(space.top).toBe(top);
  });

  it('is shown without scaling where browsers can scroll it', async () => {
    await list(from(1, 1000));
    expect(space.scrollHeight).toBe(space.contentHeight);
    space.scrollBy(123);
    expect(space.scrollTop).toBe(123);
  });

  it('ends at its ends', () => {
    space.scrollBy(-50);
    expect(space.top).toBe(0);
    space.scrollBy(1e9);
    expect(space.top).toBe(space.lastTop);
  });
});

describe('what is in view', () => {
  it('moves no further than a photo needs to be whole', () => {
    const { columns, rowHeight, height } = space;
    space.reveal(columns); // the second row
    expect(space.top).toBe(0);
    space.reveal(columns * 10);
    expect(space.cellOf(columns * 10).y + rowHeight).toBeLessThanOrEqual(space.top + height + rowHeight / 2);
    expect(space.cellOf(columns * 10).y).toBeGreaterThanOrEqual(space.top);
    const { top } = space;
    space.reveal(columns * 9);
    expect(space.top).toBe(top);
  });

  it('stays when photos are added before it', async () => {
    space.scrollByRows(20);
    const first = photos.ids[space.firstRow * space.columns]!;
    const below = space.cellOf(photos.indexOf(first)).y - space.top;
    await list([...from(many + 1, 7 * space.columns), ...from(1, many)]);
    expect(photos.ids[space.firstRow * space.columns]).toBe(first);
    expect(space.cellOf(photos.indexOf(first)).y - space.top).toBe(below);
  });

  it('stays when the tiles change their size', () => {
    space.scrollByRows(2000);
    const first = photos.ids[space.firstRow * space.columns]!;
    space.resize(96);
    space.hold(space.layout, -1);
    const row = Math.floor(photos.indexOf(first) / space.columns);
    expect(Math.abs(row - space.firstRow)).toBeLessThanOrEqual(1);
  });

  it('at the start stays the start, whatever comes before', async () => {
    await list([...from(many + 1, 500), ...from(1, many)]);
    expect(space.top).toBe(0);
  });

  it('is the start of another list, or the current photo where the list has it', async () => {
    space.scrollByRows(50);
    fake.answer({ 'photos.ids': () => ({ ids: from(5000, 3000), next: null }) });
    await photos.show({ text: 'a' });
    space.hold(space.layout, -1);
    expect(space.top).toBe(0);
    await photos.show({ text: 'b' });
    space.hold(space.layout, 2000);
    expect(space.cellOf(2000).y).toBeGreaterThan(space.top);
    expect(space.cellOf(2000).y + space.rowHeight).toBeLessThan(space.top + space.height + 2 * 12);
  });

  it('is the current photo also where that comes with a later page, unless the person scrolled meanwhile', async () => {
    let answer: (page: { ids: number[]; next: null }) => void = () => undefined;
    fake.answer({
      'photos.ids': ({ after }) => (after === null ? { ids: from(1, 500), next: '500' } : new Promise((resolve) => (answer = resolve))),
    });
    for (const scrolls of [false, true]) {
      const shown = photos.show({ text: String(scrolls) });
      await vi.waitFor(() => expect(photos.list).toBe(scrolls ? 2 : 1));
      space.hold(space.layout, -1);
      if (scrolls) space.scrollByRows(1);
      answer({ ids: from(501, 1000), next: null });
      await shown;
      space.hold(space.layout, 1200);
      expect(space.top > space.rowHeight).toBe(!scrolls);
    }
  });

  it('is the end where the list became shorter', async () => {
    space.scrolledTo(1e9);
    await list(from(1, 100));
    expect(space.top).toBe(space.lastTop);
    expect(space.lastRow).toBe(space.rows - 1);
  });

  it('is whole rows, and two screens each way for those to be asked for', () => {
    space.reveal(1000 * space.columns);
    const shown = space.positions(0);
    const wanted = space.positions(2);
    const screen = Math.ceil((2 * space.height) / space.rowHeight) * space.columns;
    expect([shown.from - wanted.from, wanted.to - shown.to]).toEqual([screen, screen]);
  });
});

it('the current photo is brought into view once, and scrolling away from it stays', () => {
  space.follow(5000, 4999);
  expect(space.cellOf(4999).y).toBeGreaterThan(space.top);
  expect(space.cellOf(4999).y).toBeLessThan(space.top + space.height);
  space.scrollByRows(100);
  const { top } = space;
  space.follow(5000, 4999); // the grid is shown again, after the settings
  expect(space.top).toBe(top);
});

describe('the size of tiles', () => {
  it('fills the row, within its limits', () => {
    for (const width of [50, 96, 150, 200, 320, 500]) {
      space.resize(width);
      expect(space.cellWidth).toBeGreaterThanOrEqual(Math.min(320, Math.max(96, width)));
      expect(space.cellOf(space.columns - 1).x + space.cellWidth).toBeLessThanOrEqual(1044 - 12);
    }
  });

  it('is kept in the settings, once the person has stopped to drag', async () => {
    vi.useFakeTimers();
    for (const width of [170, 180, 190]) space.resize(width);
    fake.tell({ type: 'counts', counts: fake.state.counts }); // other news do not bring the old size back
    expect(space.tileWidth).toBe(190);
    await vi.runAllTimersAsync();
    vi.useRealTimers();
    expect(fake.asked.filter(({ name }) => name === 'settings.set').map(({ params }) => params)).toEqual([{ tileWidth: 190 }]);
    expect(space.tileWidth).toBe(190);
  });
});

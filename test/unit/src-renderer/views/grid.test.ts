// @vitest-environment jsdom
import '../jsdom.ts';
import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { flushSync } from 'svelte';
import { describe, expect, it } from 'vitest';
import Grid from '../../../../src-renderer/views/Grid.svelte';
import { createFake, sortedRow } from '../../../fake/bridge.ts';
import { renderWith } from '../with-app.ts';

async function open(photos = 600, sorted = photos) {
  const fake = createFake({ photos, sorted });
  const app = await renderWith(fake, Grid);
  app.space.width = 1044; // jsdom lays nothing out
  app.space.height = 550;
  flushSync();
  const rows = () => waitFor(() => expect(app.photos.row(app.photos.ids[0]!)).toBeDefined());
  return { fake, app, rows };
}
const tile = (id: number): HTMLElement => document.querySelector<HTMLElement>(`[data-photo="${id}"]`)!;
const asked = (fake: ReturnType<typeof createFake>, name: string) => fake.asked.filter((one) => one.name === name);

describe('the grid', () => {
  it('has elements for what is in view, of 100,000 photos too', async () => {
    const { app } = await open(100_000);
    const options = screen.getAllByRole('option');
    expect(options.length).toBeLessThan(100);
    expect(options[0]!.getAttribute('aria-setsize')).toBe('100000');
    app.selection.move(Infinity);
    flushSync();
    expect(tile(100_000).getAttribute('aria-posinset')).toBe('100000');
    expect(screen.getByRole('listbox').getAttribute('aria-activedescendant')).toBe('photo-100000');
  });

  it('asks for what is in view first, then for two screens each way, and once', async () => {
    const { fake, app } = await open();
    app.space.scrollByRows(40);
    flushSync();
    await waitFor(() => expect(asked(fake, 'photos.show')).toHaveLength(1));
    const { ids } = asked(fake, 'photos.show')[0]!.params as { ids: number[] };
    const inView = app.space.positions(0);
    const around = app.space.positions(2);
    expect(ids.slice(0, inView.to - inView.from)).toEqual(app.photos.ids.slice(inView.from, inView.to));
    expect(new Set(ids)).toEqual(new Set(app.photos.ids.slice(around.from, around.to)));
    fake.tell({ type: 'rows', rows: [sortedRow(250)] });
    flushSync();
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(asked(fake, 'photos.show')).toHaveLength(1);
  });

  it('asks for nothing that a dragged scrollbar only passes over', async () => {
    const { fake, app } = await open(100_000);
    for (let i = 1; i <= 20; i++) {
      app.space.scrolledTo((app.space.scrollHeight * i) / 20);
      flushSync();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await waitFor(() => expect(asked(fake, 'photos.show')).toHaveLength(1));
    expect((asked(fake, 'photos.show')[0]!.params as { ids: number[] }).ids).toContain(100_000);
  });

  it('shows bars while rows are on their way, then each photo’s words, in place', async () => {
    const { rows } = await open();
    const first = tile(1);
    expect(screen.getAllByRole('option', { name: 'Being fetched' })).toContain(first);
    await rows();
    flushSync();
    expect(tile(1)).toBe(first);
    expect(screen.getAllByRole('option', { name: /, \d+%, left at exit \d of 7, about \d+ millijoules$/ })).toContain(first);
  });

  it('fills in a verdict where the photo is', async () => {
    const { fake, rows } = await open(600, 0);
    await rows();
    flushSync();
    const before = tile(3);
    expect(before.textContent).toContain('Waiting');
    fake.tell({ type: 'rows', rows: [{ ...sortedRow(3), confidence: 0.93 }] });
    flushSync();
    expect(tile(3)).toBe(before);
    expect(before.textContent).toContain('93%');
  });

  it('keeps each photo’s element when others come before it', async () => {
    const { fake, app } = await open();
    const before = tile(2);
    fake.answer({ 'photos.ids': () => ({ ids: [700, ...Array.from({ length: 600 }, (_, i) => i + 1)], next: null }) });
    await app.photos.read();
    flushSync();
    expect(tile(2)).toBe(before);
    expect(before.getAttribute('aria-posinset')).toBe('3');
  });

  it('puts the cached thumbnail over the embedded preview, which stays until then', async () => {
    const { fake, app, rows } = await open();
    fake.answer({ 'photos.show': () => null });
    await rows();
    const pictures = (): number => tile(1).querySelectorAll('img').length;
    fake.tell({ type: 'thumbs', thumbs: [{ id: 1, level: 'preview' }] });
    flushSync();
    expect(pictures()).toBe(1);
    const preview = tile(1).querySelector('img');
    fake.tell({ type: 'thumbs', thumbs: [{ id: 1, level: 'thumb' }] });
    flushSync();
    expect(pictures()).toBe(2);
    expect(tile(1).querySelector('img')).toBe(preview);
    expect(app.photos.thumb(1)).toBe('thumb');
  });
});

describe('the mouse in the grid', () => {
  it('selects one, several, and what lies between', async () => {
    const { app } = await open();
    await fireEvent.click(tile(2));
    expect(app.selection.targets).toEqual([2]);
    await fireEvent.click(tile(5), { ctrlKey: true });
    expect(app.selection.targets).toEqual([2, 5]);
    await fireEvent.click(tile(7), { shiftKey: true });
    expect(app.selection.targets).toEqual([5, 6, 7]);
    expect(tile(6).getAttribute('aria-selected')).toBe('true');
    await fireEvent.click(screen.getByRole('listbox'));
    expect(app.selection.size).toBe(0);
  });

  it('opens the loupe by a double click', async () => {
    const { app } = await open();
    await fireEvent.dblClick(tile(2));
    expect(app.screen.view).toBe('loupe');
  });

  it('changes the size of the tiles by the wheel with Ctrl', async () => {
    const { app } = await open();
    const before = app.space.tileWidth;
    await fireEvent.wheel(tile(2), { ctrlKey: true, deltaY: -20 });
    expect(app.space.tileWidth).toBe(before + 20);
  });
});

it('says that nothing matches, and clears the filters', async () => {
  const { app } = await open();
  await app.photos.show({ text: 'x100' });
  flushSync();
  expect(screen.getByRole('heading').textContent).toBe('No photo matches “x100”');
  await fireEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
  await waitFor(() => expect(app.photos.ids).toHaveLength(600));
});

// @vitest-environment jsdom
import '../jsdom.ts';
import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { flushSync } from 'svelte';
import { expect, it } from 'vitest';
import Toolbar from '../../../../src-renderer/components/Toolbar.svelte';
import { createFake } from '../../../fake/bridge.ts';
import { renderWith } from '../with-app.ts';

async function open() {
  const fake = createFake({ photos: 60 });
  const app = await renderWith(fake, Toolbar);
  return { fake, app };
}
const field = (): HTMLInputElement => screen.getByRole('textbox', { name: 'Search in names and collections' });

it('searches when the person has stopped to type, and keeps the folder', async () => {
  const { fake, app } = await open();
  await app.photos.show({ root: 1 });
  const before = fake.asked.length;
  for (const value of ['0', '00', '001']) await fireEvent.input(field(), { target: { value } });
  await waitFor(() => expect(app.photos.filter).toEqual({ root: 1, text: '001' }));
  expect(fake.asked.slice(before).filter(({ name }) => name === 'photos.ids')).toHaveLength(1);
  expect(screen.getByRole('status').textContent).toBe(`${app.photos.ids.length} photos`);
});

it('keeps a space that was typed, since a word may follow', async () => {
  const { app } = await open();
  await fireEvent.input(field(), { target: { value: 'IMG ' } });
  await waitFor(() => expect(app.photos.filter.text).toBe('IMG '));
  flushSync();
  expect(field().value).toBe('IMG ');
});

it('clears the search by its cross and by Escape', async () => {
  const { app } = await open();
  await app.photos.show({ text: '001' });
  flushSync();
  expect(field().value).toBe('001');
  await fireEvent.click(screen.getByRole('button', { name: 'Clear the search' }));
  await waitFor(() => expect(app.photos.filter).toEqual({}));
  await app.photos.show({ text: '002' });
  await fireEvent.keyDown(field(), { key: 'Escape' });
  await waitFor(() => expect(app.photos.filter).toEqual({}));
});

it('takes out one part of the filter and leaves the others', async () => {
  const { app } = await open();
  await app.photos.show({ root: 1, pile: { kind: 'collection', key: 'dogs' }, exit: 2 });
  flushSync();
  expect(screen.getAllByRole('button', { name: /^Show not only/ }).map((chip) => chip.textContent.trim())).toEqual([
    'Iceland 2024',
    'Dogs',
    'Exit 2',
  ]);
  await fireEvent.click(screen.getByRole('button', { name: 'Show not only Dogs' }));
  await waitFor(() => expect(app.photos.filter).toEqual({ root: 1, exit: 2 }));
});

it('keeps the order that was chosen in the settings', async () => {
  const { fake, app } = await open();
  await fireEvent.change(screen.getByRole('combobox', { name: 'Order' }), { target: { value: 'confidence' } });
  await waitFor(() => expect(app.photos.order).toBe('confidence'));
  expect(fake.asked).toContainEqual({ name: 'settings.set', params: { order: 'confidence' } });
});

it('is narrowed to a year and a camera that there are, and out of them again', async () => {
  const { app } = await open();
  const choose = async (name: RegExp): Promise<void> => {
    screen.getByRole('button', { name: 'Narrow the list' }).focus();
    await fireEvent.keyDown(document.activeElement!, { key: 'Enter' });
    await fireEvent.click(await screen.findByRole('menuitemcheckbox', { name }));
  };
  await choose(/^2022 \d+ photos$/);
  await waitFor(() => expect(app.photos.filter).toEqual({ year: 2022 }));
  await choose(/^Pixel 8 \d+ photos$/);
  await waitFor(() => expect(app.photos.filter).toEqual({ year: 2022, camera: 'Pixel 8' }));
  flushSync();
  expect(screen.getByRole('button', { name: 'Show not only Pixel 8' })).toBeTruthy();
  await choose(/^2022/);
  await waitFor(() => expect(app.photos.filter).toEqual({ camera: 'Pixel 8' }));
});

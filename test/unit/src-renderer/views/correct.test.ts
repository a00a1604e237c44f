// @vitest-environment jsdom
import '../jsdom.ts';
import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { flushSync } from 'svelte';
import { expect, it } from 'vitest';
import Over from '../../../../src-renderer/views/Over.svelte';
import { createFake } from '../../../fake/bridge.ts';
import { renderWith } from '../with-app.ts';

async function open(ids: number[]) {
  const fake = createFake({ photos: 60 });
  const app = await renderWith(fake, Over);
  for (const id of ids) app.selection.toggle(id);
  app.screen.over = 'correct';
  flushSync();
  return { fake, app, field: await screen.findByRole('combobox') };
}

it('corrects what was selected to the collection that was typed', async () => {
  const { fake, app, field } = await open([3, 4]);
  expect(screen.getByRole('heading').textContent).toBe('Correct 2 photos to');
  await fireEvent.input(field, { target: { value: 'fo' } });
  await fireEvent.keyDown(field, { key: 'Enter' });
  await waitFor(() => expect(fake.asked.at(-1)).toEqual({ name: 'decisions.correct', params: { ids: [3, 4], collection: 'food-drink' } }));
  expect(app.screen.over).toBeNull();
  await waitFor(() => expect(app.toasts.list.at(-1)?.message).toBe('Corrected 2 photos to Food & drink.'));
});

it('goes through the collections by arrows, and not beyond them', async () => {
  const { field } = await open([3]);
  const chosen = (): string => screen.getByRole('option', { selected: true }).querySelector('span')!.textContent;
  await fireEvent.keyDown(field, { key: 'ArrowDown' });
  expect(chosen()).toBe('Aircraft');
  await fireEvent.keyDown(field, { key: 'ArrowDown' });
  await fireEvent.keyDown(field, { key: 'ArrowDown' });
  await fireEvent.keyDown(field, { key: 'ArrowUp' });
  expect(chosen()).toBe('Buildings & landmarks');
  await fireEvent.keyDown(field, { key: 'ArrowUp' });
  await fireEvent.keyDown(field, { key: 'ArrowUp' });
  expect(chosen()).toBe('Aircraft');
  expect(field.getAttribute('aria-activedescendant')).toBe('collection-aircraft');
});

it('corrects nothing by Enter alone', async () => {
  const { fake, field } = await open([3]);
  expect(screen.queryByRole('option', { selected: true })).toBeNull();
  await fireEvent.keyDown(field, { key: 'Enter' });
  expect(fake.asked.some(({ name }) => name === 'decisions.correct')).toBe(false);
});

it('says where no collection has that name, and Enter does nothing then', async () => {
  const { fake, app, field } = await open([3]);
  await fireEvent.input(field, { target: { value: 'zebra' } });
  expect(screen.getByText('No collection of the pack has “zebra” in its name.')).toBeTruthy();
  await fireEvent.keyDown(field, { key: 'Enter' });
  expect(fake.asked.some(({ name }) => name === 'decisions.correct')).toBe(false);
  expect(app.screen.over).toBe('correct');
});

it('lists every key of the window in the key sheet', async () => {
  const app = await renderWith(createFake({ photos: 60 }), Over);
  app.screen.over = 'keys';
  flushSync();
  const { keys } = await import('../../../../src-renderer/lib/keys.ts');
  for (const { name } of keys) expect((await screen.findAllByText(name)).length).toBeGreaterThan(0);
});

// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import Inspector from '../../../../src-renderer/components/Inspector.svelte';
import { createFake } from '../../../fake/bridge.ts';
import { operation } from '../../../fake/operations.ts';
import { renderWith } from '../with-app.ts';

async function open() {
  const fake = createFake();
  let from: string | null = 'Phone/DCIM/IMG_0001.JPG';
  fake.answer({
    'operations.of': () => (from === null ? null : { operation: operation({ id: 9 }), from }),
    'operations.check': ({ photos }) => ({ operation: operation({ id: 9 }), files: photos!.length, bytes: 1, cannot: [] }),
    'operations.undo': () => operation({ id: 10, undoes: 9, state: 'running', files: 1, done: 0 }),
  });
  const app = await renderWith(fake, Inspector);
  await app.photos.want([1, 2, 3]);
  app.selection.only(1);
  await screen.findByText(/^Moved here from/);
  return { app, fake, undone: () => fake.asked.find(({ name }) => name === 'operations.undo')?.params, gone: () => (from = null) };
}

describe('a photo that was moved', () => {
  it('says from where, and is put back alone', async () => {
    const { undone } = await open();
    expect(screen.getByText('Phone/DCIM/IMG_0001.JPG')).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: 'Put back' }));
    await waitFor(() => expect(undone()).toEqual({ operation: 9, photos: [1] }));
    expect(screen.getByRole('button', { name: 'Put back' })).toHaveProperty('disabled', true);
  });

  it('is put back with the others that are selected', async () => {
    const { app, undone } = await open();
    app.selection.toggle(2);
    app.selection.toggle(3);
    await fireEvent.click(await screen.findByRole('button', { name: 'Put back 3 photos' }));
    await waitFor(() => expect(undone()).toEqual({ operation: 9, photos: [1, 2, 3] }));
  });

  it('is never put back by the operation of the photo that was shown before', async () => {
    const { app, fake } = await open();
    fake.answer({ 'operations.of': () => new Promise(() => undefined) });
    app.selection.only(2);
    await waitFor(() => expect(screen.queryByText(/^Moved here from/)).toBeNull());
  });

  it('says no more once it is back', async () => {
    const { fake, gone } = await open();
    gone();
    fake.tell({
      type: 'operation',
      progress: { operation: operation({ id: 10, undoes: 9 }), bytes: 0, bytesDone: 0, secondsLeft: null, now: null },
    });
    await waitFor(() => expect(screen.queryByText(/^Moved here from/)).toBeNull());
  });
});

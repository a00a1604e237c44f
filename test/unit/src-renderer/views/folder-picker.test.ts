// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import FolderPicker from '../../../../src-renderer/views/FolderPicker.svelte';
import { createFake } from '../../../fake/bridge.ts';
import { renderWith } from '../with-app.ts';

async function open() {
  const fake = createFake();
  Object.assign(fake, { host: 'web' });
  fake.answer({
    'host.folders': ({ folder }) =>
      folder === null
        ? { folder: 3, path: '/home/ada', parent: 1, folders: [{ folder: 2, name: 'Pictures' }], photos: 0 }
        : { folder: 2, path: '/home/ada/Pictures', parent: 3, folders: [], photos: 1204 },
    'host.addFolder': () => ({ root: 1, notes: [] }),
  });
  const app = await renderWith(fake, FolderPicker);
  app.screen.over = 'folders';
  return { fake, app };
}
const add = (): HTMLElement => screen.getByRole('button', { name: 'Add this folder' });

describe('the picker of folders', () => {
  it('goes into a folder, tells how many photos lie in it, and adds it', async () => {
    const { app, fake } = await open();
    await fireEvent.click(await screen.findByRole('button', { name: 'Pictures' }));
    await screen.findByText('1,204 photos lie directly in it');
    expect(screen.getByText('/home/ada/Pictures')).toBeTruthy();
    await fireEvent.click(add());
    await waitFor(() => expect(fake.asked.find(({ name }) => name === 'host.addFolder')?.params).toEqual({ folder: 2 }));
    expect(app.screen.over).toBeNull();
    await waitFor(() => expect(app.photos.filter).toEqual({ root: 1 }));
  });

  it('goes up again', async () => {
    const { fake } = await open();
    await fireEvent.click(await screen.findByRole('button', { name: 'Pictures' }));
    await screen.findByText('/home/ada/Pictures');
    await fireEvent.click(screen.getByRole('button', { name: 'The folder above' }));
    await waitFor(() => expect(fake.asked.at(-1)?.params).toEqual({ folder: 3 }));
  });

  it('adds the folder where it begins, too', async () => {
    const { fake } = await open();
    await screen.findByText('/home/ada');
    await fireEvent.click(add());
    await waitFor(() => expect(fake.asked.find(({ name }) => name === 'host.addFolder')?.params).toEqual({ folder: 3 }));
  });
});

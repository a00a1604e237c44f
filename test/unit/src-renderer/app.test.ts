// @vitest-environment jsdom
import './jsdom.ts';
import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import { SquintError } from '../../../src-main/contract/errors.ts';
import App from '../../../src-renderer/App.svelte';
import { createApp } from '../../../src-renderer/lib/create-app.ts';
import { createFake } from '../../fake/bridge.ts';

function open({ photos = 0, host = 'electron' } = {}) {
  const fake = createFake({ photos });
  Object.assign(fake, { host });
  const app = createApp(fake);
  return { fake, app };
}

/** jsdom knows no DataTransfer. */
function drag(type: string, types: string[], files: File[] = []): Event {
  const event = new Event(type, { bubbles: true, cancelable: true });
  return Object.assign(event, { dataTransfer: { types, files, items: files } });
}
const files = [new File([], 'a.jpg'), new File([], 'b.jpg')];

describe('the window', () => {
  it('begins with the first run where the library is empty', async () => {
    const { app } = open();
    render(App, { app });
    expect(await screen.findByRole('heading', { name: 'Drop folders of photos here' })).toBeTruthy();
  });

  it('says who holds the library and what to do, and tries again', async () => {
    const { app, fake } = open();
    let isHeld = true;
    fake.answer({
      'library.state': () => {
        if (isHeld) throw new SquintError('library-held', 'Another Squint holds the library.', { hint: 'Close the other window.' });
        return fake.state;
      },
    });
    render(App, { app });
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toMatch(/Another Squint holds the library\.\s*Close the other window\./);
    isHeld = false;
    await fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('heading', { name: 'Drop folders of photos here' })).toBeTruthy();
  });

  it('has the theme of the settings, as they change', async () => {
    const { app, fake } = open();
    render(App, { app });
    await waitFor(() => expect(document.documentElement.dataset.theme).toBe('dark'));
    fake.tell({ type: 'settings', settings: { ...fake.state.settings, theme: 'light' } });
    await waitFor(() => expect(document.documentElement.dataset.theme).toBe('light'));
  });

  it('says while something is held over it what a drop will do, and takes it wherever it falls', async () => {
    const { app, fake } = open();
    const dropped = vi.fn(() => Promise.resolve({ ok: true, value: { root: null, notes: [] } }));
    Object.assign(fake, { addDropped: dropped });
    render(App, { app });
    await screen.findByRole('heading', { name: 'Drop folders of photos here' });
    await fireEvent(document.body, drag('dragenter', ['Files'], files));
    expect(screen.getByText('Add 2 folders or files to the library')).toBeTruthy();
    const over = drag('dragover', ['Files'], files);
    await fireEvent(document.body, over);
    expect(over.defaultPrevented).toBe(true);
    await fireEvent(document.body, drag('drop', ['Files'], files));
    expect(dropped).toHaveBeenCalledWith(files);
    expect(screen.queryByText(/to the library$/)).toBeNull();
  });

  it('leaves the words as they are when what was held over it is taken away, and never takes a dragged text', async () => {
    const { app } = open();
    render(App, { app });
    await screen.findByRole('heading', { name: 'Drop folders of photos here' });
    await fireEvent(document.body, drag('dragenter', ['text/plain']));
    expect(screen.queryByText(/to the library$/)).toBeNull();
    await fireEvent(document.body, drag('dragenter', ['Files'], files));
    await fireEvent(document.body, drag('dragleave', ['Files'], files));
    expect(screen.queryByText(/to the library$/)).toBeNull();
  });

  it('says in a browser that a drop gives no paths', async () => {
    const { app } = open({ host: 'web' });
    render(App, { app });
    await screen.findByRole('heading', { name: 'Drop folders of photos here' });
    await fireEvent(document.body, drag('dragenter', ['Files'], files));
    expect(screen.getByText('A browser does not tell where files lie')).toBeTruthy();
  });

  it('opens the sidebar over the grid where there is no room beside it, and Escape closes it', async () => {
    const { app } = open({ photos: 20 });
    render(App, { app });
    await fireEvent.click(await screen.findByRole('button', { name: 'Sidebar' })); // jsdom's window is 1024 pixels wide
    await waitFor(() => expect(document.activeElement?.textContent).toContain('All photos'));
    await fireEvent.keyDown(document.activeElement!, { key: 'Escape' });
    await waitFor(() => expect(screen.queryByRole('navigation')).toBeNull());
  });
});

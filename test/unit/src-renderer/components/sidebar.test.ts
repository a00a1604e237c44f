// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import Sidebar from '../../../../src-renderer/components/Sidebar.svelte';
import { createFake } from '../../../fake/bridge.ts';
import { renderWith } from '../with-app.ts';

const row = (name: RegExp): HTMLElement => screen.getByRole('button', { name });

describe('the sidebar', () => {
  it('shows a folder, then a collection within it, and marks the one shown', async () => {
    const app = await renderWith(createFake(), Sidebar);
    await fireEvent.click(row(/^Iceland 2024/));
    await waitFor(() => expect(app.photos.filter).toEqual({ root: 1 }));
    await fireEvent.click(row(/^Dogs/));
    await waitFor(() => expect(app.photos.filter).toEqual({ root: 1, pile: { kind: 'collection', key: 'dogs' } }));
    expect(row(/^Dogs/).getAttribute('aria-current')).toBe('true');
    expect(row(/^Iceland 2024/).getAttribute('aria-current')).toBeNull();
    await fireEvent.click(row(/^Dogs/));
    await waitFor(() => expect(app.photos.filter).toEqual({ root: 1 }));
  });

  it('shows picks and rejects in place of a collection, with how many there are', async () => {
    const fake = createFake();
    const app = await renderWith(fake, Sidebar);
    await app.client.request('decisions.flag', { ids: [2, 4, 6], flag: 'pick' });
    await app.photos.show({ root: 1, pile: { kind: 'collection', key: 'dogs' } });
    await fireEvent.click(await screen.findByRole('button', { name: /^Picks 3 photos$/ }));
    await waitFor(() => expect(app.photos.filter).toEqual({ root: 1, flag: 'pick' }));
    expect(row(/^Picks/).getAttribute('aria-current')).toBe('true');
    await fireEvent.click(row(/^Rejects/));
    await waitFor(() => expect(app.photos.filter).toEqual({ root: 1, flag: 'reject' }));
    await fireEvent.click(row(/^Rejects/));
    await waitFor(() => expect(app.photos.filter).toEqual({ root: 1 }));
  });

  it('leads back to the grid from wherever one is', async () => {
    const app = await renderWith(createFake(), Sidebar);
    app.screen.view = 'loupe';
    await fireEvent.click(row(/^Review/));
    expect(app.screen.view).toBe('grid');
  });

  it('says which folder is not connected and which is being looked through', async () => {
    const fake = createFake();
    const [iceland, phone] = fake.state.roots;
    fake.state = { ...fake.state, roots: [{ ...iceland!, scanning: true }, phone!] };
    await renderWith(fake, Sidebar);
    expect(row(/^Iceland 2024 30… photos, looking for more$/)).toBeTruthy();
    expect(row(/^Phone offline$/)).toBeTruthy();
  });

  it('is one stop for Tab; arrows, Home and End go through its rows', async () => {
    await renderWith(createFake(), Sidebar);
    const rows = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('.place')];
    expect(rows().filter(({ tabIndex }) => tabIndex === 0)).toEqual([row(/^All photos/)]);
    row(/^All photos/).focus();
    await fireEvent.keyDown(document.activeElement!, { key: 'ArrowDown' });
    expect(document.activeElement).toBe(row(/^Iceland 2024/));
    await fireEvent.keyDown(document.activeElement!, { key: 'End' });
    expect(document.activeElement).toBe(row(/^Rejects/));
    await waitFor(() => expect(rows().filter(({ tabIndex }) => tabIndex === 0)).toEqual([row(/^Rejects/)]));
    await fireEvent.keyDown(document.activeElement!, { key: 'Home' });
    expect(document.activeElement).toBe(row(/^All photos/));
  });

  it('takes a folder off the list, and says that no file was touched', async () => {
    const fake = createFake();
    const app = await renderWith(fake, Sidebar);
    await app.photos.show({ root: 1 });
    await fireEvent.contextMenu(row(/^Iceland 2024/));
    await fireEvent.click(await screen.findByRole('menuitem', { name: /Remove from the list/ }));
    await waitFor(() => expect(fake.asked.find(({ name }) => name === 'roots.remove')?.params).toEqual({ root: 1 }));
    await waitFor(() => expect(app.photos.filter).toEqual({}));
    expect(app.toasts.list[0]).toMatchObject({
      message: 'Iceland 2024 is off the list. No file was touched.',
      hint: 'Results are kept: add the folder again and they are back.',
    });
  });

  it('shows a folder in the file manager only where the host can', async () => {
    const fake = createFake();
    Object.assign(fake, { host: 'web' });
    await renderWith(fake, Sidebar);
    await fireEvent.contextMenu(row(/^Iceland 2024/));
    expect(await screen.findByRole('menuitem', { name: 'Look for changes' })).toBeTruthy();
    expect(screen.queryByRole('menuitem', { name: /^Show in/ })).toBeNull();
  });
});

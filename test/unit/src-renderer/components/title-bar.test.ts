// @vitest-environment jsdom
import { fireEvent, screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import TitleBar from '../../../../src-renderer/components/TitleBar.svelte';
import { createFake } from '../../../fake/bridge.ts';
import { renderWith } from '../with-app.ts';

const button = (name: string): HTMLElement => screen.getByRole('button', { name });

describe('the title bar', () => {
  it('switches between grid and loupe, where it names the photo', async () => {
    const app = await renderWith(createFake(), TitleBar);
    await app.photos.want([5]);
    app.selection.only(5);
    expect(screen.queryByText('IMG_0005.JPG')).toBeNull();
    await fireEvent.click(button('Loupe'));
    expect(app.screen.view).toBe('loupe');
    expect(screen.getByText('IMG_0005.JPG')).toBeTruthy();
    expect(button('Loupe').getAttribute('aria-pressed')).toBe('true');
  });

  it('names the choice in force and opens it', async () => {
    const app = await renderWith(createFake(), TitleBar);
    await fireEvent.click(button('Balanced'));
    expect(app.screen.over).toBe('power');
  });

  it('leads to sorting files, and to the history and back', async () => {
    const app = await renderWith(createFake(), TitleBar);
    await fireEvent.click(button('Sort files…'));
    expect(app.screen.over).toBe('sort');
    await fireEvent.click(button('History'));
    expect([app.screen.history, button('History').getAttribute('aria-pressed')]).toEqual([true, 'true']);
    await fireEvent.click(button('History'));
    expect(app.screen.history).toBe(false);
  });

  it('leads back from settings', async () => {
    const app = await renderWith(createFake(), TitleBar);
    await fireEvent.click(button('Settings'));
    expect(screen.getByRole('heading', { name: 'Settings' })).toBeTruthy();
    await fireEvent.click(button('Back to the photos'));
    expect(app.screen.view).toBe('grid');
  });

  it('offers nothing of photos where there are none', async () => {
    await renderWith(createFake({ photos: 0 }), TitleBar);
    expect(screen.queryByRole('button', { name: 'Loupe' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Balanced' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Sort files…' })).toBeNull();
    expect(button('Settings')).toBeTruthy();
  });
});

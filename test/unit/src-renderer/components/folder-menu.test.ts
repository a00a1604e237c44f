// @vitest-environment jsdom
import { fireEvent, screen } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import Sidebar from '../../../../src-renderer/components/Sidebar.svelte';
import { createFake } from '../../../fake/bridge.ts';
import { renderWith } from '../with-app.ts';

describe('the menu of a folder', () => {
  it('sorts the files of that folder, whatever is shown', async () => {
    const app = await renderWith(createFake(), Sidebar);
    await fireEvent.contextMenu(await screen.findByRole('button', { name: /^Iceland 2024/ }));
    await fireEvent.click(await screen.findByRole('menuitem', { name: 'Sort files…' }));
    await expect.poll(() => app.screen.over).toBe('sort');
    expect(app.sort.of).toEqual({ kind: 'filter', filter: { root: 1 } });
  });

  it('does not offer it for one that is not connected', async () => {
    await renderWith(createFake(), Sidebar);
    await fireEvent.contextMenu(await screen.findByRole('button', { name: /^Phone/ }));
    expect((await screen.findByRole('menuitem', { name: 'Sort files…' })).getAttribute('aria-disabled')).toBe('true');
  });
});

// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import Settings from '../../../../src-renderer/views/Settings.svelte';
import { createFake } from '../../../fake/bridge.ts';
import { renderWith } from '../with-app.ts';

const set = (fake: ReturnType<typeof createFake>): unknown[] =>
  fake.asked.filter(({ name }) => name === 'settings.set').map(({ params }) => params);

describe('settings', () => {
  it('say of each provider whether it is there, and why not', async () => {
    await renderWith(createFake(), Settings);
    const webgpu = await screen.findByRole('radio', { name: /GPU \(WebGPU\)\s+needs a Vulkan driver/ });
    expect(webgpu).toHaveProperty('disabled', true);
    expect(screen.getByRole('radio', { name: /^CPU/ }).getAttribute('aria-checked')).toBe('true');
  });

  it('take the person’s watts, tell whose figure it was, and go back to the table', async () => {
    const fake = createFake();
    await renderWith(fake, Settings);
    const watts = screen.getByRole('textbox', { name: 'Power of one busy core' });
    expect(screen.getByText(/From a table, for a server processor: 5 W \(2–12\)/)).toBeTruthy();
    await fireEvent.change(watts, { target: { value: '3,1' } });
    await waitFor(() => expect(set(fake)).toEqual([{ watts: 3.1 }]));
    await fireEvent.click(await screen.findByRole('button', { name: 'Use the table' }));
    await waitFor(() => expect(set(fake)).toEqual([{ watts: 3.1 }, { watts: null }]));
  });

  it('refuse watts that no core draws', async () => {
    const fake = createFake();
    await renderWith(fake, Settings);
    const watts = screen.getByRole('textbox', { name: 'Power of one busy core' });
    await fireEvent.change(watts, { target: { value: 'many' } });
    expect(screen.getByText('Between 0.1 and 1,000 W, or empty for the table’s figure.')).toBeTruthy();
    expect(watts.getAttribute('aria-invalid')).toBe('true');
    expect(set(fake)).toEqual([]);
  });

  it('tell how much the cache holds, clear it, and limit it', async () => {
    const fake = createFake();
    await renderWith(fake, Settings);
    await screen.findByText(/184 MB of at most 2 GB\. Clearing it touches no photo/);
    fake.answer({ 'cache.size': () => ({ bytes: 0 }) });
    await fireEvent.click(screen.getByRole('button', { name: 'Clear' }));
    await screen.findByText(/^0 B of at most 2 GB/);
    await fireEvent.change(screen.getByRole('combobox', { name: 'Pictures for the grid and the loupe' }), {
      target: { value: '5000000000' },
    });
    await waitFor(() => expect(set(fake)).toEqual([{ cacheBytes: 5e9 }]));
  });

  it('apply theme, threads and auto-advance at once', async () => {
    const fake = createFake();
    await renderWith(fake, Settings);
    await fireEvent.click(screen.getByRole('button', { name: 'Light' }));
    await fireEvent.click(screen.getByRole('button', { name: '1' }));
    await fireEvent.click(screen.getByRole('switch', { name: 'Go on after a decision' }));
    await waitFor(() => expect(set(fake)).toEqual([{ theme: 'light' }, { threads: 1 }, { autoAdvance: false }]));
    expect(screen.getByRole('button', { name: 'Light' }).getAttribute('aria-pressed')).toBe('true');
  });
});

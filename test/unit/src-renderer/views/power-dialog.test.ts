// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import PowerDialog from '../../../../src-renderer/views/PowerDialog.svelte';
import { createFake, pack } from '../../../fake/bridge.ts';
import { renderWith } from '../with-app.ts';

const handle = (): Promise<HTMLElement> => screen.findByRole('slider');
const said = async (): Promise<string> => (await handle()).getAttribute('aria-valuetext') ?? '';

describe('the power dialog', () => {
  it('begins at the choice in force, and offers nothing to use there', async () => {
    await renderWith(createFake(), PowerDialog);
    expect(await said()).toMatch(/^Balanced:/);
    expect(screen.getByRole('button', { name: 'Use this' })).toHaveProperty('disabled', true);
  });

  it('is moved by the keyboard: page keys go from preset to preset, arrows from point to point', async () => {
    await renderWith(createFake(), PowerDialog);
    await fireEvent.keyDown(await handle(), { key: 'PageUp' });
    expect(await said()).toMatch(/^Accurate:/);
    await fireEvent.keyDown(await handle(), { key: 'End' });
    expect(await said()).toMatch(/^Full:/);
    await fireEvent.keyDown(await handle(), { key: 'ArrowLeft' });
    expect(await said()).toMatch(/^between presets:/);
  });

  it('tells what the stop means for the photos shown, and how many would have to be looked at closer', async () => {
    await renderWith(createFake({ photos: 1000 }), PowerDialog);
    await fireEvent.keyDown(await handle(), { key: 'PageUp' });
    expect(
      await screen.findByText(/800 of 1,000 photos would be decided again at once; 100 would have to be looked at closer/),
    ).toBeTruthy();
  });

  it('puts the choice in force and closes', async () => {
    const fake = createFake();
    const app = await renderWith(fake, PowerDialog);
    app.screen.over = 'power';
    await fireEvent.keyDown(await handle(), { key: 'PageDown' });
    screen.getByRole('button', { name: 'Use this' }).click();
    await waitFor(() => expect(app.screen.over).toBeNull());
    expect(fake.asked.find(({ name }) => name === 'policy.choose')?.params).toEqual({ choice: { kind: 'preset', preset: 'saver' } });
    expect(app.toasts.list[0]?.action?.label).toBe('Look closer now');
  });

  it('says which presets coincide', async () => {
    const fake = createFake();
    const { saver } = pack.presets;
    fake.state = { ...fake.state, pack: { ...pack, presets: { ...pack.presets, balanced: saver! } } };
    await renderWith(fake, PowerDialog);
    expect(await screen.findByText(/Power saver and Balanced are the same with this pack/)).toBeTruthy();
  });

  it('says that a pack without calibration has no curve', async () => {
    const fake = createFake();
    fake.state = { ...fake.state, pack: { ...pack, calibrated: false, curve: [], presets: {}, measuredOn: null } };
    await renderWith(fake, PowerDialog);
    expect(await screen.findByText(/was not calibrated/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Use this' })).toBeNull();
  });
});

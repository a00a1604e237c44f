// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import FirstRun from '../../../../src-renderer/views/FirstRun.svelte';
import { createFake, pack } from '../../../fake/bridge.ts';
import { renderWith } from '../with-app.ts';

describe('the first run', () => {
  it('promises the formats that are read, and no other', async () => {
    const fake = createFake({ photos: 0 });
    fake.state = { ...fake.state, formats: ['JPEG', 'PNG', 'HEIC'] };
    await renderWith(fake, FirstRun);
    expect(screen.getByText('JPEG, PNG and HEIC. Subfolders are included.')).toBeTruthy();
    expect(screen.getByText(/never moves or changes a file until you say so\. Nothing leaves this computer\./)).toBeTruthy();
  });

  it('brings the sample photos', async () => {
    const fake = createFake({ photos: 0 });
    await renderWith(fake, FirstRun);
    await fireEvent.click(screen.getByRole('button', { name: 'Try sample photos' }));
    expect(fake.asked.some(({ name }) => name === 'samples.add')).toBe(true);
  });

  it('tells of each preset how often it is right and what a photo costs, with its range, and takes another', async () => {
    const fake = createFake({ photos: 0 });
    const app = await renderWith(fake, FirstRun);
    const balanced = await screen.findByRole('radio', { name: /^Balanced\s+About 93 in 100 right\s+98 mJ a photo\s+\(39–230\)/ });
    expect(balanced.getAttribute('aria-checked')).toBe('true');
    await fireEvent.click(screen.getByRole('radio', { name: /^Power saver/ }));
    await waitFor(() => expect(app.library.state?.settings.choice).toEqual({ kind: 'preset', preset: 'saver' }));
    expect(screen.getByText(/on 519 photos that the pack was measured on; on yours it may be less/)).toBeTruthy();
  });

  it('says where presets coincide', async () => {
    const fake = createFake({ photos: 0 });
    const { accurate } = pack.presets;
    fake.state = { ...fake.state, pack: { ...pack, presets: { ...pack.presets, full: accurate! } } };
    fake.answer({
      'policy.estimate': () => ({
        photos: 0,
        known: 0,
        further: 0,
        waiting: 0,
        accuracy: { share: 0.9, low: 0.88, high: 0.92 },
        macs: 1,
        fullMacs: 1,
        joules: { typical: 0, low: 0, high: 0 },
        joulesAPhoto: { typical: 0.1, low: 0.05, high: 0.2 },
        seconds: null,
      }),
    });
    await renderWith(fake, FirstRun);
    expect(await screen.findByRole('radio', { name: /^Full\s+As Power saver with this pack/ })).toBeTruthy();
  });

  it('offers no choice of a pack that is not calibrated, and says what it does instead', async () => {
    const fake = createFake({ photos: 0 });
    fake.state = { ...fake.state, pack: { ...pack, calibrated: false, presets: {}, curve: [], measuredOn: null } };
    await renderWith(fake, FirstRun);
    expect(screen.queryByRole('radio')).toBeNull();
    expect(screen.getByText('The pack “Photos” is not calibrated: every photo goes through all of its 7 exits.')).toBeTruthy();
  });

  it('says why nothing can be sorted', async () => {
    const fake = createFake({ photos: 0 });
    fake.state = {
      ...fake.state,
      pack: null,
      packProblem: { code: 'pack-damaged', message: 'stage-2.onnx of the pack is damaged.', hint: 'Install Squint again.' },
    };
    await renderWith(fake, FirstRun);
    expect(screen.getByRole('alert').textContent).toMatch(
      /Nothing can be sorted: stage-2\.onnx of the pack is damaged\.\s*Install Squint again\./,
    );
  });
});

// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { RunState } from '../../../../src-main/contract/library.ts';
import RunBar from '../../../../src-renderer/components/RunBar.svelte';
import { type Fake, createFake } from '../../../fake/bridge.ts';
import { renderWith } from '../with-app.ts';

async function open(change: Partial<RunState> = {}) {
  const fake = createFake({ photos: 200, sorted: 150 });
  fake.state = { ...fake.state, run: { ...fake.state.run!, ...change } };
  return { fake, app: await renderWith(fake, RunBar) };
}
const asked = (fake: Fake, name: string): unknown => fake.asked.find((request) => request.name === name)?.params;
const exit = (n: number): HTMLElement => screen.getByRole('button', { name: new RegExp(`^Exit ${n} of 7`) });

describe('the run bar', () => {
  it('tells how far the run is, how fast, on what it runs, what it reads and leaves', async () => {
    await open({ files: 48_210, done: 20_114, photosPerSecond: 186, secondsLeft: 151, failed: 23, provider: 'cpu' });
    expect(screen.getByRole('heading', { name: 'Sorting 48,210 photos' })).toBeTruthy();
    expect(screen.getByText('20,114 done · 190 photos/s · 2 min 31 s left')).toBeTruthy();
    expect(screen.getByText('CPU, 2 files at a time')).toBeTruthy();
    expect(screen.getByText('embedded preview 80%, scaled decode 20%')).toBeTruthy();
    expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('20114');
  });

  it('tells no rate before there is one', async () => {
    await open({ done: 0, photosPerSecond: 0, secondsLeft: null });
    expect(screen.getByText('0 done')).toBeTruthy();
  });

  it('says why it is not the provider asked for', async () => {
    await open({ providerNote: 'WebGPU needs a Vulkan driver' });
    expect(screen.getByText(/WebGPU needs a Vulkan driver/)).toBeTruthy();
  });

  it('narrows the grid to an exit by a press, and widens it by another', async () => {
    const { app } = await open();
    await app.photos.show({ root: 2 });
    await fireEvent.click(exit(5));
    await waitFor(() => expect(app.photos.filter).toEqual({ root: 2, exit: 5 }));
    expect(exit(5).getAttribute('aria-pressed')).toBe('true');
    await fireEvent.click(exit(5));
    await waitFor(() => expect(app.photos.filter).toEqual({ root: 2 }));
  });

  it('tells reading and network apart, what each saved, the range and the method', async () => {
    await open({
      energy: { joules: 440, low: 300, high: 640, method: 'modelled', read: 350, network: 90 },
      saved: { read: 650, network: 320, ofRead: 1000, ofNetwork: 410 },
    });
    expect(screen.getByRole('heading', { name: 'About 440 J so far' })).toBeTruthy();
    expect(screen.getByText('(300–640)')).toBeTruthy();
    expect(screen.getByText('350 J, 65% less')).toBeTruthy();
    expect(screen.getByText('90 J, 78% less')).toBeTruthy();
    expect(screen.getByText('Modelled: busy time × 5 W a core (2–12), a server processor. Start-up apart: 4.0 J')).toBeTruthy();
  });

  it('tells what is compared in one unit', async () => {
    await open({
      energy: { joules: 440, low: 300, high: 640, method: 'modelled', read: 350, network: 90 },
      saved: { read: 650, network: 320, ofRead: 1000, ofNetwork: 410 },
    });
    expect(screen.getByText('0.12 Wh')).toBeTruthy(); // beside 0.39 Wh of all networks
    expect(screen.getByText('0.39 Wh')).toBeTruthy();
  });

  it('pauses and stops', async () => {
    const { fake } = await open();
    await fireEvent.click(screen.getByRole('button', { name: 'Pause' }));
    await fireEvent.click(screen.getByRole('button', { name: 'Stop' }));
    expect([asked(fake, 'run.pause'), asked(fake, 'run.stop')]).toEqual([{}, {}]);
  });

  it('folds to a line that says why it is paused, and resumes', async () => {
    const { fake } = await open({ state: 'paused', reason: 'The disk of Phone is not connected.', hint: 'It goes on when it is back.' });
    expect(screen.getByText(/The disk of Phone is not connected\. It goes on when it is back\./)).toBeTruthy();
    expect(screen.queryByText('Left at exit')).toBeNull();
    await fireEvent.click(screen.getByRole('button', { name: 'Resume' }));
    expect(asked(fake, 'run.resume')).toEqual({});
  });

  it('folds when it is done, and opens again', async () => {
    const { app } = await open({
      state: 'done',
      done: 200,
      seconds: 259,
      energy: { joules: 1044, low: 720, high: 1512, method: 'modelled', read: 800, network: 244 },
    });
    expect(screen.getByText('Sorted in 4 min 19 s')).toBeTruthy();
    expect(screen.getByText(/about 0\.29 Wh \(0\.20–0\.42\)/)).toBeTruthy();
    expect(screen.queryByRole('group', { name: /exit/ })).toBeNull();
    await fireEvent.click(screen.getByRole('button', { name: 'Show more' }));
    expect(screen.getByRole('group', { name: 'Photos by the exit that they left at' })).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: /^Review \d+/ }));
    await waitFor(() => expect(app.photos.filter).toEqual({ pile: { kind: 'review' } }));
  });

  it('says that nothing was new, and spends nothing on saying so', async () => {
    await open({ state: 'done', files: 1204, done: 1204, stored: 1204 });
    expect(screen.getByText('Nothing new to sort').parentElement?.textContent).toMatch(/1,204 known already\s*$/);
  });

  it('goes on after a stop, with all that is left', async () => {
    const { fake } = await open({ state: 'stopped', files: 48_210, done: 20_114 });
    expect(screen.getByText(/28,096 left, results are kept/)).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: 'Go on' }));
    expect(asked(fake, 'run.start')).toEqual({ filter: {} });
  });

  it('says why a run ended early', async () => {
    await open({ state: 'failed', reason: 'The network process ended three times.', hint: 'The log says more.' });
    expect(screen.getByText(/The network process ended three times\. The log says more\./)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Go on' })).toBeTruthy();
  });

  it('counts the photos that are found while they are counted', async () => {
    await open({ state: 'counting', files: 12_408, done: 0 });
    expect(screen.getByText('12,408 found so far')).toBeTruthy();
  });

  it('shows nothing where there is nothing to tell', async () => {
    await renderWith(createFake({ photos: 20 }), RunBar);
    expect(screen.queryByRole('region')).toBeNull();
  });
});

describe('photos that the choice in force would look at closer', () => {
  it('are told with what that costs, and looked at when asked', async () => {
    const fake = createFake({ photos: 200 });
    fake.state = { ...fake.state, counts: { ...fake.state.counts, further: 57 } };
    await renderWith(fake, RunBar);
    const line = screen.getByText('57 photos could be looked at closer').parentElement!;
    await waitFor(() => expect(line.textContent).toMatch(/under Balanced\s+about [\d.]+ J \([\d.]+–[\d.]+\), under 1 s/));
    await fireEvent.click(screen.getByRole('button', { name: 'Look closer' }));
    expect(asked(fake, 'run.start')).toEqual({ filter: {} });
  });

  it('are not told of while a run goes', async () => {
    const { fake } = await open();
    fake.tell({ type: 'counts', counts: { ...fake.state.counts, further: 57 } });
    expect(screen.queryByText(/looked at closer/)).toBeNull();
  });
});

describe('the histogram', () => {
  it('opens on a press where the window is narrow', async () => {
    const { app } = await open();
    app.screen.width = 1024;
    await waitFor(() => expect(screen.queryByRole('group', { name: /exit/ })).toBeNull());
    await fireEvent.click(screen.getByRole('button', { name: 'Left at exit' }));
    await screen.findByRole('dialog', { name: 'Left at exit' });
    await fireEvent.click(exit(1));
    await waitFor(() => expect(app.photos.filter).toEqual({ exit: 1 }));
  });

  it.each([1, 12])('fits a pack of %i exits', async (exits) => {
    const fake = createFake({ photos: 200, sorted: 150 });
    const pack = { ...fake.state.pack!, exits: Array.from({ length: exits }, () => fake.state.pack!.exits[0]!) };
    fake.state = { ...fake.state, pack, run: { ...fake.state.run!, exits: Array.from({ length: exits }, () => 3) } };
    await renderWith(fake, RunBar);
    expect(within(screen.getByRole('group', { name: /exit/ })).getAllByRole('button')).toHaveLength(exits);
  });
});

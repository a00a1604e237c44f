// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import type { Operation } from '../../../../src-main/contract/operations.ts';
import History from '../../../../src-renderer/components/History.svelte';
import { type Fake, createFake } from '../../../fake/bridge.ts';
import { operation } from '../../../fake/operations.ts';
import { renderWith } from '../with-app.ts';

async function open(all: Operation[], fake: Fake = createFake()) {
  fake.answer({ 'operations.list': ({ before, limit }) => all.filter(({ id }) => before === null || id < before).slice(0, limit) });
  const app = await renderWith(fake, History);
  app.screen.history = true;
  await app.operations.load();
  const tell = (of: Operation): void =>
    fake.tell({
      type: 'operation',
      progress: { operation: of, bytes: 11.2e9, bytesDone: 6.8e9, secondsLeft: 48, now: 'Mountains & snow/2023/_MG_0912.CR3' },
    });
  return { app, fake, tell };
}
const running = operation({ id: 30, state: 'running', files: 27_676, done: 16_800, left: 80, target: 'Photos › Sorted' });
const button = (name: string | RegExp): HTMLElement => screen.getByRole('button', { name });

describe('the history', () => {
  it('says where nothing was moved yet', async () => {
    await open([]);
    expect(screen.getByText(/No file has been moved or copied by Squint yet/)).toBeTruthy();
  });

  it('lists what was done, newest first, with what was left and the way back', async () => {
    await open([
      operation({ id: 3, undoes: 2, files: 12 }),
      operation({ id: 2, files: 12, undone: 12, done: 12 }),
      operation({ id: 1, kind: 'copy', target: 'Backup › Best', state: 'failed', reason: 'The disk is full.', done: 310, left: 3 }),
    ]);
    const rows = (await screen.findAllByRole('listitem')).map(({ textContent }) => textContent.replaceAll(/\s+/g, ' ').trim());
    expect(rows).toHaveLength(3);
    expect(rows[0]).toMatch(/^Put back 12 files .*Details Do again$/);
    expect(rows[1]).toMatch(/^Moved 12 files to Photos › Iceland .*All were put back\. Details$/);
    expect(rows[2]).toMatch(
      /^Copied 310 files to Backup › Best .*Ended early. The disk is full. 3 were left where they were\. Details Undo$/,
    );
  });

  it('shows the one that goes, and stops it', async () => {
    const { fake, tell } = await open([operation()]);
    tell(running);
    expect(await screen.findByRole('heading', { name: 'Moving to Photos › Sorted' })).toBeTruthy();
    expect(screen.getByText('16,880 of 27,676 files, 6.80 GB of 11.2 GB copied')).toBeTruthy();
    expect(screen.getByText('about 48 s left')).toBeTruthy();
    expect(screen.getByText('Now: Mountains & snow / 2023 / _MG_0912.CR3')).toBeTruthy();
    expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('16880');
    await fireEvent.click(button('Stop'));
    expect(fake.asked.some(({ name }) => name === 'operations.stop')).toBe(true);
    tell({ ...running, state: 'stopping' });
    expect(await screen.findByRole('heading', { name: 'Stopping' })).toBeTruthy();
    expect(button('Stop')).toHaveProperty('disabled', true);
  });

  it('lets undo wait while one goes, and says so', async () => {
    const { tell } = await open([operation()]);
    expect(button(/^Undo/)).toHaveProperty('disabled', false);
    tell(running);
    await waitFor(() => expect(button(/^Undo/)).toHaveProperty('disabled', true));
    expect(screen.getByText('Moving to Photos › Sorted is under way. Undo waits until it has ended.').id).toBe(
      button(/^Undo/).getAttribute('aria-describedby'),
    );
  });

  it('looks first what can be put back', async () => {
    const { fake } = await open([operation({ id: 8 })]);
    let answer = (): void => undefined;
    fake.answer({
      'operations.check': () =>
        new Promise((resolve) => {
          answer = () => resolve({ operation: operation({ id: 8 }), files: 2144, bytes: 1, cannot: [] });
        }),
      'operations.undo': () => operation({ id: 9, undoes: 8, state: 'running', done: 0 }),
    });
    await fireEvent.click(button(/^Undo/));
    expect(button(/^Checking…/)).toHaveProperty('disabled', true);
    answer();
    expect(await screen.findByRole('heading', { name: 'Putting back 2,144 files' })).toBeTruthy();
  });

  it('tells on request what was left and why, and what was lost', async () => {
    const { fake } = await open([operation({ id: 8, left: 3 })]);
    fake.answer({
      'operations.report': () => ({
        operation: operation({ id: 8 }),
        left: [{ code: 'open', message: 'it is open in another program', files: 3, examples: ['a.jpg'] }],
        lost: ['Extended attributes of 12 files could not be kept on this volume.'],
      }),
    });
    await fireEvent.click(button(/^Details of: Moved/));
    expect(await screen.findByText('It is open in another program')).toBeTruthy();
    expect(screen.getByText('a.jpg and 2 more')).toBeTruthy();
    expect(screen.getByText('Extended attributes of 12 files could not be kept on this volume.')).toBeTruthy();
    await fireEvent.click(button(/^Hide details of: Moved/));
    expect(screen.queryByText('It is open in another program')).toBeNull();
  });

  it('says that all went well where there is nothing to report', async () => {
    await open([operation({ id: 6 })]);
    await fireEvent.click(button(/^Details of: Moved/));
    expect(await screen.findByText('Every file went as planned, with its times and all that belongs to it.')).toBeTruthy();
  });

  it('says why there is no report', async () => {
    const fake = createFake();
    fake.answer({ 'operations.report': () => Promise.reject(new Error('inside')) });
    await open([operation()], fake);
    await fireEvent.click(button(/^Details of: Moved/));
    expect(await screen.findByText(/Something went wrong inside Squint/)).toBeTruthy();
  });

  it('goes back page by page', async () => {
    await open(Array.from({ length: 60 }, (_, i) => operation({ id: 60 - i })));
    expect(await screen.findAllByRole('listitem')).toHaveLength(50);
    await fireEvent.click(button('Show earlier ones'));
    await waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(60));
    expect(screen.queryByRole('button', { name: 'Show earlier ones' })).toBeNull();
  });

  it('takes the focus when it opens, and Escape closes it', async () => {
    const { app } = await open([]);
    const panel = screen.getByRole('complementary', { name: 'History' });
    expect(document.activeElement).toBe(panel);
    await fireEvent.keyDown(panel, { key: 'Escape' });
    expect(app.screen.history).toBe(false);
  });
});

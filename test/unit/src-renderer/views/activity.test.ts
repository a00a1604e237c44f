// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { SquintError } from '../../../../src-main/contract/errors.ts';
import Activity from '../../../../src-renderer/views/Activity.svelte';
import { createFake } from '../../../fake/bridge.ts';
import { renderWith } from '../with-app.ts';

describe('activity', () => {
  it('lists why files were not sorted, with counts, and leads to an example', async () => {
    const fake = createFake();
    const app = await renderWith(fake, Activity);
    app.screen.view = 'activity';
    const reason = await screen.findByText(/The file ends early\./);
    expect(reason.closest('li')?.textContent).toMatch(
      /3\s*The file ends early\.\s*could not be read\s*Copy it again from the camera\..*and 2 more/s,
    );
    await fireEvent.click(screen.getByRole('button', { name: 'IMG_0020.JPG' }));
    await waitFor(() => expect(app.screen.view).toBe('grid'));
    expect(app.selection.current).toBe(20);
  });

  it('lists files of one name, and one reason in two kinds', async () => {
    const fake = createFake();
    const problem = {
      kind: 'not-a-picture' as const,
      code: 'text',
      message: 'A text.',
      hint: null,
      count: 2,
      examples: [1, 2].map(() => ({ id: null, name: 'README.md' })),
    };
    fake.answer({ 'activity.list': () => ({ runs: [], problems: [problem, problem] }) });
    await renderWith(fake, Activity);
    expect(await screen.findAllByText('README.md')).toHaveLength(4);
  });

  it('tries again what could not be read, and offers that only where something failed', async () => {
    const fake = createFake();
    await renderWith(fake, Activity);
    await fireEvent.click(await screen.findByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(fake.asked).toContainEqual({ name: 'run.start', params: { filter: { pile: { kind: 'not-sorted' } } } }));
    document.body.innerHTML = '';
    const clean = createFake();
    clean.answer({ 'activity.list': () => ({ runs: [], problems: [] }) });
    await renderWith(clean, Activity);
    await screen.findByText(/could be sorted, or waits for it/);
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  });

  it('lists the runs', async () => {
    await renderWith(createFake(), Activity);
    const cells = (await screen.findAllByRole('cell')).map(({ textContent }) => textContent.trim());
    expect(cells.slice(1)).toEqual(['Finished', 'Balanced', '1,204', '3', '41 s', '96 J']);
  });

  it('writes verdicts to a table and says where; cancelling says nothing', async () => {
    const fake = createFake();
    const app = await renderWith(fake, Activity);
    await fireEvent.click(screen.getByRole('button', { name: 'Export verdicts as CSV…' }));
    await waitFor(() => expect(app.toasts.list[0]?.message).toBe('Verdicts of 60 photos are in /photos/verdicts.csv'));
    app.toasts.dismiss(app.toasts.list[0]!.id);
    fake.answer({ 'host.exportCsv': () => null });
    await fireEvent.click(screen.getByRole('button', { name: 'Export verdicts as CSV…' }));
    expect(app.toasts.list).toEqual([]);
  });

  it('tells why a table could not be written', async () => {
    const fake = createFake();
    fake.answer({
      'host.exportCsv': () => {
        throw new SquintError('exists', 'verdicts.csv is there already.', { hint: 'Choose another name.' });
      },
    });
    const app = await renderWith(fake, Activity);
    await fireEvent.click(screen.getByRole('button', { name: 'Export verdicts as CSV…' }));
    await waitFor(() =>
      expect(app.toasts.list[0]).toMatchObject({ message: 'verdicts.csv is there already.', hint: 'Choose another name.' }),
    );
  });

  it('shows the log where the host can', async () => {
    const fake = createFake();
    await renderWith(fake, Activity);
    await fireEvent.click(screen.getByRole('button', { name: 'Show log' }));
    expect(fake.asked.some(({ name }) => name === 'host.showLog')).toBe(true);
  });

  it('has no log to show in a browser', async () => {
    const fake = createFake();
    Object.assign(fake, { host: 'web' });
    await renderWith(fake, Activity);
    expect(screen.queryByRole('button', { name: 'Show log' })).toBeNull();
  });
});

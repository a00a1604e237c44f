// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { describe, expect, it } from 'vitest';
import { SquintError } from '../../../../src-main/contract/errors.ts';
import type { Left, Operation } from '../../../../src-main/contract/operations.ts';
import { takeBack } from '../../../../src-renderer/lib/operate.ts';
import Over from '../../../../src-renderer/views/Over.svelte';
import { createFake } from '../../../fake/bridge.ts';
import { operation } from '../../../fake/operations.ts';
import { renderWith } from '../with-app.ts';

async function open(of: Operation, files: number, cannot: Left[]) {
  const fake = createFake();
  fake.answer({
    'operations.check': () => ({ operation: of, files, bytes: 1, cannot }),
    'operations.undo': () => operation({ id: 21, undoes: of.id, state: 'running', files, done: 0 }),
  });
  const app = await renderWith(fake, Over);
  await takeBack(app, of);
  await screen.findByRole('dialog');
  return { app, fake };
}
const moved = operation({ id: 20 });
const changed: Left = { code: 'changed', message: 'it was changed since', files: 3, examples: ['Dogs/a.jpg', 'Dogs/b.jpg'] };

describe('an operation that can be taken back in part only', () => {
  it('is asked about: how many can, why the others stay, and the button names the number', async () => {
    const { app, fake } = await open(moved, 2141, [changed]);
    expect(screen.getByText('2,141 files can be taken back. 3 stay where they are:')).toBeTruthy();
    expect(screen.getByText('It was changed since')).toBeTruthy();
    expect(screen.getByText('Dogs/a.jpg, Dogs/b.jpg and 1 more')).toBeTruthy();
    await fireEvent.click(screen.getByRole('button', { name: 'Put back 2,141 files' }));
    await waitFor(() => expect(app.screen.over).toBeNull());
    expect(fake.asked.find(({ name }) => name === 'operations.undo')?.params).toEqual({ operation: 20, photos: null });
  });

  it('is left as it is on Cancel', async () => {
    const { app, fake } = await open(moved, 2141, [changed]);
    await fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect([app.screen.over, app.operations.question]).toEqual([null, null]));
    expect(fake.asked.some(({ name }) => name === 'operations.undo')).toBe(false);
  });

  it('offers nothing where none can', async () => {
    await open(moved, 0, [{ ...changed, files: 1 }]);
    expect(screen.getByText('None of these files can be taken back now:')).toBeTruthy();
    expect(screen.getAllByRole('button').map((one) => one.getAttribute('aria-label') ?? one.textContent.trim())).toEqual([
      'Close',
      'Close',
    ]);
  });

  it('says that copies go to the bin', async () => {
    await open(operation({ id: 20, kind: 'copy' }), 309, [{ ...changed, files: 1 }]);
    expect(screen.getByText('309 files can be taken back. One stays where it is:')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Hand 309 copies to the bin' })).toBeTruthy();
  });

  it('stays open where it is refused, and says why', async () => {
    const { app, fake } = await open(moved, 2141, [changed]);
    fake.answer({ 'operations.undo': () => Promise.reject(new SquintError('busy', 'Another operation is under way.')) });
    await fireEvent.click(screen.getByRole('button', { name: 'Put back 2,141 files' }));
    await waitFor(() => expect(app.toasts.list[0]?.message).toBe('Another operation is under way.'));
    expect(app.screen.over).toBe('undo');
  });
});

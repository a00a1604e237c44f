import { describe, expect, it, vi } from 'vitest';
import { createApp } from '../../../../src-renderer/lib/create-app.ts';
import { createFake } from '../../../fake/bridge.ts';
import { operation } from '../../../fake/operations.ts';

async function open() {
  const fake = createFake();
  const app = createApp(fake);
  await app.library.load();
  return { fake, app };
}

describe('what the engine and the host tell', () => {
  it('is shown as a message, a problem with its hint', async () => {
    const { app, fake } = await open();
    fake.tell({ type: 'told', message: 'Iceland 2024 is back.', problem: null });
    fake.tell({
      type: 'told',
      message: 'The GPU gave up; the CPU goes on.',
      problem: { code: 'provider-lost', message: '', hint: 'Nothing is lost.' },
    });
    expect(app.toasts.list).toMatchObject([
      { message: 'Iceland 2024 is back.', tone: 'plain' },
      { message: 'The GPU gave up; the CPU goes on.', hint: 'Nothing is lost.', tone: 'problem' },
    ]);
  });

  it('shows a folder that Squint was opened with', async () => {
    const { app, fake } = await open();
    fake.tell({ type: 'show', added: { root: 2, notes: [] } });
    await vi.waitFor(() => expect(app.photos.filter).toEqual({ root: 2 }));
  });

  it('opens what was chosen in the system’s menu', async () => {
    const { app, fake } = await open();
    fake.tell({ type: 'open', what: 'about' });
    expect(app.screen.over).toBe('about');
    fake.tell({ type: 'open', what: 'sort' });
    expect(app.screen.over).toBe('sort');
    fake.tell({ type: 'open', what: 'settings' });
    expect(app.screen.view).toBe('settings');
  });

  it('asks nothing about sorting where there are no photos', async () => {
    const fake = createFake({ photos: 0 });
    const app = createApp(fake);
    await app.library.load();
    fake.tell({ type: 'open', what: 'sort' });
    expect(app.screen.over).toBeNull();
  });

  it('takes up what goes after the engine was started again', async () => {
    const { app, fake } = await open();
    app.operations.began(operation({ id: 20, state: 'running', done: 0 }));
    fake.tell({ type: 'restarted' });
    await vi.waitFor(() => expect(app.operations.now).toBeNull());
    await vi.waitFor(() => expect(app.operations.list[0]?.id).toBe(9));
  });

  it('reads everything anew after the engine was started again, and says that nothing was lost', async () => {
    const { app, fake } = await open();
    await app.photos.show({ root: 1 });
    fake.state = { ...fake.state, version: '9.9.9' };
    fake.rows = fake.rows.slice(0, 20);
    fake.tell({ type: 'restarted' });
    await vi.waitFor(() => expect(app.photos.ids).toHaveLength(10));
    expect(app.library.state?.version).toBe('9.9.9');
    expect(app.toasts.list[0]?.hint).toBe('Your photos and results are as they were.');
  });
});

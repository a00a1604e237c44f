// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { SquintError } from '../../../../src-main/contract/errors.ts';
import type { Left, Operation } from '../../../../src-main/contract/operations.ts';
import { createApp } from '../../../../src-renderer/lib/create-app.ts';
import { keyOf } from '../../../../src-renderer/lib/keys.ts';
import { beginSort, chooseTarget, openSort, takeBack, takeBackSome } from '../../../../src-renderer/lib/operate.ts';
import { createFake } from '../../../fake/bridge.ts';
import { operation } from '../../../fake/operations.ts';

async function open() {
  const fake = createFake({ photos: 60 });
  const app = createApp(fake);
  await app.library.load();
  await app.operations.load();
  await app.photos.show({});
  const tell = (of: Operation): void =>
    fake.tell({ type: 'operation', progress: { operation: of, bytes: 0, bytesDone: 0, secondsLeft: null, now: null } });
  const asked = (name: string): unknown[] => fake.asked.filter((one) => one.name === name).map(({ params }) => params);
  return { app, fake, tell, asked };
}
const moved = operation({ id: 20, files: 2144 });
const began = operation({ id: 21, undoes: 20, state: 'running', done: 0 });
const changed: Left = { code: 'changed', message: 'it was changed since', files: 3, examples: ['a.jpg'] };

describe('sorting files', () => {
  it('is of the photos shown, or of those selected where they are several', async () => {
    const { app } = await open();
    await app.photos.show({ root: 1 });
    app.selection.only(2);
    openSort(app);
    expect([app.screen.over, app.sort.of]).toEqual(['sort', { kind: 'filter', filter: { root: 1 } }]);
    app.selection.extendTo(6);
    openSort(app);
    expect(app.sort.of).toEqual({ kind: 'photos', ids: [2, 4, 6] });
    app.selection.all();
    openSort(app);
    expect(app.sort.of).toEqual({ kind: 'filter', filter: { root: 1 } });
  });

  it('of a folder is of that, whatever is selected', async () => {
    const { app } = await open();
    app.selection.only(1);
    app.selection.extendTo(5);
    openSort(app, { root: 2 });
    expect(app.sort.of).toEqual({ kind: 'filter', filter: { root: 2 } });
  });

  it('goes into a folder that the system’s dialog gave; cancelled, it stays', async () => {
    const { app, fake } = await open();
    await chooseTarget(app);
    expect(app.sort.target).toBe(3);
    fake.answer({ 'host.chooseTarget': () => null });
    await chooseTarget(app);
    expect(app.sort.target).toBe(3);
    fake.answer({ 'host.chooseTarget': () => Promise.reject(new SquintError('no', 'That folder cannot be written to.')) });
    await chooseTarget(app);
    expect(app.toasts.list[0]?.message).toBe('That folder cannot be written to.');
  });

  it('says why it was refused, and is planned anew', async () => {
    const { app, fake } = await open();
    openSort(app);
    await vi.waitFor(() => expect(app.sort.request).not.toBeNull());
    app.sort.ask(app.sort.request);
    await vi.waitFor(() => expect(app.sort.current).not.toBeNull());
    fake.answer({ 'sort.begin': () => Promise.reject(new SquintError('plan-gone', 'Files changed since the plan was made.')) });
    await beginSort(app);
    expect(app.toasts.list[0]?.message).toBe('Files changed since the plan was made.');
    expect([app.screen.over, app.sort.isStale, app.screen.history]).toEqual(['sort', true, false]);
  });
});

describe('taking back', () => {
  it('goes at once where all can', async () => {
    const { app, asked, fake } = await open();
    fake.answer({
      'operations.check': () => ({ operation: moved, files: 2144, bytes: 1, cannot: [] }),
      'operations.undo': () => began,
    });
    await takeBack(app, moved);
    expect(asked('operations.undo')).toEqual([{ operation: 20, photos: null }]);
    expect([app.operations.now?.operation.id, app.screen.over, app.operations.checking]).toEqual([21, null, null]);
  });

  it('asks where only some can, and goes on the person’s word', async () => {
    const { app, asked, fake } = await open();
    fake.answer({
      'operations.check': () => ({ operation: moved, files: 2141, bytes: 1, cannot: [changed] }),
      'operations.undo': () => began,
    });
    await takeBack(app, moved, [4, 5]);
    expect([app.screen.over, asked('operations.undo')]).toEqual(['undo', []]);
    await takeBackSome(app);
    expect(asked('operations.undo')).toEqual([{ operation: 20, photos: [4, 5] }]);
    expect(app.screen.over).toBeNull();
  });

  it('asks where none can', async () => {
    const { app, asked, fake } = await open();
    fake.answer({ 'operations.check': () => ({ operation: moved, files: 0, bytes: 0, cannot: [] }) });
    await takeBack(app, moved);
    expect([app.screen.over, asked('operations.undo')]).toEqual(['undo', []]);
  });

  it('waits while another goes, and says so', async () => {
    const { app, asked } = await open();
    app.operations.began(operation({ id: 30, state: 'running', done: 0 }));
    await takeBack(app, moved);
    expect(asked('operations.check')).toEqual([]);
    expect(app.toasts.list[0]?.message).toBe('Moving to Photos › Iceland is under way. Undo waits until it has ended.');
  });

  it('is looked at once, however often it is asked for', async () => {
    const { app, asked, fake } = await open();
    fake.answer({ 'operations.check': () => new Promise(() => undefined) });
    void takeBack(app, moved);
    void takeBack(app, moved);
    expect(asked('operations.check')).toHaveLength(1);
  });

  it('says why it failed', async () => {
    const { app, fake } = await open();
    fake.answer({
      'operations.check': () => Promise.reject(new SquintError('offline', 'Photos is not connected.', { hint: 'Connect it.' })),
    });
    await takeBack(app, moved);
    expect(app.toasts.list[0]).toMatchObject({ message: 'Photos is not connected.', hint: 'Connect it.' });
    expect(app.operations.checking).toBeNull();
  });

  it('takes ten thousand photos at most', async () => {
    const { app, asked } = await open();
    await takeBack(app, moved, new Array<number>(10_001).fill(1));
    expect(app.toasts.list[0]?.message).toBe('At most 10,000 photos are put back at once; these are 10,001.');
    expect(asked('operations.check')).toEqual([]);
  });
});

describe('when an operation has ended', () => {
  it('a message says so and offers to undo it, and only then the key does', async () => {
    const { app, asked, tell } = await open();
    tell(moved);
    expect(app.toasts.list).toMatchObject([
      { message: 'Moved 2,144 files to Photos › Iceland', action: { label: 'Undo', chord: 'Mod+Z' } },
    ]);
    expect(app.toasts.list[0]?.details).toBeUndefined();
    keyOf('Mod+Z')!.key.run(app, false);
    await vi.waitFor(() => expect(asked('operations.check')).toEqual([{ operation: 20, photos: null }]));
    expect(asked('decisions.undo')).toEqual([]);
    expect(app.toasts.list).toEqual([]);
    keyOf('Mod+Z')!.key.run(app, false);
    expect(asked('decisions.undo')).toHaveLength(1);
  });

  it('and something was left, its details are a step away', async () => {
    const { app, tell } = await open();
    tell({ ...moved, left: 3 });
    app.screen.view = 'settings';
    app.toasts.list[0]!.details!();
    expect([app.screen.view, app.screen.history, app.operations.opened]).toEqual(['grid', true, 20]);
  });

  it('early, the message stays with the reason and the key is left to decisions', async () => {
    const { app, asked, tell } = await open();
    tell({ ...moved, state: 'failed', reason: 'the disk is full', done: 5 });
    expect(app.toasts.list[0]).toMatchObject({ tone: 'problem', hint: 'The disk is full.', action: { label: 'Undo' } });
    keyOf('Mod+Z')!.key.run(app, false);
    expect(asked('decisions.undo')).toHaveLength(1);
  });

  it('and took back another, it can be done again, but not by the key', async () => {
    const { app, tell } = await open();
    tell({ ...moved, id: 22, undoes: 20, isBack: true });
    expect(app.toasts.list[0]?.action).toMatchObject({ label: 'Do again' });
    expect(app.toasts.list[0]?.action?.chord).toBeUndefined();
  });

  it('with nothing done, there is nothing to undo', async () => {
    const { app, tell } = await open();
    tell({ ...moved, state: 'stopped', done: 0 });
    expect(app.toasts.list[0]?.action).toBeUndefined();
  });

  it('nothing is said before', async () => {
    const { app, tell } = await open();
    tell({ ...moved, state: 'running', done: 5 });
    expect(app.toasts.list).toEqual([]);
  });

  it('the newest message has the key, be it of a decision', async () => {
    const { app, asked, tell } = await open();
    tell(moved);
    await app.photos.want([1]);
    app.selection.only(1);
    keyOf('Enter')!.key.run(app, false);
    await vi.waitFor(() => expect(app.toasts.list).toHaveLength(2));
    keyOf('Mod+Z')!.key.run(app, false);
    await vi.waitFor(() => expect(asked('decisions.undo')).toHaveLength(1));
    expect(asked('operations.check')).toEqual([]);
  });
});

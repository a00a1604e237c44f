// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import type { Operation } from '../../../../src-main/contract/operations.ts';
import { Client } from '../../../../src-renderer/lib/client.ts';
import { Operations } from '../../../../src-renderer/lib/operations.svelte.ts';
import { createFake } from '../../../fake/bridge.ts';
import { operation } from '../../../fake/operations.ts';

async function open(all: Operation[] = []) {
  const fake = createFake();
  fake.answer({ 'operations.list': ({ before, limit }) => all.filter(({ id }) => before === null || id < before).slice(0, limit) });
  const operations = new Operations(new Client(fake));
  await operations.load();
  const tell = (of: Operation): void =>
    fake.tell({ type: 'operation', progress: { operation: of, bytes: 10, bytesDone: 4, secondsLeft: 3, now: 'Dogs/a.jpg' } });
  return { fake, operations, all, tell };
}
const ids = ({ list }: Operations): number[] => list.map(({ id }) => id);
const running = operation({ id: 12, state: 'running', done: 3 });

describe('changes to files', () => {
  it('are taken up as they are when the window opens: the one that goes, and those that were', async () => {
    const fake = createFake();
    const progress = { operation: running, bytes: 0, bytesDone: 0, secondsLeft: null, now: null };
    fake.answer({ 'operations.now': () => progress, 'operations.list': () => [running, operation({ id: 11 })] });
    const operations = new Operations(new Client(fake));
    await operations.load();
    expect(operations.now).toEqual(progress);
    expect(ids(operations)).toEqual([11]);
  });

  it('are followed while they go, and stand in the list once they have ended', async () => {
    const { all, operations, tell } = await open();
    operations.began({ ...running, done: 0 });
    expect(operations.now).toMatchObject({ operation: { done: 0 }, now: null });
    tell(running);
    expect(operations.now).toMatchObject({ operation: { done: 3 }, now: 'Dogs/a.jpg' });
    all.push(operation({ id: 12 }));
    tell(operation({ id: 12 }));
    expect([operations.now, ids(operations)]).toEqual([null, [12]]);
  });

  it('do not begin again where the answer to their beginning comes after the notice of their end', async () => {
    const { operations, tell } = await open();
    tell(operation({ id: 12 }));
    operations.began({ ...running, done: 0 });
    expect(operations.now).toBeNull();
  });

  it('keep what was told meanwhile when the answer to their beginning comes', async () => {
    const { operations, tell } = await open();
    tell(running);
    operations.began({ ...running, done: 0 });
    expect(operations.now?.operation.done).toBe(3);
  });

  it('are read again when one has ended, for it may have taken back another', async () => {
    const { all, operations, tell } = await open([operation({ id: 9, done: 2 })]);
    all.splice(0, 1, operation({ id: 10, undoes: 9, done: 2 }), operation({ id: 9, done: 2, undone: 2 }));
    tell(operation({ id: 10, undoes: 9, done: 2 }));
    await vi.waitFor(() => expect(operations.list.map(({ undone }) => undone)).toEqual([0, 2]));
  });

  it('stay as they are shown where they cannot be read again', async () => {
    const { fake, operations, tell } = await open([operation({ id: 9 })]);
    fake.answer({ 'operations.list': () => Promise.reject(new Error('gone')) });
    tell(operation({ id: 10 }));
    await Promise.resolve();
    expect(ids(operations)).toEqual([10, 9]);
  });

  it('are read page by page, back to the first', async () => {
    const { fake, operations } = await open(Array.from({ length: 120 }, (_, i) => operation({ id: 120 - i })));
    expect([operations.list.length, operations.isComplete]).toEqual([50, false]);
    await operations.more();
    await operations.more();
    expect([operations.list.length, operations.list.at(-1)?.id, operations.isComplete]).toEqual([120, 1, true]);
    const asked = fake.asked.length;
    await operations.more();
    expect(fake.asked).toHaveLength(asked);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SquintError } from '../../../../src-main/contract/errors.ts';
import { Toasts } from '../../../../src-renderer/lib/toasts.svelte.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const messages = (toasts: Toasts): string[] => toasts.list.map(({ message }) => message);

describe('toasts', () => {
  it('go by themselves after eight seconds', () => {
    const toasts = new Toasts();
    toasts.add({ message: 'Moved' });
    vi.advanceTimersByTime(7_900);
    expect(messages(toasts)).toEqual(['Moved']);
    vi.advanceTimersByTime(200);
    expect(messages(toasts)).toEqual([]);
  });

  it('stay while someone reads them, and go eight seconds after', () => {
    const toasts = new Toasts();
    toasts.add({ message: 'Moved' });
    toasts.hold();
    toasts.add({ message: 'Another' });
    vi.advanceTimersByTime(60_000);
    expect(messages(toasts)).toEqual(['Moved', 'Another']);
    toasts.release();
    vi.advanceTimersByTime(8_000);
    expect(messages(toasts)).toEqual([]);
  });

  it('of problems stay until they are dismissed', () => {
    const toasts = new Toasts();
    toasts.problem(new SquintError('disk-full', 'The disk is full.', { hint: 'Make room.' }));
    vi.advanceTimersByTime(60_000);
    expect(toasts.list).toMatchObject([{ message: 'The disk is full.', hint: 'Make room.', tone: 'problem' }]);
    toasts.dismiss(toasts.list[0]!.id);
    expect(toasts.list).toEqual([]);
  });

  it('are at most three, and the same message stands once', () => {
    const toasts = new Toasts();
    for (const message of ['a', 'b', 'c', 'd', 'b']) toasts.add({ message });
    expect(messages(toasts)).toEqual(['c', 'd', 'b']);
  });

  it('tell of a verb that failed', async () => {
    const toasts = new Toasts();
    toasts.attempt(Promise.reject(new SquintError('no', 'It did not work.')));
    await vi.waitFor(() => expect(messages(toasts)).toEqual(['It did not work.']));
  });

  it('lend a key to the newest that has it, once', () => {
    const toasts = new Toasts();
    const done: string[] = [];
    const action = (label: string) => ({ label: 'Undo', chord: 'Mod+Z', run: () => void done.push(label) });
    toasts.add({ message: 'Moved', action: action('moved') });
    toasts.add({ message: 'Confirmed', action: action('confirmed') });
    toasts.add({ message: 'Told' });
    expect([toasts.press('Mod+Z'), toasts.press('Mod+Z'), toasts.press('Mod+Z')]).toEqual([true, true, false]);
    expect(done).toEqual(['confirmed', 'moved']);
    expect(messages(toasts)).toEqual(['Told']);
  });
});

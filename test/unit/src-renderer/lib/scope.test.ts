import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Client } from '../../../../src-renderer/lib/client.ts';
import { Scope } from '../../../../src-renderer/lib/scope.svelte.ts';
import { createFake } from '../../../fake/bridge.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open() {
  const fake = createFake();
  let asked = 0;
  fake.answer({ 'library.counts': ({ root }) => ({ ...fake.state.counts, photos: (root ?? 0) * 100 + ++asked }) });
  return { scope: new Scope(new Client(fake)), times: () => asked };
}

describe('the counts of a folder', () => {
  it('are asked for once a second at most, however often the library’s change', async () => {
    const { scope, times } = open();
    for (let i = 0; i < 40; i++) {
      scope.read(2);
      await vi.advanceTimersByTimeAsync(250);
    }
    expect(times()).toBeGreaterThanOrEqual(10);
    expect(times()).toBeLessThanOrEqual(11);
  });

  it('are asked for once more after the last change, and then no more', async () => {
    const { scope, times } = open();
    scope.read(2);
    scope.read(2);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(times()).toBe(2);
    expect(scope.counts?.photos).toBe(202);
  });

  it('are those of the folder chosen last, and none where all photos are shown', async () => {
    const { scope } = open();
    scope.read(2);
    scope.read(3);
    await vi.advanceTimersByTimeAsync(10);
    expect(scope.counts?.photos).toBe(302);
    scope.read(undefined);
    expect(scope.counts).toBeNull();
  });
});

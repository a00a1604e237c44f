import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Answer, Reading } from '../../../src-main/engine/reading.ts';

const program = new URL('../../fixtures/children/reader.ts', import.meta.url);
const want = { pictures: [{ side: 1, short: 1 }], need: 0, from: 'scaled' } as const;
const codeOf = (answer: Answer): string => (answer.ok ? 'read' : answer.problem.code);

describe('reading', () => {
  let reading: Reading;
  afterEach(async () => {
    delete process.env.FAKE_READER_BROKEN;
    await reading.close();
  });
  const readAll = (...names: string[]) => Promise.all(names.map((name) => reading.read(name, want, false).then(codeOf)));

  it('answers every file once', async () => {
    reading = new Reading({ program });
    expect(await readAll('a', 'b', 'c', 'd', 'e')).toEqual(['read', 'read', 'read', 'read', 'read']);
  });

  it('gives up the file that kills the reader twice alone, and no other', async () => {
    reading = new Reading({ program, window: 3 });
    expect(await readAll('slow 1', 'crash', 'slow 2', 'slow 3', 'slow 4')).toEqual(['read', 'reader-crashed', 'read', 'read', 'read']);
  });

  it('reads a file that ended the reader once while alone: that may have been chance', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'squint-reading-'));
    reading = new Reading({ program });
    expect(await readAll(join(folder, 'unlucky.once'))).toEqual(['read']);
    expect(existsSync(join(folder, 'unlucky.once'))).toBe(true);
    rmSync(folder, { recursive: true });
  });

  it('sorts two killers out of one batch', async () => {
    reading = new Reading({ program, window: 4 });
    expect(await readAll('crash 1', 'slow', 'crash 2', 'a')).toEqual(['reader-crashed', 'read', 'reader-crashed', 'read']);
  });

  it('gives up a file that takes too long, and says how long', async () => {
    reading = new Reading({ program, deadlineMs: 1000 });
    const [answer, other] = await Promise.all([reading.read('hang', want, false), reading.read('a', want, false)]);
    expect(answer).toMatchObject({
      ok: false,
      problem: { code: 'too-slow', message: 'Reading it took longer than 1 s, twice.', path: 'hang' },
    });
    expect(other.ok).toBe(true);
  });

  it('reads on when the reader is killed from outside', async () => {
    reading = new Reading({ program });
    const reads = readAll(...Array.from({ length: 40 }, (_, i) => `slow ${i}`));
    for (let i = 0; i < 3; i++) {
      await after(100);
      if (reading.pid !== undefined) process.kill(reading.pid, 'SIGKILL');
    }
    expect(new Set(await reads)).toEqual(new Set(['read']));
  });

  it('reads closer looks before photos that have not begun', async () => {
    reading = new Reading({ program, window: 1 });
    await readAll('a'); // it has started
    const order: string[] = [];
    const read = (name: string, urgent: boolean) => reading.read(name, want, urgent).then(() => order.push(name));
    await Promise.all([read('slow', false), read('new 1', false), read('new 2', false), read('closer', true)]);
    expect(order).toEqual(['slow', 'closer', 'new 1', 'new 2']);
  });

  it('lets what people look at go first, and a run go on beside it', async () => {
    reading = new Reading({ program, window: 2 });
    await readAll('a'); // it has started
    const folder = mkdtempSync(join(tmpdir(), 'squint-reading-'));
    const order: string[] = [];
    const read = (name: string) => reading.read(name, want, false).then(() => order.push(name));
    const look = (name: string, urgent = false) =>
      reading.make(name, { kind: 'thumbnail', to: join(folder, name) }, urgent).then(() => order.push(name));
    await Promise.all([
      ...['slow run 1', 'slow run 2', 'slow run 3', 'slow run 4'].map(read),
      ...['slow look 1', 'slow look 2', 'slow look 3'].map((name) => look(name)),
      look('slow now', true),
    ]);
    rmSync(folder, { recursive: true });
    expect(order.slice(0, 2)).toEqual(['slow run 1', 'slow run 2']); // in flight already
    expect(order.filter((name) => !name.includes('run'))).toEqual(['slow now', 'slow look 1', 'slow look 2', 'slow look 3']);
    expect(order.slice(2, 6).filter((name) => name.includes('run'))).toHaveLength(2); // one place of the two
    expect(reading.viewingCpuMs).toBe(4);
  });

  it('keeps no process while nobody asks, and starts one when somebody does', async () => {
    reading = new Reading({ program, idleMs: 50 });
    await readAll('a');
    const first = reading.pid;
    await vi.waitFor(() => expect(reading.pid).toBeUndefined(), 40_000);
    await vi.waitFor(() => expect(reading.processCpuMs).toBe(1), 40_000); // it ended in peace
    expect(await readAll('b')).toEqual(['read']);
    expect(reading.pid).not.toBe(first);
  });

  it('gives up what a signal stops before its turn, and nothing else', async () => {
    reading = new Reading({ program, window: 1 });
    await readAll('a'); // it has started
    const stop = new AbortController();
    const began = reading.read('slow', want, false, stop.signal).then(codeOf);
    const waits = reading.read('b', want, false, stop.signal);
    const other = reading.read('c', want, false).then(codeOf);
    stop.abort();
    await expect(waits).rejects.toThrow('The run was stopped before this file was read.');
    await expect(reading.read('d', want, false, stop.signal)).rejects.toThrow('stopped');
    expect(await Promise.all([began, other])).toEqual(['read', 'read']);
  });

  it('answers what is in flight and gives up the rest when it is stopped', async () => {
    reading = new Reading({ program, window: 1 });
    await readAll('a'); // it has started
    const first = reading.read('slow', want, false).then(codeOf);
    const second = reading.read('b', want, false);
    reading.stopTaking();
    await expect(second).rejects.toThrow('The run was stopped before this file was read.');
    expect(await first).toBe('read');
    await expect(reading.read('c', want, false)).rejects.toThrow('stopped');
  });

  it('says so when no reader can be started', async () => {
    process.env.FAKE_READER_BROKEN = '1';
    reading = new Reading({ program });
    await expect(reading.read('a', want, false)).rejects.toThrow('The part of Squint that reads photos does not start on this computer.');
  });
});

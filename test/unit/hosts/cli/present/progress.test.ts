import { afterEach, describe, expect, it, vi } from 'vitest';
import { Pace } from '../../../../../src-main/hosts/cli/present/pace.ts';
import { progressLine, progressOn } from '../../../../../src-main/hosts/cli/present/progress.ts';
import { terminal } from './made.ts';

const state = { value: 250, total: 1000, rate: 50, stopping: false };

describe('progress', () => {
  it('tells share, count, rate and time left', () => {
    expect(progressLine(state, 'photos', terminal(80))).toBe(' 25 %  250 of 1,000 photos, 50 a second, 15 s left');
  });

  it('has a bar where a person watches, of the same width while numbers grow', () => {
    const watched = terminal(80, { watched: true });
    expect(progressLine(state, 'photos', watched)).toBe('█████··············· 25 %  250 of 1,000 photos, 50 a second, 15 s left');
    expect(progressLine({ ...state, value: 0, rate: null }, 'photos', watched)).toBe('····················  0 %  0 of 1,000 photos');
    expect(progressLine(state, 'photos', terminal(80, { watched: true, unicode: false }))).toMatch(/^#{5}\.{15} 25 %/);
  });

  it('leaves out what has no room, the time left last', () => {
    expect(progressLine(state, 'photos', terminal(40))).toBe(' 25 %  250 of 1,000 photos, 15 s left');
    expect(progressLine(state, 'photos', terminal(30))).toBe(' 25 %  250 of 1,000 photos');
  });

  it('says that it was heard when the person wants to stop', () => {
    const stopping = { ...state, stopping: true };
    expect(progressLine(stopping, 'photos', terminal(80))).toBe(' 25 %  250 of 1,000 photos, stopping (Ctrl-C again: at once)');
    expect(progressLine(stopping, 'photos', terminal(40))).toBe(' 25 %  250 of 1,000 photos, stopping');
  });

  it('is complete where there is nothing to do', () => {
    expect(progressLine({ ...state, value: 0, total: 0 }, 'photos', terminal(80))).toBe('100 %  0 of 0 photos, 50 a second');
  });
});

describe('progress on a stream', () => {
  const never = new AbortController().signal;
  const streamOf = (isTTY: boolean): { stream: NodeJS.WriteStream; written: () => string } => {
    let written = '';
    const stream = { isTTY, columns: 80, write: (text: string) => (written += text) };
    return { stream: stream as unknown as NodeJS.WriteStream, written: () => written };
  };
  afterEach(() => void vi.useRealTimers());

  it('moves on a terminal, and gives the cursor back when it ends', () => {
    const { stream, written } = streamOf(true);
    const listeners = process.listenerCount('exit');
    const progress = progressOn(stream, terminal(80, { watched: true }), 'photos', never);
    progress.update(0, 10);
    expect(written()).toContain('\u001b[?25l');
    expect(process.listenerCount('exit')).toBe(listeners + 1); // also where the program ends before it
    progress.update(5, 8);
    progress.end();
    progress.end();
    expect(written()).toContain('63 %  5 of 8 photos');
    expect(written().lastIndexOf('\u001b[?25h')).toBeGreaterThan(written().lastIndexOf('\u001b[?25l'));
    expect(process.listenerCount('exit')).toBe(listeners);
  });

  it.each([true, false])('writes a plain line every five seconds elsewhere (a terminal without codes: %s)', (isTTY) => {
    vi.useFakeTimers();
    const { stream, written } = streamOf(isTTY);
    const progress = progressOn(stream, terminal(80), 'photos', never);
    progress.update(0, 10);
    vi.advanceTimersByTime(4000);
    progress.update(2, 10);
    expect(written()).toBe('');
    vi.advanceTimersByTime(1000);
    expect(written()).toBe(' 20 %  2 of 10 photos, 0.0 a second\n');
    progress.end();
    vi.advanceTimersByTime(20_000);
    expect(written().split('\n')).toHaveLength(2);
  });
});

describe('pace', () => {
  it('is not known before the first thing is done, nor at once after it', () => {
    const pace = new Pace();
    pace.note(0, 0);
    expect(pace.rate(5000)).toBeNull();
    pace.note(1, 6000);
    expect(pace.rate(6100)).toBeNull();
  });

  it('does not count the wait for the first thing', () => {
    const pace = new Pace();
    pace.note(0, 0);
    pace.note(1, 10_000);
    pace.note(101, 11_000);
    expect(pace.rate(11_000)).toBe(100);
  });

  it('forgets what is long ago', () => {
    const pace = new Pace();
    for (let s = 1; s <= 100; s++) pace.note(s, s * 1000);
    for (let s = 1; s <= 20; s++) pace.note(100 + 10 * s, 100_000 + s * 1000);
    expect(pace.rate(120_000)).toBeCloseTo(10, 6);
  });

  it('shows that nothing moves any more', () => {
    const pace = new Pace();
    pace.note(1, 1000);
    pace.note(11, 2000);
    expect(pace.rate(11_000)).toBe(1);
  });
});

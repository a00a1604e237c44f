import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunState } from '../../../../src-main/contract/library.ts';
import { Client } from '../../../../src-renderer/lib/client.ts';
import { tellDock } from '../../../../src-renderer/lib/dock.ts';
import { createFake, runOf, waitingRow } from '../../../fake/bridge.ts';
import { operation } from '../../../fake/operations.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const rows = Array.from({ length: 100 }, (_, i) => waitingRow(i + 1));
const run = (done: number, state: RunState['state'] = 'running'): RunState => ({ ...runOf(rows, state), done });

function open(host = 'electron') {
  const fake = createFake();
  Object.assign(fake, { host });
  const tell = tellDock(new Client(fake));
  return {
    tell,
    shares: () => fake.asked.filter(({ name }) => name === 'host.progress').map(({ params }) => (params as { share: number }).share),
  };
}

describe('progress on the dock', () => {
  it('is told once a second at most', () => {
    const { tell, shares } = open();
    for (let done = 0; done < 40; done++) {
      tell(run(done), null);
      vi.advanceTimersByTime(250);
    }
    expect(shares()).toHaveLength(10);
    expect(shares().slice(0, 3)).toEqual([0, 0.04, 0.08]);
  });

  it('ends with the run, at once', () => {
    const { tell, shares } = open();
    tell(run(50), null);
    tell(run(100, 'done'), null);
    tell(null, null);
    expect(shares()).toEqual([0.5, null]);
  });

  it('is that of files that are moved while they are, for a run waits meanwhile', () => {
    const { tell, shares } = open();
    tell(run(50, 'paused'), null);
    vi.advanceTimersByTime(1000);
    const moving = operation({ state: 'running', files: 10, done: 1, left: 1 });
    tell(run(50, 'paused'), { operation: moving, bytes: 0, bytesDone: 0, secondsLeft: null, now: null });
    vi.advanceTimersByTime(1000);
    tell(run(50, 'paused'), null);
    expect(shares()).toEqual([0.5, 0.2, 0.5]);
  });

  it('is none where nothing runs, and on the web', () => {
    const nothing = open();
    nothing.tell(null, null);
    expect(nothing.shares()).toEqual([]);
    const web = open('web');
    web.tell(run(50), null);
    expect(web.shares()).toEqual([]);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunState } from '../../../../src-main/contract/library.ts';
import { Client } from '../../../../src-renderer/lib/client.ts';
import { tellDock } from '../../../../src-renderer/lib/dock.ts';
import { createFake, runOf, waitingRow } from '../../../fake/bridge.ts';

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
      tell(run(done));
      vi.advanceTimersByTime(250);
    }
    expect(shares()).toHaveLength(10);
    expect(shares().slice(0, 3)).toEqual([0, 0.04, 0.08]);
  });

  it('ends with the run, at once', () => {
    const { tell, shares } = open();
    tell(run(50));
    tell(run(100, 'done'));
    tell(null);
    expect(shares()).toEqual([0.5, null]);
  });

  it('is none where nothing runs, and on the web', () => {
    const nothing = open();
    nothing.tell(null);
    expect(nothing.shares()).toEqual([]);
    const web = open('web');
    web.tell(run(50));
    expect(web.shares()).toEqual([]);
  });
});

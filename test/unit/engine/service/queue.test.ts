import { describe, expect, it } from 'vitest';
import type { PhotoToRun } from '../../../../src-main/catalog/index.ts';
import { Queue } from '../../../../src-main/engine/service/queue.ts';

const photo = (id: number): PhotoToRun => ({ id, path: `/${id}.jpg`, contentKnown: false });
const key = { digest: 'd', preprocessing: '1' };

/** Of a catalogue in which photos above 100 are not to be run any more. */
function queue(): Queue {
  const still = (ids: readonly number[]) => ids.filter((id) => id <= 100).map(photo);
  return new Queue({ photosNamed: (ids) => ids.map(photo), photosStillToRun: still }, key);
}
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);
const all = async (from: Queue): Promise<number[]> => (await Array.fromAsync(from)).map(({ id }) => id);

describe('the queue of a run', () => {
  it('gives each photo once, however often it was added, and ends', async () => {
    const q = queue();
    q.add([1, 2, 3]);
    q.add([3, 4]);
    expect(q.photos).toBe(4);
    expect(await all(q)).toEqual([1, 2, 3, 4]);
    expect(q.ended).toBe(true);
  });

  it('leaves out what is not to be run any more, and does not count it', async () => {
    const q = queue();
    q.add([1, 101, 2, 102]);
    expect(await all(q)).toEqual([1, 2]);
    expect(q.photos).toBe(2);
  });

  it('begins with closer looks, then with what is on screen', async () => {
    const q = queue();
    q.add(range(1, 60));
    q.show([50, 51, 99]);
    q.addCloser([7]);
    const items = await Array.fromAsync(q);
    expect(items.slice(0, 4).map(({ id, closer }) => [id, closer])).toEqual([
      [7, true],
      [50, false],
      [51, false],
      [1, false],
    ]);
    expect(items).toHaveLength(61);
  });

  it('waits while somebody looks for more', async () => {
    const q = queue();
    const through = q.expectMore();
    q.add([1]);
    const ids = all(q);
    expect(q.grows).toBe(true);
    await new Promise(setImmediate);
    q.add([2]);
    await new Promise(setImmediate);
    through();
    through();
    expect(await ids).toEqual([1, 2]);
  });

  it('gives nothing while it is paused, and nothing more once it has ended', async () => {
    const q = queue();
    q.add(range(1, 60));
    const taken: number[] = [];
    const taking = (async () => {
      for await (const { id } of q) {
        taken.push(id);
        if (id === 5) q.pause();
        if (id === 20) q.end();
      }
    })();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(taken).toHaveLength(5);
    q.resume();
    await taking;
    expect(taken).toHaveLength(20);
  });
});

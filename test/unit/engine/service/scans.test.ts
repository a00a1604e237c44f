import { describe, expect, it } from 'vitest';
import { Scans, type Wish } from '../../../../src-main/engine/service/scans.ts';

const whole: Wish = { whole: true, within: [], named: [] };
const within = (...folders: string[]): Wish => ({ whole: false, within: folders, named: [] });
const named = (...files: string[]): Wish => ({ whole: true, within: [], named: files });

/** Scans that end when the test says so, or when they are ended. */
function scans() {
  const begun: { root: number; wish: Wish; signal: AbortSignal; end: () => void }[] = [];
  const all = new Scans(
    (root, wish, signal) => {
      const { promise, resolve } = Promise.withResolvers<undefined>();
      const end = (): void => resolve(undefined);
      signal.addEventListener('abort', end);
      begun.push({ root, wish, signal, end });
      return promise;
    },
    () => {},
  );
  return { all, begun };
}
const soon = (): Promise<null> => new Promise((resolve) => setImmediate(resolve, null));

describe('scans', () => {
  it('of one root come after each other, and what is asked for meanwhile is one scan', async () => {
    const { all, begun } = scans();
    all.ask(1, within('/a'));
    all.ask(1, within('/b'));
    all.ask(1, within('/c', '/b'));
    await soon();
    expect(begun.map(({ wish }) => wish.within)).toEqual([['/a']]);
    begun[0]!.end();
    await soon();
    expect(begun.map(({ wish }) => wish.within)).toEqual([['/a'], ['/b', '/c']]);
    begun[1]!.end();
    await soon();
    expect(begun).toHaveLength(2);
    expect(all.isScanning(1)).toBe(false);
  });

  it('of two roots go side by side', () => {
    const { all, begun } = scans();
    all.ask(1, whole);
    all.ask(2, whole);
    expect(begun.map(({ root }) => root)).toEqual([1, 2]);
  });

  it('of a whole root begin anew when asked for again, and no file that was named is forgotten', async () => {
    const { all, begun } = scans();
    all.ask(1, named('/a.jpg'));
    all.ask(1, named('/b.jpg'), true);
    await soon();
    expect(begun[0]!.signal.aborted).toBe(true);
    expect(begun[1]!.wish).toEqual({ whole: true, within: [], named: ['/a.jpg', '/b.jpg'] });
  });
});

describe('while somebody holds them', () => {
  it('no scan goes, and what was asked for or cut short is done when they let go', async () => {
    const { all, begun } = scans();
    all.ask(1, whole);
    const release = await all.hold();
    expect(begun[0]!.signal.aborted).toBe(true);
    expect(all.isScanning(1)).toBe(false);
    all.ask(2, within('/b'));
    await soon();
    expect(begun).toHaveLength(1);
    release();
    expect(begun.slice(1).map(({ root, wish }) => [root, wish])).toEqual([
      [1, whole],
      [2, within('/b')],
    ]);
  });

  it('the first to let go lets nothing begin while another holds, and letting go twice counts once', async () => {
    const { all, begun } = scans();
    const [first, second] = [await all.hold(), await all.hold()];
    all.ask(1, whole);
    first();
    first();
    expect(begun).toEqual([]);
    second();
    expect(begun).toHaveLength(1);
  });

  it('a root that is taken from the list is not scanned afterwards', async () => {
    const { all, begun } = scans();
    all.ask(1, whole);
    const release = await all.hold();
    await all.stop(1);
    release();
    expect(begun).toHaveLength(1);
  });

  it('nothing begins after the end of all', async () => {
    const { all, begun } = scans();
    const release = await all.hold();
    all.ask(1, whole);
    await all.close();
    release();
    all.ask(1, whole);
    expect(begun).toEqual([]);
  });
});

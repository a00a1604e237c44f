import { describe, expect, it } from 'vitest';
import { Gate } from '../../../../src-main/engine/service/gate.ts';

/** Work that ends when the test says so. */
function work(gate: Gate) {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const refused: string[] = [];
  const ask = (name: string, isUrgent = false): void => {
    gate
      .through(() => {
        begun.push(name);
        return new Promise<void>((resolve) => ends.set(name, resolve));
      }, isUrgent)
      .catch((error: unknown) => refused.push(`${name}: ${(error as Error).message}`));
  };
  return { begun, refused, ask, end: (name: string) => ends.get(name)!() };
}
const soon = (): Promise<null> => new Promise((resolve) => setImmediate(resolve, null));

describe('a gate', () => {
  it('lets in as many as may be, and what is urgent first', async () => {
    const gate = new Gate(() => 2, new AbortController().signal);
    const { begun, ask, end } = work(gate);
    for (const name of ['a', 'b', 'c', 'd']) ask(name);
    ask('urgent', true);
    await soon();
    expect(begun).toEqual(['a', 'b']);
    end('a');
    await soon();
    expect(begun).toEqual(['a', 'b', 'urgent']);
  });

  it('lets nothing in while it is shut, and tells when it is empty', async () => {
    const gate = new Gate(() => 2, new AbortController().signal);
    const { begun, ask, end } = work(gate);
    ask('a');
    ask('b');
    ask('c');
    await soon();
    gate.shut();
    let isEmpty = false;
    void gate.empty().then(() => (isEmpty = true));
    end('a');
    await soon();
    expect(isEmpty).toBe(false);
    end('b');
    await soon();
    expect(isEmpty).toBe(true);
    expect(begun).toEqual(['a', 'b']);
    gate.open();
    await soon();
    expect(begun).toEqual(['a', 'b', 'c']);
  });

  it('refuses what waits when the run is stopped, also while it is shut', async () => {
    const stop = new AbortController();
    const gate = new Gate(() => 1, stop.signal);
    const { begun, refused, ask } = work(gate);
    ask('a');
    ask('b');
    await soon();
    gate.shut();
    stop.abort();
    ask('c');
    await soon();
    expect(begun).toEqual(['a']);
    expect(refused).toEqual(['b: The run was stopped.', 'c: The run was stopped.']);
  });
});

// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SquintError } from '../../../../src-main/contract/errors.ts';
import type { SortPlan } from '../../../../src-main/contract/operations.ts';
import { Client } from '../../../../src-renderer/lib/client.ts';
import { Sort, mostSelected } from '../../../../src-renderer/lib/sort.svelte.ts';
import { createFake } from '../../../fake/bridge.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

async function open() {
  const fake = createFake();
  const sort = new Sort(new Client(fake));
  await sort.open({ kind: 'filter', filter: {} });
  const plans = (): unknown[] => fake.asked.filter(({ name }) => name === 'sort.plan').map(({ params }) => params);
  return { fake, sort, plans };
}

/** As the dialog does: asks for a plan of the choices as they are. */
const ask = (sort: Sort): (() => void) => sort.ask(sort.request);

describe('a sort that is being chosen', () => {
  it('begins with the folder used last, moves into collections, and knows how many photos it is of', async () => {
    const { sort, plans } = await open();
    expect(sort.photos).toBe(60);
    ask(sort);
    await vi.advanceTimersByTimeAsync(200);
    expect(plans()).toEqual([
      {
        of: { kind: 'filter', filter: {} },
        how: 'move',
        target: 1,
        pattern: '{collection}',
        collisions: 'number',
        review: false,
        rejects: true,
      },
    ]);
    expect(sort.current?.target.name).toBe('Photos › Sorted');
  });

  it('is planned once, after the last of several choices', async () => {
    const { sort, plans } = await open();
    let end = ask(sort);
    for (const pattern of ['{', '{y', '{year}']) {
      sort.pattern = pattern;
      end();
      end = ask(sort);
      await vi.advanceTimersByTimeAsync(50);
    }
    await vi.advanceTimersByTimeAsync(200);
    expect(plans()).toMatchObject([{ pattern: '{year}' }]);
  });

  it('never shows the answer to an older choice', async () => {
    const { fake, sort } = await open();
    const answers: ((plan: SortPlan) => void)[] = [];
    const plan = await new Client(fake).request('sort.plan', sort.request!);
    fake.answer({ 'sort.plan': () => new Promise((resolve) => answers.push(resolve)) });
    const end = ask(sort);
    await vi.advanceTimersByTimeAsync(200);
    sort.how = 'copy';
    end();
    ask(sort);
    await vi.advanceTimersByTimeAsync(200);
    answers[1]!({ ...plan, files: 7 });
    answers[0]!({ ...plan, files: 99 });
    await vi.advanceTimersByTimeAsync(0);
    expect(sort.current?.files).toBe(7);
  });

  it('is stale from a choice on until its plan is here', async () => {
    const { sort } = await open();
    ask(sort);
    await vi.advanceTimersByTimeAsync(200);
    expect(sort.isStale).toBe(false);
    sort.review = true;
    expect([sort.isStale, sort.current, sort.plan === null]).toEqual([true, null, false]);
  });

  it('is marked as busy only where the plan takes longer than 300 ms', async () => {
    const { fake, sort } = await open();
    ask(sort);
    await vi.advanceTimersByTimeAsync(2000);
    expect(sort.isBusy).toBe(false);
    fake.answer({ 'sort.plan': () => new Promise(() => undefined) });
    sort.review = true;
    const end = ask(sort);
    await vi.advanceTimersByTimeAsync(440);
    expect(sort.isBusy).toBe(false);
    await vi.advanceTimersByTimeAsync(20);
    expect(sort.isBusy).toBe(true);
    end();
    expect(sort.isBusy).toBe(false);
  });

  it('has no plan where the engine refuses the choices, and says why', async () => {
    const { sort } = await open();
    sort.pattern = '{collection}/{day}';
    ask(sort);
    await vi.advanceTimersByTimeAsync(200);
    expect([sort.problem?.code, sort.current, sort.isStale]).toEqual(['bad-pattern', null, false]);
    sort.pattern = '{collection}';
    expect(sort.problem).toBeNull();
  });

  it('keeps its choices for the next time, and none of the plan', async () => {
    const { sort } = await open();
    sort.how = 'copy';
    sort.pattern = '{year}';
    sort.target = 2;
    ask(sort);
    await vi.advanceTimersByTimeAsync(200);
    await sort.open({ kind: 'photos', ids: [3, 4] });
    expect([sort.how, sort.pattern, sort.target, sort.plan, sort.photos]).toEqual(['copy', '{year}', 2, null, 2]);
  });

  it('takes a folder that was chosen just now, and another one where the last is gone', async () => {
    const { fake, sort } = await open();
    sort.take({ id: 7, path: '/new', name: 'new' });
    expect([sort.target, sort.targets[0]?.name]).toEqual([7, 'new']);
    await sort.open({ kind: 'filter', filter: {} });
    expect(sort.target).toBe(1);
    fake.answer({ 'targets.list': () => [] });
    await sort.open({ kind: 'filter', filter: {} });
    expect([sort.target, sort.request]).toEqual([null, null]);
  });

  it('asks nothing without a name for the folders, nor for more photos than one request takes', async () => {
    const { sort } = await open();
    sort.pattern = '  ';
    expect(sort.request).toBeNull();
    sort.pattern = '{year}';
    await sort.open({ kind: 'photos', ids: Array.from({ length: mostSelected + 1 }, (_, i) => i + 1) });
    expect(sort.request).toBeNull();
  });

  it('is planned anew where the plan held no more', async () => {
    const { fake, sort } = await open();
    ask(sort);
    await vi.advanceTimersByTimeAsync(200);
    fake.answer({
      'sort.plan': () => {
        throw new SquintError('offline', 'The folder is not connected.');
      },
    });
    sort.again();
    expect(sort.isStale).toBe(true);
    ask(sort);
    await vi.advanceTimersByTimeAsync(200);
    expect(sort.problem?.message).toBe('The folder is not connected.');
  });
});

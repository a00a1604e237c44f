import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Budget } from '../../../src-main/reader/memory.ts';

describe('the memory budget', () => {
  it('lets a picture wait until another has given back what it held, in order', async () => {
    const budget = new Budget(100);
    const order: string[] = [];
    const work = (name: string, bytes: number): Promise<void> =>
      budget.hold(bytes, async () => {
        order.push(`${name} begins`);
        await pause(5);
        order.push(`${name} ends`);
      });
    await Promise.all([work('large', 80), work('larger', 90), work('small', 10)]);
    expect(order).toEqual(['large begins', 'large ends', 'larger begins', 'small begins', 'larger ends', 'small ends']);
  });

  it('is free again after a decode that failed', async () => {
    const budget = new Budget(100);
    await expect(budget.hold(100, () => Promise.reject(new Error('damaged')))).rejects.toThrow('damaged');
    expect(await budget.hold(100, () => Promise.resolve('read'))).toBe('read');
  });
});

import { describe, expect, it } from 'vitest';
import { fillSlots } from '../../../../src-renderer/lib/slots.ts';

const keyOf = (slots: ReturnType<typeof fillSlots>, id: number) => slots.find((slot) => slot.id === id)?.key;

describe('elements of the grid', () => {
  it('are taken over by photos that scroll into view, and none is made', () => {
    const before = fillSlots([], [1, 2, 3, 4], 0);
    const after = fillSlots(before, [3, 4, 5, 6], 2);
    expect(after.map(({ key }) => key)).toEqual([0, 1, 2, 3]);
    expect([keyOf(after, 3), keyOf(after, 4)]).toEqual([2, 3]);
    expect(after.find(({ id }) => id === 3)).toBe(before[2]); // the same object: its element is not touched
  });

  it('keep their photo when others are added before it', () => {
    const before = fillSlots([], [1, 2, 3], 0);
    const after = fillSlots(before, [9, 1, 2], 0);
    expect([keyOf(after, 1), keyOf(after, 2)]).toEqual([0, 1]);
    expect(keyOf(after, 9)).toBe(2);
    expect(after.map(({ id, position }) => [id, position]).sort()).toEqual([
      [1, 1],
      [2, 2],
      [9, 0],
    ]);
  });

  it('are as many as there are photos in view', () => {
    const before = fillSlots([], [1, 2, 3, 4], 0);
    expect(fillSlots(before, [2, 3], 1).map(({ key }) => key)).toEqual([1, 2]);
    const grown = fillSlots(before, [1, 2, 3, 4, 5, 6], 0);
    expect(new Set(grown.map(({ key }) => key)).size).toBe(6);
  });
});

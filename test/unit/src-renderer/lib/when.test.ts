import { describe, expect, it } from 'vitest';
import { whenWas } from '../../../../src-renderer/lib/when.ts';

const now = new Date(2026, 11, 1, 0, 30);
const at = (...parts: [number, number, number, number, number]): string => whenWas(new Date(...parts).toISOString(), now);

describe('when something was', () => {
  it('is told by the day of the calendar, not by hours', () => {
    expect(at(2026, 11, 1, 0, 5)).toBe('Today, 00:05');
    expect(at(2026, 10, 30, 23, 55)).toBe('Yesterday, 23:55');
    expect(at(2026, 10, 29, 23, 55)).toBe('29 November, 23:55');
    expect(at(2025, 10, 30, 21, 40)).toBe('30 November 2025, 21:40');
  });
});

// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Glide } from '../../../../src-renderer/lib/glide.ts';
import { notchesOf } from '../../../../src-renderer/lib/wheel.ts';

const turn = (deltaY: number, wheelDeltaY: number, deltaMode = 0): WheelEvent =>
  Object.assign(new WheelEvent('wheel', { deltaY, deltaMode }), { wheelDeltaY });

describe('the wheel', () => {
  it('of a mouse turns by notches, whatever the zoom makes of their pixels', () => {
    expect(notchesOf(turn(100, -120))).toBe(1);
    expect(notchesOf(turn(-66.7, 120))).toBe(-1);
    expect(notchesOf(turn(300, -360))).toBe(3);
    expect(notchesOf(turn(3, 0, 1))).toBe(1); // where a browser gives lines
  });

  it('of a touchpad is meant by its pixels', () => {
    expect(notchesOf(turn(40, -120))).toBeNull();
    expect(notchesOf(turn(2.5, -7))).toBeNull();
    expect(notchesOf(turn(4, 0))).toBeNull();
  });
});

describe('a glide', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const open = () => {
    const at = { place: 0 };
    const steps: number[] = [];
    const glide = new Glide(
      () => at.place,
      (to) => {
        at.place = to;
        steps.push(to);
      },
    );
    return { at, steps, glide };
  };

  it('arrives exactly, in steps that grow smaller', async () => {
    const { at, steps, glide } = open();
    glide.by(150, 1000);
    await vi.advanceTimersByTimeAsync(1000);
    expect(at.place).toBe(150);
    expect(steps.length).toBeGreaterThan(3);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  });

  it('adds a second notch to where it is going, within the ends', async () => {
    const { at, glide } = open();
    glide.by(150, 400);
    await vi.advanceTimersByTimeAsync(40);
    glide.by(150, 400);
    glide.by(150, 400);
    await vi.advanceTimersByTimeAsync(1000);
    expect(at.place).toBe(400);
  });

  it('gives way to what else moves the place', async () => {
    const { at, glide } = open();
    glide.by(150, 1000);
    await vi.advanceTimersByTimeAsync(20);
    at.place = 700;
    await vi.advanceTimersByTimeAsync(1000);
    expect(at.place).toBe(700);
  });
});

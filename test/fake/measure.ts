/** Counts frames of a page while something happens to it: how many came more than 33 ms after the one before, and which tasks took over 50 ms. */
import type { Measured } from './measured.ts';

const lateMs = 33;

/** @returns ends it */
export function measure(): () => Measured {
  const longTasks: number[] = [];
  const observer = new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ duration }) => duration)));
  observer.observe({ type: 'longtask' });
  let [frames, late, longest, before] = [0, 0, 0, performance.now()];
  let next = requestAnimationFrame(function frame(now) {
    if (frames > 0) {
      longest = Math.max(longest, now - before);
      if (now - before > lateMs) late += 1;
    }
    frames += 1;
    before = now;
    next = requestAnimationFrame(frame);
  });
  return () => {
    cancelAnimationFrame(next);
    observer.disconnect();
    return { frames, late, longest, longTasks };
  };
}

Object.assign(window, { measure });

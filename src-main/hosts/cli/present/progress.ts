/** Progress on stderr: a bar for a person who watches, a plain line now and then for a log, nothing where neither is wanted. */
import cliProgress from 'cli-progress';
import type { Terminal } from '../terminal.ts';
import { bar, barWidth } from './table.ts';
import { count, duration, percent } from './numbers.ts';

export interface Progress {
  /** The first call shows it. */
  update(done: number, total: number): void;
  end(): void;
}

const lineEveryMs = 5000;

/**
 * @param what the things that are counted, as "photos"
 * @param signal the person wants to stop: the line says that they were heard
 */
export function progressOn(stream: NodeJS.WriteStream, terminal: Terminal, what: string, signal: AbortSignal): Progress {
  let began = 0;
  const made = new cliProgress.SingleBar({
    stream,
    format: (_options, { value, total }) =>
      progressLine({ value, total, seconds: (performance.now() - began) / 1000, stopping: signal.aborted }, what, terminal),
    hideCursor: true,
    fps: 8,
    clearOnComplete: true,
    stopOnComplete: false,
    noTTYOutput: true,
    notTTYSchedule: lineEveryMs,
  });
  return {
    update: (done, total) => {
      if (!made.isActive) {
        began = performance.now();
        made.start(total, done);
      } else made.update(done);
    },
    end: () => {
      if (made.isActive) made.stop();
    },
  };
}

/** @param seconds since it began */
export function progressLine(
  { value, total, seconds, stopping }: { value: number; total: number; seconds: number; stopping: boolean },
  what: string,
  terminal: Terminal,
): string {
  const rate = seconds > 0 ? value / seconds : 0;
  const left = value > 0 && value < total ? `, ${duration((total - value) / rate)} left` : '';
  const rest = stopping ? ', stopping … (Ctrl-C again: at once)' : left;
  const text = `${percent(total === 0 ? 1 : value / total).padStart(5)}  ${count(value)} of ${count(total)} ${what}${rate > 0 ? `, ${count(rate)} a second` : ''}${rest}`;
  const width = terminal.watched ? barWidth(terminal, text.length + 4) : 0;
  if (width === 0) return text.slice(0, terminal.width - 1);
  const filled = bar(total === 0 ? 1 : value / total, width, terminal);
  return `${terminal.colours.cyan(filled)}${terminal.colours.dim((terminal.unicode ? '·' : '.').repeat(Math.max(0, width - filled.length)))} ${text}`;
}

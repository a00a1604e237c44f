/** Progress on stderr: a bar for a person who watches, a plain line now and then for a log. */
import cliProgress from 'cli-progress';
import type { Terminal } from '../terminal.ts';
import { count, duration, percent } from './numbers.ts';
import { Pace } from './pace.ts';
import { bar, barWidth } from './table.ts';

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
  const pace = new Pace();
  const line = (value: number, total: number): string =>
    progressLine({ value, total, rate: pace.rate(performance.now()), stopping: signal.aborted }, what, terminal);
  const shown = terminal.watched ? movingBar(stream, line) : linesNowAndThen(stream, line);
  return {
    update: (done, total) => {
      pace.note(done, performance.now());
      shown.update(done, total);
    },
    end: () => shown.end(),
  };
}

type Line = (value: number, total: number) => string;

function movingBar(stream: NodeJS.WriteStream, line: Line): Progress {
  const shown = new cliProgress.SingleBar({
    stream,
    format: (_options, { value, total }) => line(value, total),
    hideCursor: true,
    fps: 8,
    clearOnComplete: true,
  });
  const end = (): void => {
    process.removeListener('exit', end);
    if (shown.isActive) shown.stop();
  };
  return {
    update: (done, total) => {
      if (shown.isActive) {
        shown.setTotal(total);
        shown.update(done);
        return;
      }
      process.once('exit', end); // gives the cursor back, however the program ends
      shown.start(total, done);
    },
    end,
  };
}

function linesNowAndThen(stream: NodeJS.WriteStream, line: Line): Progress {
  let latest: [done: number, total: number] = [0, 0];
  let timer: NodeJS.Timeout | undefined;
  return {
    update: (...now) => {
      latest = now;
      timer ??= setInterval(() => stream.write(`${line(...latest)}\n`), lineEveryMs).unref();
    },
    end: () => clearInterval(timer),
  };
}

/** @param rate things a second, null where it is not known yet */
export function progressLine(
  { value, total, rate, stopping }: { value: number; total: number; rate: number | null; stopping: boolean },
  what: string,
  terminal: Terminal,
): string {
  const share = total === 0 ? 1 : value / total;
  const width = terminal.watched ? barWidth(terminal, widestText) : 0;
  const filled = bar(share, width, terminal);
  const empty = (terminal.unicode ? '·' : '.').repeat(Math.max(0, width - filled.length));

  const counts = `${percent(share).padStart(5)}  ${count(value)} of ${count(total)} ${what}`;
  const pace = rate === null ? '' : `, ${rate >= 10 ? count(rate) : rate.toFixed(1)} a second`;
  const left = rate !== null && rate > 0 && value < total ? `, ${duration((total - value) / rate)} left` : '';
  const rest = stopping ? [', stopping (Ctrl-C again: at once)', ', stopping'] : [pace + left, left, ''];
  const room = terminal.width - 1 - width;
  const text = rest.map((more) => counts + more).find(({ length }) => length <= room) ?? counts.slice(0, room);
  return terminal.colours.cyan(filled) + terminal.colours.dim(empty) + text;
}

/** Columns of a usual line: the bar keeps its width while the numbers grow. */
const widestText = 60;

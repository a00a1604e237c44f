/** Tables without lines, and bars in them. */
import Table from 'cli-table3';
import type { Terminal } from '../terminal.ts';

type Align = 'left' | 'right';

/** Lines of a table; the head is dimmed. Columns are as wide as their content. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  align: readonly Align[],
  terminal: Terminal,
): string[] {
  const blank = Object.fromEntries(
    [
      'top',
      'top-mid',
      'top-left',
      'top-right',
      'bottom',
      'bottom-mid',
      'bottom-left',
      'bottom-right',
      'left',
      'left-mid',
      'mid',
      'mid-mid',
      'right',
      'right-mid',
    ].map((part) => [part, '']),
  );
  const made = new Table({
    head: head.map((cell) => terminal.colours.dim(cell)),
    colAligns: [...align],
    chars: { ...blank, middle: '  ' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  made.push(...rows.map((row) => [...row]));
  return made
    .toString()
    .split('\n')
    .map((line) => `  ${line.trimEnd()}`);
}

/** A bar of at most `width` columns for a share of the largest; none where there is nothing, and the least that can be drawn else. */
export function bar(share: number, width: number, { unicode }: Terminal): string {
  if (share <= 0 || width < 1) return '';
  if (!unicode) return '#'.repeat(Math.max(1, Math.round(share * width)));
  const eighths = Math.max(1, Math.round(share * width * 8));
  return '█'.repeat(eighths >> 3) + ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'][eighths & 7]!;
}

/** Columns for bars, beside so many of other content; none in a narrow terminal. */
export function barWidth({ width }: Terminal, beside: number): number {
  const room = Math.min(40, width - beside);
  return room < 8 ? 0 : room;
}

/** Breaks text at spaces into lines of at most `width`; the first begins with `head`, the others are indented as far. */
export function wrap(text: string, width: number, head = ''): string[] {
  const lines: string[] = [];
  let line = head;
  for (const word of text.split(' ')) {
    const begun = line.length > head.length;
    if (begun && line.length + 1 + word.length > width) {
      lines.push(line);
      line = ' '.repeat(head.length) + word;
    } else line += begun ? ` ${word}` : word;
  }
  return [...lines, line];
}

/** Tables without lines, and bars in them. */
import { stripVTControlCharacters } from 'node:util';
import Table from 'cli-table3';
import type { Terminal } from '../terminal.ts';
import { plain } from './text.ts';

type Align = 'left' | 'right';

/** Lines of a table; the head is dimmed. Columns are as wide as their content; where that is too wide, each row becomes lines of its own. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  align: readonly Align[],
  terminal: Terminal,
): string[] {
  const cells = rows.map((row) => row.map(plain));
  const lines = sideBySide(head, cells, align, terminal);
  const fits = lines.every((line) => stripVTControlCharacters(line).length <= terminal.width);
  return fits ? lines : cells.flatMap((row) => oneBelowTheOther(head, row, align[0] === 'right', terminal));
}

function sideBySide(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  align: readonly Align[],
  { colours }: Terminal,
): string[] {
  const noLines = Object.fromEntries(
    'top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right left left-mid mid mid-mid right right-mid'
      .split(' ')
      .map((part) => [part, '']),
  );
  const made = new Table({
    head: head.map((cell) => (cell === '' ? '' : colours.dim(cell))),
    colAligns: [...align],
    chars: { ...noLines, middle: '  ' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  made.push(...rows.map((row) => [...row]));
  return made
    .toString()
    .split('\n')
    .map((line) => `  ${line.trimEnd()}`);
}

/** @param isNumber whether the first cell is a number, which says nothing without its name */
function oneBelowTheOther(
  [first = '', ...head]: readonly string[],
  [title = '', ...cells]: readonly string[],
  isNumber: boolean,
  { colours, width }: Terminal,
): string[] {
  const filled = cells.map((cell, i) => ({ name: head[i]!, cell })).filter(({ cell }) => cell !== '');
  const [longestName, longestCell] = [Math.max(...head.map(({ length }) => length)), Math.max(...cells.map(({ length }) => length))];
  const beside = 4 + longestName + 2 + longestCell <= width ? longestName : 0; // aligned where there is room
  return [
    `  ${isNumber ? `${first} ` : ''}${title}`,
    ...filled.map(({ name, cell }) => `    ${colours.dim(name.padEnd(beside))}  ${cell}`),
  ];
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

/** Lines that may end in a bar, the bars coloured. */
export const withBars = (lines: readonly string[], { colours }: Terminal): string[] =>
  lines.map((line) => line.replace(/[█▏▎▍▌▋▊▉#]+$/, (drawn) => colours.cyan(drawn)));

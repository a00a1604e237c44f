/** Text for terminals: what came from outside is made harmless, long text is broken, long names are cut. */
import { isAbsolute, relative, sep } from 'node:path';
import type { Terminal } from '../terminal.ts';

/**
 * File names, labels and titles may hold anything, also codes that move the cursor or turn the writing direction. They are shown as one
 * sign each.
 */
export const plain = (text: string): string => text.replaceAll(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '\ufffd');

/** Breaks text at spaces into lines of at most `width`; the first begins with `head`, the others are indented as far. */
export function wrap(text: string, width: number, head = ''): string[] {
  const lines: string[] = [];
  let line = head;
  for (const word of plain(text).split(' ')) {
    const begun = line.length > head.length;
    if (begun && line.length + 1 + word.length > width) {
      lines.push(line);
      line = ' '.repeat(head.length) + word;
    } else line += begun ? ` ${word}` : word;
  }
  return [...lines, line];
}

/** Cut in the middle, so that the ending shows. */
export function shortened(name: string, width: number, { unicode }: Terminal): string {
  const dots = unicode ? '…' : '...';
  if (name.length <= width) return name;
  const tail = Math.floor((width - dots.length) / 3);
  return `${name.slice(0, width - dots.length - tail)}${dots}${name.slice(name.length - tail)}`;
}

/** A path as short as it can be typed from that folder. */
export function pathFrom(from: string, path: string): string {
  const way = relative(from, path);
  return way === '' || way.startsWith(`..${sep}`) || isAbsolute(way) ? path : way;
}

/** The paths without the folders that all of them have in common. */
export function withoutCommonFolder(paths: readonly string[]): string[] {
  const parts = paths.map((path) => path.split(/(?<=[\\/])/));
  let common = 0;
  while (parts.every((steps) => common < steps.length - 1 && steps[common] === parts[0]![common])) common += 1;
  return parts.map((steps) => steps.slice(common).join(''));
}

/** Files that stay where they are, or were not done, by reason. */
import type { Left } from '../../../contract/operations.ts';
import type { Terminal } from '../terminal.ts';
import { count } from './numbers.ts';
import { plain, wrap } from './text.ts';

export function leftLines(left: readonly Left[], terminal: Terminal): string[] {
  const { width, colours, unicode } = terminal;
  return left.flatMap(({ message, files, examples }) => {
    const more = files - examples.length;
    const shown = [
      ...examples.map(plain),
      ...(more > 0 && examples.length > 0 ? [`${unicode ? '…' : '...'} and ${count(more)} more`] : []),
    ];
    return [...wrap(sentence(message), width, `${count(files).padStart(7)}  `), ...shown.map((line) => colours.dim(' '.repeat(9) + line))];
  });
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

/** A few photos, a line each; and the whole course of a single one. */
import type { Start, Verdict } from '../../../contract/events.ts';
import type { Terminal } from '../terminal.ts';
import { joules, percent } from './numbers.ts';
import { table } from './table.ts';
import { shortened, withoutCommonFolder } from './text.ts';

export function verdictLines(verdicts: readonly Verdict[], start: Start, terminal: Terminal): string[] {
  const { width } = terminal;
  const isNarrow = width < 72;
  const columns = isNarrow ? 4 : 6; // the rest is in --json
  const paths = withoutCommonFolder(verdicts.map(({ path }) => path));
  const beside = verdicts.map((verdict) => {
    const { confidence, exit, exits, reads, energy } = verdict;
    const pile = shortened(
      isNarrow ? shortPileOf(verdict, start) : pileOf(verdict, start),
      isNarrow ? Math.floor(width / 3) : 33,
      terminal,
    );
    return [pile, percent(confidence), `${exit}/${exits}`, reads.map(({ rung }) => rung).join('+'), joules(energy.joules)];
  });
  const widths = head.slice(1, columns).map((name, i) => 2 + Math.max(name.length, ...beside.map((cells) => cells[i]!.length)));
  const room = Math.max(8, width - 2 - widths.reduce((a, b) => a + b, 0));
  const rows = beside.map((cells, i) => [shortened(paths[i]!, room, terminal), ...cells].slice(0, columns));
  return table(head.slice(0, columns), rows, ['left', 'left', 'right', 'right', 'left', 'right'], terminal);
}

const head = ['Photo', 'Collection', 'Sure', 'Exit', 'Read', 'Energy'];

function pileOf({ pile, group, collection }: Verdict, start: Start): string {
  const title = titleOf(collection, start.collections);
  if (pile === 'collection') return title;
  return pile === 'group' ? `${titleOf(group, start.groups)} (group)` : `Review (${title}?)`;
}

const shortPileOf = (verdict: Verdict, start: Start): string =>
  verdict.pile === 'review' ? `${titleOf(verdict.collection, start.collections)}?` : pileOf(verdict, start);

/** What each exit thought, and from which confidence on a photo leaves there. */
export function courseLines({ opinions, exits }: Verdict, start: Start, terminal: Terminal): string[] {
  const room = Math.max(24, terminal.width - 44);
  const rows = opinions.map(({ exit, side, rung, top, threshold }) => {
    const [first, ...more] = top.map(({ collection, confidence }) => `${titleOf(collection, start.collections)} ${percent(confidence)}`);
    const both = [first, ...more.slice(0, 1)].join(', ');
    return [
      `${exit}/${exits}`,
      `${side} px`,
      rung,
      both.length <= room ? both : shortened(first!, room, terminal),
      threshold === null ? '' : percent(threshold),
    ];
  });
  return table(['Exit', 'Picture', 'Read', 'Best guesses', 'Leaves from'], rows, ['right', 'right', 'left', 'left', 'right'], terminal);
}

const titleOf = (key: string | null, named: readonly { key: string; title: string }[]): string =>
  named.find((one) => one.key === key)?.title ?? key ?? '';

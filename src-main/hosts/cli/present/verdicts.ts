/** A few photos, a line each; and the whole course of a single one. */
import type { Start, Verdict } from '../../../contract/events.ts';
import type { Terminal } from '../terminal.ts';
import { joules, percent } from './numbers.ts';
import { table } from './table.ts';
import { shortened, withoutCommonFolder } from './text.ts';

export function verdictLines(verdicts: readonly Verdict[], start: Start, terminal: Terminal): string[] {
  const isNarrow = terminal.width < 72;
  const columns = isNarrow ? 4 : 6; // the rest is in --json
  const paths = withoutCommonFolder(verdicts.map(({ path }) => path));
  const piles = verdicts.map((verdict) => (isNarrow ? shortPileOf : pileOf)(verdict, start));
  const others = verdicts.map(({ confidence, exit, exits, stored, reads, energy }) => [
    percent(confidence),
    `${exit}/${exits}`,
    stored ? 'library' : reads.map(({ rung }) => rung).join('+'),
    stored ? '' : joules(energy.joules), // an earlier run spent it
  ]);

  const taken = head.slice(2, columns).map((name, i) => 2 + widest([name, ...others.map((cells) => cells[i]!)]));
  const room = terminal.width - 2 - taken.reduce((a, b) => a + b, 0) - 2; // for path and pile
  const pileRoom = Math.min(widest([head[1]!, ...piles]), Math.floor(room * 0.6));
  const rows = others.map((cells, i) => [
    shortened(paths[i]!, room - pileRoom, terminal),
    shortened(piles[i]!, pileRoom, terminal),
    ...cells.slice(0, columns - 2),
  ]);
  return table(head.slice(0, columns), rows, ['left', 'left', 'right', 'right', 'left', 'right'], terminal);
}

const widest = (texts: readonly string[]): number => Math.max(...texts.map(({ length }) => length));
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

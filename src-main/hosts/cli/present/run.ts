/** A run as a person sees it: what it begins with, and what it ends with. Pure: what was told in, lines out. */
import type { Start, Summary } from '../../../contract/events.ts';
import type { Terminal } from '../terminal.ts';
import { costLines } from './cost.ts';
import { count, duration, millions, percent, plural } from './numbers.ts';
import type { RunRecord } from './record.ts';
import { refusedLines } from './refused.ts';
import { bar, barWidth, table, withBars } from './table.ts';
import { shortened, wrap } from './text.ts';
import { courseLines, verdictLines } from './verdicts.ts';

/** Before anything is known. */
export function looking(inputs: readonly string[], { width, unicode }: Terminal): string[] {
  const where = inputs.length <= 2 ? inputs.join(' and ') : plural(inputs.length, 'place');
  return wrap(`Looking for photos in ${where} ${unicode ? '…' : '...'}`, width);
}

export function beginning({ pack, preset, provider, providerNote, files }: Start, terminal: Terminal): string[] {
  const { width } = terminal;
  const what = `${pack.title}, ${preset}, on the ${provider}: ${plural(files, 'file')}.`;
  return [...wrap(what, width), ...noteLines(providerNote, terminal)];
}

/** Why the provider is not, or no longer, the one asked for. */
const noteLines = (note: string | undefined, { colours, width }: Terminal): string[] =>
  note === undefined ? [] : wrap(`Note: ${note}.`, width).map(colours.yellow);

/** @param from the folder that paths are shown from */
export function ending(record: RunRecord, from: string, terminal: Terminal): string[] {
  const { start, summary, few } = record;
  if (!start || !summary) return [];
  const [only, ...others] = few;
  const photos =
    only === undefined
      ? []
      : ['', ...verdictLines(few, start, terminal), ...(others.length > 0 ? [] : ['', ...courseLines(only, start, terminal)])];
  const tables = summary.verdicts > 1 ? ['', ...piles(record, start, summary, terminal), '', ...exits(start, summary, terminal)] : [];
  return [
    ...photos,
    '',
    ...headline(summary, terminal),
    ...noteLines(summary.providerNote, terminal),
    ...tables,
    ...(summary.verdicts > 0 ? ['', ...costLines(start, summary, terminal)] : []),
    ...refusedLines(record, from, terminal),
    '',
    'No file was changed.',
  ];
}

function headline(
  { how, verdicts, stored, notReached, seconds, sorted, review, grouped }: Summary,
  { colours, width }: Terminal,
): string[] {
  const rate = seconds > 0 ? verdicts / seconds : 0;
  const piles = [
    ...(sorted > 0 ? [`${count(sorted)} into collections`] : []),
    ...(grouped > 0 ? [`${count(grouped)} into groups`] : []),
    ...(review > 0 ? [`${count(review)} to review`] : []),
  ].join(', ');
  const pace = verdicts === 1 ? '.' : ` (${rate >= 10 ? count(rate) : rate.toFixed(1)} a second): ${piles}.`;
  const told = verdicts === 0 ? 'No photo was sorted.' : `${plural(verdicts, 'photo')} in ${duration(seconds)}${pace}`;
  const known = stored === 0 ? [] : wrap(knownOf(stored, verdicts), width);
  const stopped = how === 'stopped' ? wrap(`Stopped: ${plural(notReached, 'file')} not reached.`, width).map(colours.yellow) : [];
  return [...wrap(told, width).map(colours.bold), ...known, ...stopped];
}

function knownOf(stored: number, verdicts: number): string {
  if (verdicts === 1) return 'Answered from the library; it was not looked at again.';
  if (stored === verdicts) return `All ${count(stored)} answered from the library; none was looked at again.`;
  return `${count(stored)} answered from the library, ${count(verdicts - stored)} new.`;
}

function piles({ grouped }: RunRecord, start: Start, summary: Summary, terminal: Terminal): string[] {
  const inOrder = (named: readonly { key: string; title: string }[], photos: Readonly<Record<string, number>>, after = ''): Pile[] =>
    named
      .map(({ key, title }) => ({ title: `${title}${after}`, photos: photos[key] ?? 0 }))
      .filter((pile) => pile.photos > 0)
      .sort((a, b) => b.photos - a.photos);
  const all = [
    ...inOrder(start.collections, summary.collections),
    ...inOrder(start.groups, grouped, ' (group)'),
    ...(summary.review > 0 ? [{ title: 'Review', photos: summary.review }] : []),
  ].map(({ title, photos }) => ({ title: shortened(title, terminal.width - 20, terminal), photos }));
  const room = barWidth(terminal, Math.max('Collection'.length, ...all.map(({ title }) => title.length)) + 20);
  const most = Math.max(...all.map(({ photos }) => photos));
  const rows = all.map(({ title, photos }) => [
    title,
    count(photos),
    percent(photos / summary.verdicts),
    bar(photos / most, room, terminal),
  ]);
  return withBars(table(['Collection', 'Photos', 'Share', ''], rows, ['left', 'right', 'right', 'left'], terminal), terminal);
}

interface Pile {
  readonly title: string;
  readonly photos: number;
}

function exits(start: Start, summary: Summary, terminal: Terminal): string[] {
  const most = Math.max(...summary.exits);
  const room = barWidth(terminal, 46);
  const rows = summary.exits.map((photos, i) => {
    const { side, macs } = start.exits[i]!;
    return [
      `${i + 1}/${summary.exits.length}`,
      `${side} px`,
      millions(macs),
      count(photos),
      percent(photos / summary.verdicts),
      bar(photos / most, room, terminal),
    ];
  });
  const head = ['Exit', 'Picture', 'M MACs', 'Photos', 'Share', ''];
  return withBars(table(head, rows, ['right', 'right', 'right', 'right', 'right', 'left'], terminal), terminal);
}

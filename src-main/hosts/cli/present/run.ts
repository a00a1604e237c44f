/** A run as a person sees it: what it begins with, and the table that it ends with. Pure: events in, lines out. */
import { basename } from 'node:path';
import type { Failed, Skipped, Start, Summary, Verdict } from '../../../contract/events.ts';
import type { Terminal } from '../terminal.ts';
import { bytes, count, duration, joules, millions, percent, plural } from './numbers.ts';
import { bar, barWidth, table, wrap } from './table.ts';

export interface Told {
  readonly start: Start;
  readonly summary: Summary;
  readonly refused: readonly (Skipped | Failed)[];
  readonly grouped: Readonly<Record<string, number>>; // photos in each group's pile, by key
  readonly damaged: readonly string[]; // paths of photos that were decoded in part
}

export function beginning({ pack, preset, provider, providerNote, files }: Start, { colours, width }: Terminal): string[] {
  const what = `${pack.title}, ${preset}, on the ${provider}: ${plural(files, 'file')}.`;
  return [...wrap(what, width), ...(providerNote === undefined ? [] : wrap(`Note: ${providerNote}.`, width).map(colours.yellow))];
}

export function ending(told: Told, terminal: Terminal): string[] {
  const { summary } = told;
  const nothing = summary.verdicts === 0;
  return [
    '',
    ...headline(summary, terminal),
    ...(nothing ? [] : ['', ...piles(told, terminal), '', ...exits(told, terminal), '', ...costs(told, terminal)]),
    ...notSorted(told, terminal),
    '',
    'No file was changed.',
  ];
}

function headline({ how, verdicts, notReached, seconds, sorted, review, grouped }: Summary, { colours, width }: Terminal): string[] {
  const rate = seconds > 0 ? verdicts / seconds : 0;
  const where = [
    `${count(sorted)} into collections`,
    ...(grouped > 0 ? [`${count(grouped)} into groups`] : []),
    ...(review > 0 ? [`${count(review)} to review`] : []),
  ].join(', ');
  const first = `${plural(verdicts, 'photo')} in ${duration(seconds)} (${rate >= 10 ? count(rate) : rate.toFixed(1)} a second): ${where}.`;
  const stopped = how === 'stopped' ? wrap(`Stopped: ${plural(notReached, 'file')} not reached.`, width).map(colours.yellow) : [];
  return [...wrap(first, width).map(colours.bold), ...stopped];
}

function piles({ start, summary, grouped }: Told, terminal: Terminal): string[] {
  const { verdicts, review } = summary;
  const collections = start.collections
    .map(({ key, title }) => ({ title, photos: summary.collections[key] ?? 0 }))
    .filter(({ photos }) => photos > 0)
    .sort((a, b) => b.photos - a.photos);
  const groups = start.groups
    .map(({ key, title }) => ({ title: `${title} (group)`, photos: grouped[key] ?? 0 }))
    .filter(({ photos }) => photos > 0);
  const all = [...collections, ...groups, ...(review > 0 ? [{ title: 'Review', photos: review }] : [])].map(({ title, photos }) => ({
    title: shortened(title, terminal.width - 20),
    photos,
  }));
  const longest = Math.max(...all.map(({ title }) => title.length));
  const room = barWidth(terminal, longest + 20);
  const most = Math.max(...all.map(({ photos }) => photos));
  const rows = all.map(({ title, photos }) => [title, count(photos), percent(photos / verdicts), bar(photos / most, room, terminal)]);
  return table(['Collection', 'Photos', 'Share', ''], rows, ['left', 'right', 'right', 'left'], terminal);
}

function exits({ start, summary }: Told, terminal: Terminal): string[] {
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
  return table(['Exit', 'Picture', 'M MACs', 'Photos', 'Share', ''], rows, ['right', 'right', 'right', 'right', 'right', 'left'], terminal);
}

function costs({ start, summary }: Told, { width }: Terminal): string[] {
  const { energy, saved, rungs, meanMacs, fullMacs, watts } = { ...summary, watts: start.watts };
  const range = `${joules(energy.low)} to ${joules(energy.high)}`;
  const each = joules(energy.joules / summary.verdicts);
  const reads = rungs.preview + rungs.scaled + rungs.full;
  const lines: [string, string][] = [
    ['Network', `${millions(meanMacs)} of ${millions(fullMacs)} million MACs a photo (${percent(meanMacs / fullMacs)})`],
    [
      'Reading',
      `${plural(rungs.preview, 'preview')}, ${plural(rungs.scaled + rungs.full, 'decode')} in ${plural(reads, 'read')}, ${bytes(summary.bytes)}`,
    ],
    [
      'Energy',
      `about ${joules(energy.joules)} (${range}): reading ${joules(energy.read)}, network ${joules(energy.network)}; ${each} a photo`,
    ],
    [
      '',
      `modelled: busy time x ${watts.typical} W a core (${watts.low} to ${watts.high}, ${watts.of}); start-up ${joules(summary.overheadJoules)} more`,
    ],
    ['Saved', `${savedOf('reading', saved.read, saved.ofRead)}; ${savedOf('network', saved.network, saved.ofNetwork)}`],
    ['', 'against every network on one scaled decode of each photo'],
  ];
  return lines.flatMap(([name, text]) => wrap(text, width, `  ${name.padEnd(7)}  `));
}

/** Against what it would have taken; said plainly where more was spent. */
function savedOf(what: string, value: number, of: number): string {
  const share = of > 0 ? percent(Math.abs(value) / of) : '0 %';
  return value >= 0 ? `${what} ${joules(value)} (${share})` : `${what} ${joules(-value)} more (${share})`;
}

/** Reasons in the table, the commonest first. */
const mostReasons = 12;

function notSorted({ refused, damaged }: Told, { width, colours }: Terminal): string[] {
  const byReason = [...Map.groupBy(refused, ({ message }) => message)].sort(([, a], [, b]) => b.length - a.length);
  const line = (message: string, paths: readonly string[]): string[] =>
    wrap(`${message} ${namesOf(paths)}`, width, `${count(paths.length).padStart(7)}  `);
  const reasons = byReason.slice(0, mostReasons).flatMap(([message, files]) =>
    line(
      message,
      files.map(({ path }) => path),
    ),
  );
  const rest = byReason.slice(mostReasons).reduce((sum, [, files]) => sum + files.length, 0);
  return [
    ...(byReason.length === 0 ? [] : ['', colours.bold('Not sorted'), ...reasons]),
    ...(rest === 0 ? [] : wrap('for other reasons; --json tells them all.', width, `${count(rest).padStart(7)}  `)),
    ...(damaged.length === 0
      ? []
      : ['', colours.bold('Sorted, but damaged'), ...line('Decoded only in part; what is missing is grey.', damaged)]),
  ];
}

function namesOf(paths: readonly string[]): string {
  const shown = paths.slice(0, 3).map((path) => basename(path));
  return `(${shown.join(', ')}${paths.length > 3 ? ', …' : ''})`;
}

/** One line per photo, for a few of them. */
export function verdictLines(verdicts: readonly Verdict[], start: Start, terminal: Terminal): string[] {
  const titles = new Map([...start.collections, ...start.groups].map(({ key, title }) => [key, title]));
  const rows = verdicts.map(({ path, pile, collection, group, confidence, exit, exits: of, reads, energy }) => {
    const title = titles.get(collection) ?? collection;
    const where = pile === 'collection' ? title : pile === 'group' ? `${titles.get(group ?? '') ?? ''} (group)` : `Review (${title}?)`;
    return [
      shortened(basename(path), Math.max(12, terminal.width - 62)),
      where,
      percent(confidence),
      `${exit}/${of}`,
      reads.map(({ rung }) => rung).join('+'),
      joules(energy.joules),
    ];
  });
  const head = ['Photo', 'Collection', 'Sure', 'Exit', 'Read', 'Energy'];
  const columns = terminal.width < 72 ? 4 : head.length; // the rest is in --json
  return table(
    head.slice(0, columns),
    rows.map((row) => row.slice(0, columns)),
    ['left', 'left', 'right', 'right', 'left', 'right'],
    terminal,
  );
}

/** Cut in the middle, so that the ending shows. */
export function shortened(name: string, width: number): string {
  if (name.length <= width) return name;
  const tail = Math.floor((width - 1) / 3);
  return `${name.slice(0, width - 1 - tail)}…${name.slice(name.length - tail)}`;
}

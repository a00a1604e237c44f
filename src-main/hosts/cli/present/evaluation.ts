/** How right a pack is, as a person sees it. */
import { presets } from '../../../contract/events.ts';
import type { Evaluated } from '../../../engine/index.ts';
import { type Evaluation, type Pack, type Proportion, commonestConfusions } from '../../../packs/index.ts';
import type { Terminal } from '../terminal.ts';
import { count, interval, joulesWithin, millions, tenths } from './numbers.ts';
import { table } from './table.ts';
import { shortened, wrap } from './text.ts';

export function evaluationLines({ on, evaluation, failed }: Evaluated, pack: Pack, terminal: Terminal): string[] {
  const { width, colours } = terminal;
  const unread = failed.length === 0 ? '' : `${count(failed.length)} could not be read, the first: ${failed[0]!.id}: ${failed[0]!.message}`;
  const sections = [
    exitLines(evaluation, pack, terminal),
    presetLines(evaluation, terminal),
    pileLines(evaluation, terminal),
    leaveLines(evaluation, terminal),
    confusionLines(evaluation, pack, terminal),
    collectionLines(evaluation, pack, terminal),
    ...(evaluation.sources.length === 0 ? [] : [sourceLines(evaluation, terminal)]),
  ];
  return [
    ...wrap(`${on}: ${count(evaluation.photos)} photos`, width).map(colours.bold),
    ...(unread === '' ? [] : wrap(unread, width).map(colours.yellow)),
    ...sections.flatMap((lines) => ['', ...lines]),
  ];
}

function exitLines({ exits }: Evaluation, pack: Pack, terminal: Terminal): string[] {
  const rows = exits.map(({ exit, accuracy, cost, reliability: { error, band } }) => [
    String(exit),
    millions(pack.macs[exit - 1]!),
    cost.milliseconds.network.toFixed(2),
    interval(accuracy),
    interval({ share: error, ...band }),
  ]);
  return [
    ...table(['Exit', 'M MACs', 'Net, ms', 'Right, %', 'Calib. error, %'], rows, ['right', 'right', 'right', 'right', 'right'], terminal),
    ...note(
      'Right: the best collection is the true one, with its 95 % interval. In brackets behind the error: what a perfectly calibrated network would show.',
      terminal,
    ),
  ];
}

function presetLines({ presets: of }: Evaluation, terminal: Terminal): string[] {
  const rows = presets.map((preset) => {
    const { accuracy, cost } = of[preset];
    const { network, read } = cost.milliseconds;
    return [preset, interval(accuracy), millions(cost.macs), `${read.toFixed(1)} + ${network.toFixed(2)}`, joulesWithin(cost.joules)];
  });
  return [
    ...table(
      ['Preset', 'Right, %', 'M MACs', 'Read + net, ms', 'Energy, modelled'],
      rows,
      ['left', 'right', 'right', 'right', 'right'],
      terminal,
    ),
    ...note('Mean per photo: CPU time on this computer, reading as of 12-megapixel JPEGs.', terminal),
  ];
}

function pileLines({ presets: of }: Evaluation, terminal: Terminal): string[] {
  const rightOf = (right: Proportion | null): string => (right === null ? '' : tenths(right.share));
  const rows = presets.map((preset) => {
    const { sorted, grouped, review } = of[preset];
    const piles = [sorted, grouped].flatMap(({ share, right }) => [tenths(share.share), rightOf(right)]);
    return [preset, ...piles, tenths(review.share)];
  });
  const head = ['Preset', 'Sorted, %', 'of them right', 'In groups, %', 'of them right', 'Review, %'];
  return table(head, rows, ['left', 'right', 'right', 'right', 'right', 'right'], terminal);
}

function leaveLines({ exits, presets: of }: Evaluation, terminal: Terminal): string[] {
  const rows = exits.map(({ exit }) => [String(exit), ...presets.map((preset) => tenths(of[preset].exits[exit - 1]!))]);
  const decoded = presets.map((preset) => tenths(of[preset].cost.rungs.scaled + of[preset].cost.rungs.full));
  return [
    ...table(['Exit', ...presets], [...rows, ['decoded', ...decoded]], ['right', 'right', 'right', 'right', 'right'], terminal),
    ...note('Share of the photos that leave at each exit, and that a decode was needed for, in percent.', terminal),
  ];
}

const mostConfusions = 10;

function confusionLines(evaluation: Evaluation, { manifest: { collections } }: Pack, terminal: Terminal): string[] {
  const rows = commonestConfusions(evaluation, mostConfusions).map(({ truth, opinion, photos }) => [
    collections[truth]!.title,
    collections[opinion]!.title,
    String(photos),
  ]);
  if (rows.length === 0) return [];
  return [
    ...table(['Commonest confusions', 'Taken for', 'Photos'], rows, ['left', 'left', 'right'], terminal),
    ...note('At the last exit.', terminal),
  ];
}

function collectionLines({ collections }: Evaluation, pack: Pack, terminal: Terminal): string[] {
  const titles = new Map(pack.manifest.collections.map(({ key, title }) => [key, title]));
  const title = (key: string): string => titles.get(key) ?? key;
  const room = terminal.width - (terminal.width < 72 ? 28 : 55); // beside a title and the numbers
  const rows = collections
    .toSorted((a, b) => a.accuracy.share - b.accuracy.share)
    .map(({ collection, accuracy, mistake }) => [
      title(collection),
      String(accuracy.of),
      tenths(accuracy.share),
      mistake === null ? '' : `${shortened(title(mistake.collection), room, terminal)} (${mistake.photos})`,
    ]);
  return [
    ...table(['Collection', 'Photos', 'Right, %', 'Commonest mistake'], rows, ['left', 'right', 'right', 'left'], terminal),
    ...note('At the last exit, the worst first.', terminal),
  ];
}

function sourceLines({ sources }: Evaluation, terminal: Terminal): string[] {
  const rows = sources.map(({ source, accuracy }) => [
    source,
    String(accuracy.full.of),
    interval(accuracy.balanced),
    interval(accuracy.full),
  ]);
  return [
    ...table(['Source', 'Photos', 'Balanced, %', 'Full, %'], rows, ['left', 'right', 'right', 'right'], terminal),
    ...note('Right under these presets.', terminal),
  ];
}

const note = (text: string, { width, colours }: Terminal): string[] => wrap(text, width - 2, '  ').map(colours.dim);

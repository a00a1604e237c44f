/** How right a pack is, as a person sees it. */
import { presets } from '../../../contract/events.ts';
import type { Evaluated } from '../../../engine/index.ts';
import type { Pack, PolicyFigures, Proportion } from '../../../packs/index.ts';
import type { Terminal } from '../terminal.ts';
import { count, joules, millions } from './numbers.ts';
import { table, wrap } from './table.ts';

const one = (share: number): string => (100 * share).toFixed(1);
const interval = ({ share, low, high }: Proportion): string => `${one(share)} (${one(low)} to ${one(high)})`;

export function evaluationLines({ on, evaluation, failed }: Evaluated, pack: Pack, terminal: Terminal): string[] {
  const titles = new Map(pack.manifest.collections.map(({ key, title }) => [key, title]));
  const title = (key: string): string => titles.get(key) ?? key;
  const note = (text: string): string[] => wrap(text, terminal.width).map(terminal.colours.dim);

  const perExit = evaluation.exits.map(({ exit, accuracy, reliability: { error, band } }) => [
    String(exit),
    millions(pack.macs[exit - 1]!),
    interval(accuracy),
    `${one(error)} (${one(band.low)} to ${one(band.high)})`,
  ]);
  const rows = presets.map((preset) => [preset, ...presetCells(evaluation.presets[preset])]);
  const shares = presets.map((preset) => [preset, ...evaluation.presets[preset].exits.map((share) => one(share))]);
  const perCollection = evaluation.collections.map(({ collection, accuracy, mistake }) => [
    title(collection),
    String(accuracy.of),
    one(accuracy.share),
    mistake === null ? '' : `${title(mistake.collection)} (${mistake.photos})`,
  ]);
  const perSource = evaluation.sources.map(({ source, accuracy }) => [
    source,
    String(accuracy.full.of),
    interval(accuracy.balanced),
    interval(accuracy.full),
  ]);

  return [
    terminal.colours.bold(`${on}: ${count(evaluation.photos)} photos`),
    ...(failed.length === 0
      ? []
      : wrap(`${failed.length} could not be read, the first: ${failed[0]!.id}: ${failed[0]!.message}`, terminal.width)),
    '',
    ...table(['Exit', 'M MACs', 'Right, %', 'Calibration error, %'], perExit, ['right', 'right', 'right', 'right'], terminal),
    ...note(
      'Right: the best collection is the true one, with its 95 % interval. In brackets behind the error: what a perfectly calibrated network would show.',
    ),
    '',
    ...table(
      ['Preset', 'Right, %', 'M MACs', 'Network ms', 'Reading ms', 'J a photo'],
      rows.map((row) => row.slice(0, 6)),
      ['left', 'right', 'right', 'right', 'right', 'right'],
      terminal,
    ),
    ...note('Mean per photo on this computer, in CPU milliseconds; reading as of 12-megapixel JPEGs.'),
    '',
    ...table(
      ['Preset', 'Sorted, %', 'of them right', 'In groups, %', 'of them right', 'Review, %'],
      rows.map((row) => [row[0]!, ...row.slice(6)]),
      ['left', 'right', 'right', 'right', 'right', 'right'],
      terminal,
    ),
    '',
    ...table(
      ['Left at exit, %', ...evaluation.exits.map(({ exit }) => String(exit))],
      shares,
      ['left', ...evaluation.exits.map(() => 'right' as const)],
      terminal,
    ),
    '',
    ...table(
      ['Collection, last exit', 'Photos', 'Right, %', 'Commonest mistake'],
      perCollection,
      ['left', 'right', 'right', 'left'],
      terminal,
    ),
    ...(perSource.length === 0
      ? []
      : [
          '',
          ...table(['Source', 'Photos', 'Right, balanced, %', 'Right, full, %'], perSource, ['left', 'right', 'right', 'right'], terminal),
        ]),
  ];
}

function presetCells({ accuracy, cost, sorted, grouped, review }: PolicyFigures): string[] {
  const rightOf = (right: Proportion | null): string => (right === null ? '' : one(right.share));
  return [
    interval(accuracy),
    millions(cost.macs),
    cost.milliseconds.network.toFixed(2),
    cost.milliseconds.read.toFixed(1),
    `${joules(cost.joules.typical)} (${joules(cost.joules.low)} to ${joules(cost.joules.high)})`,
    one(sorted.share.share),
    rightOf(sorted.right),
    one(grouped.share.share),
    rightOf(grouped.right),
    one(review.share),
  ];
}

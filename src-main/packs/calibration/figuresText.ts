/** The figures of an evaluation as Markdown: the part of a pack's card that says how right it is and what that costs. */
import { presets } from '../../contract/events.ts';
import type { Evaluation, Pile } from './evaluate.ts';
import type { Proportion } from './proportion.ts';

/**
 * @param on the photos, as "LARGE.tsv, val, report"
 * @param collections of the pack, for their titles
 */
export function figuresText(
  on: string,
  evaluation: Evaluation,
  collections: readonly { readonly key: string; readonly title: string }[],
): string {
  const titles = new Map(collections.map(({ key, title }) => [key, title]));
  return [`## On ${on} (${evaluation.photos} photos)`, ...tablesOf(evaluation, titles)].join('\n\n') + '\n';
}

function tablesOf({ exits, presets: of, collections, sources }: Evaluation, titles: ReadonlyMap<string, string>): string[] {
  const perExit = exits.map(({ exit, accuracy, reliability: { error, band } }) => [
    exit,
    interval(accuracy),
    percent(error),
    `${percent(band.low)} … ${percent(band.high)}`,
    ...presets.map((preset) => percent(of[preset].exits[exit - 1]!)),
  ]);
  const perPreset = presets.map((preset) => {
    const { accuracy, cost, sorted, grouped, review } = of[preset];
    return [
      preset,
      interval(accuracy),
      millions(cost.macs),
      `${cost.milliseconds.read.toFixed(1)} + ${cost.milliseconds.network.toFixed(1)}`,
      `${cost.joules.typical.toPrecision(2)} (${cost.joules.low.toPrecision(2)} … ${cost.joules.high.toPrecision(2)})`,
      pile(sorted),
      pile(grouped),
      percent(review.share),
    ];
  });
  const perCollection = collections.map(({ collection, accuracy, mistake }) => [
    titles.get(collection) ?? collection,
    accuracy.of,
    interval(accuracy),
    mistake === null ? '' : `${titles.get(mistake.collection) ?? mistake.collection} (${mistake.photos})`,
  ]);
  const perSource = sources.map(({ source, accuracy }) => [
    source,
    accuracy.full.of,
    interval(accuracy.full),
    percent(accuracy.balanced.share),
  ]);
  return [
    table(['Exit', 'Right, %', 'Calibration error', 'Of a perfect network', ...presets.map((preset) => `Leave, ${preset}`)], perExit),
    table(
      ['Preset', 'Right, %', 'MACs', 'ms: reading + network', 'J a photo, modelled', 'Sorted, right', 'Groups, right', 'Review'],
      perPreset,
    ),
    table(['Collection, last exit', 'Photos', 'Right, %', 'Commonest mistake'], perCollection),
    ...(perSource.length === 0 ? [] : [table(['Source', 'Photos', 'Right at the last exit, %', 'Right, balanced'], perSource)]),
  ];
}

const table = (header: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [header, header.map(() => '---'), ...rows]
    .map((row) => `| ${row.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n');

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const interval = ({ share, low, high }: Proportion): string =>
  `${(100 * share).toFixed(1)} (${(100 * low).toFixed(1)} … ${(100 * high).toFixed(1)})`;
const pile = ({ share, right }: Pile): string =>
  right === null ? percent(share.share) : `${percent(share.share)}, ${percent(right.share)}`;
const millions = (macs: number): string => `${(macs / 1e6).toFixed(1)} M`;

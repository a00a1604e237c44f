/** The figures of an evaluation as Markdown with its drawings: the part of a pack's card that says how right it is and what that costs. */
import { presets } from '../../contract/events.ts';
import { confusionSvg } from './confusionSvg.ts';
import { type Evaluation, type Pile, commonestConfusions } from './evaluate.ts';
import type { Proportion } from './proportion.ts';
import { reliabilitySvg } from './reliabilitySvg.ts';

export interface Figures {
  readonly text: string;
  readonly drawings: ReadonlyMap<string, string>; // SVG by the name of its file, which the text has
}

type Titled = readonly { readonly key: string; readonly title: string }[];

/**
 * @param on the photos, as "LARGE.tsv, val, report"
 * @param collections of the pack, for their titles
 */
export function figuresOf(on: string, evaluation: Evaluation, collections: Titled): Figures {
  const name = on.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  const titles = collections.map(({ title }) => title);
  const drawings = new Map([
    [`reliability-${name}.svg`, reliabilitySvg(on, evaluation)],
    [`confusion-${name}.svg`, confusionSvg(on, evaluation, titles)],
  ]);
  const [reliability, confusion] = [...drawings.keys()];
  const { perExit, perPreset, confusions, perCollection, perSource } = tablesOf(evaluation, collections);
  const text = [
    `## On ${on} (${evaluation.photos} photos)`,
    perExit,
    `![Share right against confidence, per exit](${reliability})`,
    perPreset,
    ...(confusions === '' ? [] : [confusions]),
    `![What the last exit takes for what](${confusion})`,
    perCollection,
    ...(perSource === '' ? [] : [perSource]),
  ].join('\n\n');
  return { text: `${text}\n`, drawings };
}

/** Whether a file of a pack is one of these drawings. */
export const isDrawing = (file: string): boolean => /^(reliability|confusion)-.*\.svg$/.test(file);

const mostConfusions = 10;

function tablesOf(
  evaluation: Evaluation,
  titled: Titled,
): Record<'perExit' | 'perPreset' | 'confusions' | 'perCollection' | 'perSource', string> {
  const { exits, presets: of, collections, sources } = evaluation;
  const titles = new Map(titled.map(({ key, title }) => [key, title]));
  const perExit = exits.map(({ exit, accuracy, cost, reliability: { error, band } }) => [
    exit,
    interval(accuracy),
    millions(cost.macs),
    cost.milliseconds.network.toFixed(2),
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
      percent(cost.rungs.scaled + cost.rungs.full),
    ];
  });
  const confusions = commonestConfusions(evaluation, mostConfusions).map(({ truth, opinion, photos }) => [
    titled[truth]!.title,
    titled[opinion]!.title,
    photos,
  ]);
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
  return {
    perExit: table(
      [
        'Exit',
        'Right, %',
        'MACs',
        'ms of network',
        'Calibration error',
        'Of a perfect network',
        ...presets.map((preset) => `Leave, ${preset}`),
      ],
      perExit,
    ),
    perPreset: table(
      ['Preset', 'Right, %', 'MACs', 'ms: reading + network', 'J a photo, modelled', 'Sorted, right', 'Groups, right', 'Review', 'Decoded'],
      perPreset,
    ),
    confusions: confusions.length === 0 ? '' : table(['Commonest confusions, last exit', 'Taken for', 'Photos'], confusions),
    perCollection: table(['Collection, last exit', 'Photos', 'Right, %', 'Commonest mistake'], perCollection),
    perSource: sources.length === 0 ? '' : table(['Source', 'Photos', 'Right at the last exit, %', 'Right, balanced'], perSource),
  };
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

/** A pack as a person sees it. */
import { basename } from 'node:path';
import type { Listed, Manifest, Pack } from '../../../packs/index.ts';
import type { Terminal } from '../terminal.ts';
import { count, interval, millions, percent } from './numbers.ts';
import { table } from './table.ts';
import { wrap } from './text.ts';

export function packTable(listed: readonly Listed[], terminal: Terminal): string[] {
  const rows = listed.flatMap(({ folder, manifest }) =>
    manifest === null
      ? []
      : [[basename(folder), manifest.title, `${manifest.networks.flatMap(({ exits }) => exits).length}`, manifest.presets ? 'yes' : 'no']],
  );
  const damaged = listed.flatMap((pack) =>
    pack.manifest === null ? wrap(`${basename(pack.folder)} is set aside: ${pack.problem.message}`, terminal.width) : [],
  );
  return [
    ...(rows.length === 0 ? [] : table(['Folder', 'Title', 'Exits', 'Calibrated'], rows, ['left', 'left', 'right', 'left'], terminal)),
    ...damaged.map(terminal.colours.yellow),
  ];
}

export function packLines(pack: Pack, terminal: Terminal): string[] {
  const { manifest, networks, macs, folder, digest, calibrated } = pack;
  const { title, version, licence, source, collections, groups = [], presets, review, calibration } = manifest;
  const field = (name: string, value: string): string[] => wrap(value, terminal.width, name.padEnd(13));
  const exits = networks.flatMap(({ stages, side }, network) =>
    stages.flatMap((stage) =>
      stage.exits.map(({ exit, temperature }) => [
        String(exit),
        `${network + 1} (${manifest.networks[network]!.kind})`,
        `${side} px`,
        millions(macs[exit - 1]!),
        ...(calibrated
          ? [
              temperature.toFixed(2),
              ...(['saver', 'balanced', 'accurate'] as const).map((preset) => thresholdText(presets?.[preset][exit - 1])),
            ]
          : []),
      ]),
    ),
  );
  const head = ['Exit', 'Network', 'Picture', 'M MACs', ...(calibrated ? ['Temp.', 'saver', 'balanced', 'accurate'] : [])];
  return [
    ...wrap(`${title}, version ${version}`, terminal.width).map(terminal.colours.bold),
    ...field('Folder', folder),
    ...field('Digest', digest.slice(0, 16)),
    ...field('Licence', licence),
    ...field('Source', source),
    ...field('Collections', `${collections.length}: ${collections.map((collection) => collection.title).join('; ')}`),
    ...(groups.length > 0 ? field('Groups', groups.map((group) => group.title).join('; ')) : []),
    ...field(
      'Calibrated',
      calibration === undefined || review === undefined
        ? 'no: it runs under --preset full only'
        : `on ${count(calibration.photos)} photos (${[calibration.name, calibration.split, calibration.half].filter((part) => part !== null).join(', ')}); to Review below ${percent(review)}`,
    ),
    '',
    ...table(head, exits, ['right', 'left', 'right', 'right', 'right', 'right', 'right', 'right'], terminal),
    ...(presets === undefined ? [] : wrap(`Under a preset a photo leaves from that confidence on.${coinciding(presets)}`, terminal.width)),
    ...presetLines(manifest, terminal),
  ];
}

/** What each preset gave on the photos that it was fitted on. */
function presetLines({ curve = [] }: Manifest, terminal: Terminal): string[] {
  const rows = curve.flatMap(({ preset, accuracy, low, high, macs, milliseconds, rungs }) =>
    preset === undefined
      ? []
      : [
          [
            preset,
            interval({ share: accuracy, low, high }),
            millions(macs),
            `${milliseconds.read.toFixed(1)} + ${milliseconds.network.toFixed(2)}`,
            percent(rungs.preview),
            percent(rungs.scaled + rungs.full),
          ],
        ],
  );
  if (rows.length === 0) return [];
  return [
    '',
    ...table(
      ['Preset', 'Right, %', 'M MACs', 'Read + net, ms', 'Previews', 'Decodes'],
      rows,
      ['left', 'right', 'right', 'right', 'right', 'right'],
      terminal,
    ),
    ...wrap(
      'On the photos that the pack was fitted on, so a little too good; with a camera’s previews, CPU time of the calibrating machine. packs evaluate reports on other photos.',
      terminal.width,
    ),
  ];
}

const thresholdText = (threshold: number | undefined): string =>
  threshold === undefined ? '' : threshold > 1 ? 'nobody' : threshold.toFixed(3);

/** Where the accuracy-cost curve is flat, presets may be the same; that should be no riddle. */
function coinciding(presets: NonNullable<Manifest['presets']>): string {
  const same = [...Map.groupBy(Object.entries(presets), ([, thresholds]) => thresholds.join()).values()].filter(
    (equal) => equal.length > 1,
  );
  return same.map((equal) => ` ${equal.map(([preset]) => preset).join(' and ')} coincide in this pack.`).join('');
}

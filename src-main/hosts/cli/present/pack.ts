/** A pack as a person sees it. */
import { basename } from 'node:path';
import type { Listed, Manifest, Pack } from '../../../packs/index.ts';
import type { Terminal } from '../terminal.ts';
import { millions, percent } from './numbers.ts';
import { table, wrap } from './table.ts';

export function packTable(listed: readonly Listed[], terminal: Terminal): string[] {
  const rows = listed.map(({ folder, manifest, ...other }) =>
    manifest === null
      ? [basename(folder), 'problem' in other ? other.problem.message : '', '', '']
      : [basename(folder), manifest.title, `${manifest.networks.flatMap(({ exits }) => exits).length}`, manifest.presets ? 'yes' : 'no'],
  );
  return table(['Folder', 'Title', 'Exits', 'Calibrated'], rows, ['left', 'left', 'right', 'left'], terminal);
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
    terminal.colours.bold(`${title}, version ${version}`),
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
        : `on ${calibration.photos} photos (${[calibration.name, calibration.split, calibration.half].filter((part) => part !== null).join(', ')}); to Review below ${percent(review)}`,
    ),
    '',
    ...table(head, exits, ['right', 'left', 'right', 'right', 'right', 'right', 'right', 'right'], terminal),
    ...(presets === undefined ? [] : wrap(`Under a preset a photo leaves from that confidence on.${coinciding(presets)}`, terminal.width)),
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

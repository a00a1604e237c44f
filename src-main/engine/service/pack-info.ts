/** The pack as a view shows it. */
import { presets } from '../../contract/events.ts';
import type { PackInfo } from '../../contract/library.ts';
import { gridsOf, parseConfig } from '../../ranet/index.ts';
import { type Choices, figuresOf } from './choice.ts';

export function packInfoOf(choices: Choices): PackInfo {
  const { pack, curve } = choices;
  const { name, title, version, licence, source, collections, groups = [], networks, review = 0, calibration } = pack.manifest;
  const figures = presets.map((preset) => [preset, figuresOf(choices, { kind: 'preset', preset })] as const);
  const grids = networks.map((network) => (network.kind === 'ranet' ? gridsOf(parseConfig(network.config)) : null));
  return {
    name,
    title,
    version,
    digest: pack.digest,
    calibrated: pack.calibrated,
    licence,
    source,
    collections: collections.map((collection) => ({ key: collection.key, title: collection.title, group: collection.group ?? null })),
    groups,
    networks: networks.map(({ kind, side, preprocessing }, i) => ({
      kind,
      side,
      short: preprocessing.short ?? side,
      grids: [...(grids[i]?.subnets ?? [])],
    })),
    exits: networks.flatMap((network, i) =>
      network.exits.map((_, k) => {
        const read = grids[i]?.exits[k];
        return {
          network: i + 1,
          side: network.side,
          macs: pack.macs[pack.firstExits[i]! + k - 1]!,
          subNetwork: read ? read.subnet + 1 : null,
          grid: read?.side ?? null,
        };
      }),
    ),
    review,
    curve: curve.points.map((point) => point.figures),
    presets: Object.fromEntries(figures.filter(([, found]) => found !== null)),
    measuredOn: calibration ? { name: calibration.name, photos: calibration.photos } : null,
  };
}

/** What a search for piles goes by: the title of each, and that of its group. */
export function titlesOf({ collections, groups }: Pick<PackInfo, 'collections' | 'groups'>): Map<string, string[]> {
  const titles = new Map(groups.map(({ key, title }) => [`group:${key}`, [title]]));
  for (const { key, title, group } of collections) titles.set(`collection:${key}`, [title, ...(titles.get(`group:${group ?? ''}`) ?? [])]);
  return titles;
}

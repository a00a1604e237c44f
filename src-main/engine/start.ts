/** What a run begins with, for whoever follows it. */
import type { Preset, Start } from '../contract/events.ts';
import type { Pack } from '../packs/index.ts';
import type { Policy } from '../policy/index.ts';

export interface Beginning extends Pick<Start, 'watts' | 'provider' | 'files'> {
  readonly pack: Pack;
  readonly policy: Policy;
  readonly preset: Preset;
  readonly note: string | null; // why the provider is not the one asked for
}

export function startOf({ pack, policy, preset, watts, provider, note, files }: Beginning): Start {
  const { name, title, version, collections, groups } = pack.manifest;
  return {
    type: 'start',
    pack: { name, title, version, digest: pack.digest, calibrated: pack.calibrated },
    collections: collections.map((collection) => ({ key: collection.key, title: collection.title, group: collection.group ?? null })),
    groups: groups ?? [],
    exits: pack.networks.flatMap(({ stages, side }, i) =>
      stages.flatMap(({ exits }) => exits.map(({ exit }) => ({ network: i + 1, side, macs: pack.macs[exit - 1]! }))),
    ),
    preset,
    thresholds: [...policy.thresholds],
    provider,
    ...(note !== null && { providerNote: note }),
    watts,
    files,
  };
}

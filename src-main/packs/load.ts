/**
 * From a pack's folder to what the reader and the network child are told. Every file is held against pack.json first; a pack with one
 * damaged file is not used at all.
 */
import type { NetworkPlan } from '../network/protocol.ts';
import type { ClassMap } from '../policy/index.ts';
import type { PictureSize } from '../reader/protocol.ts';
import { readFiles, readManifest } from './files.ts';
import { type Manifest, type Network, exitOf, exitsBefore, isCalibrated } from './manifest.ts';
import { modelsOf } from './models.ts';

export interface Pack {
  readonly folder: string;
  readonly digest: string; // SHA-256 of pack.json, which holds that of every other file
  readonly manifest: Manifest;
  readonly calibrated: boolean;
  readonly exits: number;
  readonly firstExits: readonly number[]; // per network, from 1 through the whole pack
  readonly macs: readonly number[]; // per exit, one photo, cumulative through the whole pack
  readonly pictures: readonly PictureSize[]; // per network
  readonly networks: readonly NetworkPlan[]; // temperatures are 1 where the pack is not calibrated
  readonly needs: readonly (readonly string[])[]; // per network: the `exitK.features` of earlier networks that it reads
  readonly featuresNeeded: readonly number[]; // every K of `needs`
}

/**
 * @throws {PackError} `no-pack`, `pack-format`, `pack-invalid`; `pack-damaged` naming the file that is missing or not the one it was;
 *   what the RANet or the graphs say of their own files
 */
export async function loadPack(folder: string): Promise<Pack> {
  const { manifest, digest } = await readManifest(folder);
  const files = await readFiles(folder, manifest);
  const stages = manifest.networks.map((network) => modelsOf(network, files));
  const firstExits = exitsBefore(manifest.networks).map((exits) => exits + 1);
  const needs = stages.map((models) => [...new Set(models.flatMap(({ inputs }) => inputs))].filter((input) => exitOf(input) !== null));
  return {
    folder,
    digest,
    manifest,
    calibrated: isCalibrated(manifest),
    exits: manifest.networks.flatMap(({ exits }) => exits).length,
    firstExits,
    macs: cumulativeMacs(manifest.networks),
    pictures: manifest.networks.map(({ side, preprocessing }) => ({ side, short: preprocessing.short ?? side })),
    networks: manifest.networks.map((network, i): NetworkPlan => {
      const { side, preprocessing } = network;
      return {
        side,
        mean: preprocessing.mean,
        std: preprocessing.std,
        classes: classMapOf(manifest, network),
        stages: stages[i]!.map(({ model, inputs }, stage) => {
          const exit = firstExits[i]! + stage;
          return {
            model,
            inputs,
            exits: [{ exit, temperature: manifest.temperatures?.[exit - 1] ?? 1, logits: 'logits', features: 'features' }],
          };
        }),
      };
    }),
    needs,
    featuresNeeded: [...new Set(needs.flat().map((input) => exitOf(input)!))],
  };
}

function cumulativeMacs(networks: readonly Network[]): number[] {
  let before = 0;
  return networks.flatMap(({ exits }) => {
    const own = exits.map(({ macs }) => before + macs);
    before = own.at(-1)!;
    return own;
  });
}

/** Classes are leaves where a collection has several; one class a collection is the collection itself. */
function classMapOf({ collections, groups = [] }: Manifest, { classes }: Network): ClassMap {
  const keys = collections.map(({ key }) => key);
  const groupKeys = groups.map(({ key }) => key);
  const oneEach = new Set(classes.map(({ collection }) => collection)).size === classes.length;
  return {
    collections: keys,
    groups: groupKeys,
    groupOf: collections.map(({ group }) => (group === undefined ? -1 : groupKeys.indexOf(group))),
    collectionOf: classes.map(({ collection }) => keys.indexOf(collection)),
    leaves: oneEach ? null : classes.map(({ name }) => name),
  };
}

/** Puts a closer look behind a pack's networks. The result is a pack of its own, not calibrated: what was measured before says nothing of it. */
import { readFiles, readJson, readManifest } from './files.ts';
import { type GraphsNetwork, calibrationFiles, uncalibrated } from './manifest.ts';
import { readNetwork } from './network-json.ts';
import { refuseExisting, writePack } from './write.ts';

export interface JoinRequest {
  readonly pack: string; // folder
  readonly network: string; // path of NETWORK.json, its files beside it
  readonly to: string; // folder to be made
}

/**
 * @throws {PackError} `pack-damaged`; `graph` where the network's graphs do not fit or do not run; `pack-invalid` where a class belongs to no
 *   collection of the pack; {FileError} `target-exists` or `not-found`. Nothing is left at `to` then.
 */
export async function joinPack({ pack: folder, network: path, to }: JoinRequest): Promise<void> {
  await refuseExisting(to);
  const { manifest } = await readManifest(folder);
  const files = await readFiles(folder, manifest);
  for (const name of [...calibrationFiles, 'README.md']) files.delete(name); // the card is written anew
  const exits = manifest.networks.flatMap((network) => network.exits);
  const features = new Map(exits.map((exit, i) => [`exit${i + 1}.features`, exit.features]));
  const joined = await readNetwork(await readJson(path), path, features);
  const number = manifest.networks.length + 1;
  const network: GraphsNetwork = {
    ...joined.network,
    stages: joined.network.stages.map((stage) => {
      const file = files.has(stage.file) ? `network-${number}-${stage.file}` : stage.file;
      return { ...stage, file };
    }),
  };
  network.stages.forEach(({ file }, i) => files.set(file, joined.files.get(joined.network.stages[i]!.file)!));
  await writePack(to, { ...uncalibrated(manifest), networks: [...manifest.networks, network] }, files);
}

/** Puts a closer look behind a pack's networks. The result is a pack of its own, not calibrated: what was measured before says nothing of it. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isDrawing } from './calibration/index.ts';
import { readFiles, readJson, readManifest, readWhole } from './files.ts';
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
  for (const name of files.keys()) if (isMeasured(name)) files.delete(name); // the card is written anew
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
  await addNotice(files, join(dirname(path), noticeFile));
  await writePack(to, { ...uncalibrated(manifest), networks: [...manifest.networks, network] }, files);
}

const isMeasured = (file: string): boolean => [...calibrationFiles, 'README.md'].includes(file) || isDrawing(file);

/** What must be said of whose weights these are (Apache 2.0 asks for it). It stays with them: one beside NETWORK.json joins the pack's. */
const noticeFile = 'NOTICE';

async function addNotice(files: Map<string, Uint8Array>, path: string): Promise<void> {
  if (!existsSync(path)) return;
  const before = files.get(noticeFile);
  const notice = await readWhole(path);
  files.set(noticeFile, before === undefined ? notice : Buffer.concat([before, Buffer.from('\n'), notice]));
}

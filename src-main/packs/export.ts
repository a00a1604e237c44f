/**
 * Writes a pack's networks as ONNX files, one per stage, for other programs or to be taken back (`packs import`, `packs join`): each network
 * with its NETWORK.json and its labels, and where it is alone with the pack's calibration, so that it comes back as it was; in folders
 * `network-1`, `network-2` … where there is more than one.
 */
import { readFiles, readManifest } from './files.ts';
import { type Manifest, type Network, calibrationFiles, calibrationOf, isCalibrated } from './manifest.ts';
import { modelsOf } from './models.ts';
import { refuseExisting, writeFolder } from './write.ts';

/** Beside NETWORK.json: the fields of pack.json that calibration fills in. */
export const calibrationJson = 'calibration.json';

/**
 * @param folder of the pack
 * @param to folder to be made
 * @throws {PackError} as loadPack; {FileError} `target-exists`
 */
export async function exportOnnx(folder: string, to: string): Promise<void> {
  await refuseExisting(to);
  const { manifest } = await readManifest(folder);
  const files = await readFiles(folder, manifest);
  const exported = new Map<string, Uint8Array | string>();
  for (const [i, network] of manifest.networks.entries()) {
    const inside = manifest.networks.length === 1 ? '' : `network-${i + 1}/`;
    const { side, preprocessing, classes, exits } = network;
    const models = modelsOf(network, files);
    const stages = models.map(({ inputs }, stage) => ({ file: fileOf(network, stage), inputs }));
    models.forEach(({ model }, stage) => exported.set(`${inside}${fileOf(network, stage)}`, model));
    exported.set(`${inside}NETWORK.json`, json({ kind: 'graphs', side, preprocessing, classes, exits, stages }));
    exported.set(`${inside}labels.json`, json(labelsOf(manifest, network)));
  }
  if (manifest.networks.length === 1 && isCalibrated(manifest)) {
    exported.set(calibrationJson, json(calibrationOf(manifest)));
    for (const name of calibrationFiles) exported.set(name, files.get(name) ?? '');
  }
  await writeFolder(to, exported);
}

const fileOf = (network: Network, stage: number): string =>
  network.kind === 'ranet' ? `stage-${stage + 1}.onnx` : network.stages[stage]!.file;

/** In the form that `packs import --labels` takes. */
function labelsOf({ collections, groups = [] }: Manifest, { classes }: Network): object {
  return { leaves: classes.map(({ name, collection }) => ({ leaf: name, collection })), collections, groups };
}

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

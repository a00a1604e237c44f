/** Makes a pack with one network, from a checkpoint of the authors' code or from a network that `packs export` wrote. */
import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import * as v from 'valibot';
import { PackError } from '../contract/errors.ts';
import { macsOf, stageGraphs } from '../ranet/index.ts';
import { readCheckpoint } from '../ranet/checkpoint/index.ts';
import { type ForPeople, parseConfigFile } from './config-file.ts';
import { calibrationJson } from './export.ts';
import { looksLikeJson, readJson, readWhole } from './files.ts';
import { type Labels, parseLabels } from './labels.ts';
import { type ManifestDraft, type Network, calibrationFiles, format } from './manifest.ts';
import { readNetwork } from './network-json.ts';
import { parseAs } from './parse-manifest.ts';
import { writeSafetensors } from './safetensors.ts';
import { refuseExisting, writePack } from './write.ts';

export interface ImportRequest {
  readonly checkpoint: string; // path of a torch.save file, or of a NETWORK.json
  readonly config?: string | undefined; // path; needed for a checkpoint
  readonly labels?: string | undefined; // path; else those in the checkpoint, or labels.json beside NETWORK.json
  readonly to: string; // folder to be made
}

/**
 * @throws {PackError} from the checkpoint, the configuration, the labels or the graphs, naming what was expected of which tensor or field and
 *   what came; {FileError} `target-exists` or `not-found`. Nothing is left at `to` then.
 */
export async function importPack(request: ImportRequest): Promise<void> {
  await refuseExisting(request.to);
  await ((await looksLikeJson(request.checkpoint)) ? importGraphs(request) : importCheckpoint(request));
}

async function importCheckpoint({ checkpoint, config: configPath, labels: labelsPath, to }: ImportRequest): Promise<void> {
  if (configPath === undefined) {
    throw new PackError('no-config', `A checkpoint does not tell the RANet's configuration, so ${checkpoint} cannot be imported alone.`, {
      hint: 'Give it with --config FILE.',
    });
  }
  const { forPeople, config, preprocessing } = parseConfigFile(await readJson(configPath), configPath);
  const { weights, labels: own } = await readCheckpoint(checkpoint);
  const labels = labelsPath === undefined ? ownLabels(own, checkpoint) : parseLabels(await readJson(labelsPath));
  const { classes } = labels;
  if (classes.length !== config.numClasses) {
    throw new PackError('labels', `The RANet has ${config.numClasses} classes, but ${labelsPath ?? checkpoint} labels ${classes.length}.`, {
      hint: 'Labels must be those of the training, one per class, in its order.',
    });
  }
  const macs = macsOf(config);
  const exits = stageGraphs(config, weights).map(({ features }, i) => ({ macs: macs[i]!, features }));
  const network: Network = {
    kind: 'ranet',
    side: config.inputSize,
    preprocessing,
    classes,
    exits,
    config: { ...config },
    weights: 'ranet.safetensors',
  };
  const draft = draftOf({ name: basename(resolve(to)), source: basename(checkpoint) }, forPeople, labels, network);
  await writePack(to, draft, new Map([['ranet.safetensors', writeSafetensors(weights)]]));
}

async function importGraphs({ checkpoint: path, labels: labelsPath, to }: ImportRequest): Promise<void> {
  const beside = (name: string): string => join(dirname(path), name);
  const { network, files } = await readNetwork(await readJson(path), path, new Map());
  const labels = parseLabels(await readJson(labelsPath ?? beside('labels.json')));
  const draft = draftOf({ name: basename(resolve(to)), source: basename(path) }, {}, labels, network);
  if (!existsSync(beside(calibrationJson))) {
    await writePack(to, draft, files);
    return;
  }
  const calibration = parseAs(v.record(v.string(), v.unknown()), await readJson(beside(calibrationJson)), beside(calibrationJson));
  for (const name of calibrationFiles) files.set(name, await readWhole(beside(name)));
  await writePack(to, { ...draft, ...calibration }, files); // which checks the fields with all others
}

function ownLabels(labels: readonly string[] | null, checkpoint: string): Labels {
  if (labels !== null) return parseLabels(labels);
  throw new PackError('labels', `${checkpoint} holds no labels, so its classes have no names.`, { hint: 'Give them with --labels FILE.' });
}

/** @param otherwise the name and source of a pack that is not told them */
function draftOf(
  otherwise: { name: string; source: string },
  { name = otherwise.name, title = name, version = '1', licence = 'not stated', source = otherwise.source }: ForPeople,
  { collections, groups }: Labels,
  network: Network,
): ManifestDraft {
  return {
    format,
    name,
    version,
    title,
    licence,
    source,
    collections,
    ...(groups.length > 0 && { groups }),
    networks: [network],
  };
}

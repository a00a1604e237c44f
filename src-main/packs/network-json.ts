/**
 * NETWORK.json: one `graphs` network outside a pack, with its ONNX files beside it, as `packs export` writes and `packs join` and
 * `packs import` read it. What it says of its exits is found out anew by running it.
 */
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import { PackError } from '../contract/errors.ts';
import { readWhole } from './files.ts';
import { checkGraphs } from './graphs.ts';
import { type GraphsNetwork, Stage, exitOf, looksAt } from './manifest.ts';
import { parseAs } from './parse-manifest.ts';
import { tryGraphs } from './try-graphs.ts';

const NetworkJson = v.strictObject({
  kind: v.literal('graphs'),
  ...looksAt,
  exits: v.optional(v.unknown()),
  stages: v.pipe(v.array(Stage), v.minLength(1)),
});

/**
 * @param value of NETWORK.json
 * @param path of NETWORK.json, whose folder holds the files
 * @param features `exitK.features` of the networks before, and their lengths
 * @returns the network as pack.json lists it, and its files by name
 * @throws {PackError} `pack-invalid` or `graph`; {FileError} for a stage that is not there
 */
export async function readNetwork(
  value: unknown,
  path: string,
  features: ReadonlyMap<string, number>,
): Promise<{ network: GraphsNetwork; files: Map<string, Uint8Array> }> {
  const network = parseAs(NetworkJson, value, path);
  const { side, classes } = network;
  const files = new Map<string, Uint8Array>();
  for (const { file } of network.stages) files.set(file, await readWhole(join(dirname(path), file)));
  const stages = network.stages.map(({ file, inputs }) => ({ file, bytes: files.get(file)!, inputs }));
  const models = checkGraphs(stages, side);
  for (const { file, inputs } of stages) {
    const unknown = inputs.find((input) => exitOf(input) !== null && !features.has(input));
    if (unknown === undefined) continue;
    const there = features.size === 0 ? 'there is no network before it' : `the networks before it have ${features.size} exits`;
    throw new PackError('graph', `${file}: its input "${unknown}" is of no earlier exit; ${there}.`);
  }
  const exits = await tryGraphs({ stages, models, side, classes: classes.length, features });
  return { network: { ...network, exits }, files };
}

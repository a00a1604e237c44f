/**
 * The three packs that whatever runs packs is tested with, so that nothing knows one pack's sizes, exits or labels: `photos32` (collections
 * as classes, crops from a larger picture), `photos64` (the pack that ships) and `joined`, with three networks of both kinds.
 *
 * `joined`: photos32 first; behind it the first network of the shipped pack, exported and taken back as graphs; behind that a graph of three
 * lines, which looks at no picture but at the feature vectors of the last exits of both, and lets the first sway the second (pack.md,
 * "a second opinion on collections").
 */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exportOnnx, joinPack, loadPack, readFiles } from '../../../src-main/packs/index.ts';
import type { Network, Pack } from '../../../src-main/packs/index.ts';
import { readSafetensors } from '../../../src-main/packs/safetensors.ts';
import type { Tensor } from '../../../src-main/ranet/index.ts';
import { graph } from '../network/graphs.ts';

export interface FixturePacks {
  readonly photos32: string; // folders
  readonly photos64: string;
  readonly joined: string;
}

export const photos32 = fileURLToPath(new URL('../../fixtures/packs/photos32', import.meta.url));
export const photos64 = fileURLToPath(new URL('../../../models/photos', import.meta.url));
export const secondOpinionWeight = 0.5;

let made: Promise<FixturePacks> | undefined;

/** Made once per process, in a temporary folder that goes with it. */
export const fixturePacks = (): Promise<FixturePacks> => (made ??= make());

async function make(): Promise<FixturePacks> {
  const folder = mkdtempSync(join(tmpdir(), 'squint-fixture-packs-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const [exported, two, head, joined] = ['exported', 'two', 'head', 'joined'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
    string,
  ];
  await exportOnnx(photos64, exported);
  const first = join(exported, 'network-1', 'NETWORK.json');
  await joinPack({ pack: photos32, network: existsSync(first) ? first : join(exported, 'NETWORK.json'), to: two });
  await writeSecondOpinion(head);
  await joinPack({ pack: two, network: join(head, 'NETWORK.json'), to: joined });
  return { photos32, photos64, joined };
}

/** logits = own logits of the finer network + weight × those of the coarser one, its collections spread over the finer one's classes. */
async function writeSecondOpinion(folder: string): Promise<void> {
  const coarse = await lastExitOf(await loadPack(photos32));
  const fine = await lastExitOf(await loadPack(photos64));
  const classes = fine.network.classes.map(({ collection }) => coarse.network.classes.findIndex((own) => own.collection === collection));
  const row = ({ weight: { shape, data } }: LastExit, i: number): Float32Array => data.subarray(i * shape[1]!, (i + 1) * shape[1]!);
  const swayed = (values: Float32Array): number[] => Array.from(values, (x) => secondOpinionWeight * x);
  const weights = classes.flatMap((ofCoarse, ofFine) => [...swayed(row(coarse, ofCoarse)), ...row(fine, ofFine)]);
  const biases = classes.map((ofCoarse, ofFine) => fine.bias.data[ofFine]! + secondOpinionWeight * coarse.bias.data[ofCoarse]!);
  const names = [`exit${coarse.network.exits.length}.features`, `exit${coarse.network.exits.length + fine.network.exits.length}.features`];
  const lengths = [coarse.weight.shape[1]!, fine.weight.shape[1]!] as const;
  const length = lengths[0] + lengths[1];
  mkdirSync(folder);
  writeFileSync(
    join(folder, 'head.onnx'),
    graph({
      nodes: [
        ['Concat', names, ['features']],
        ['Gemm', ['features', 'weights', 'biases'], ['logits']],
      ],
      constants: {
        weights: { shape: [length, classes.length], values: transposed(weights, classes.length, length) },
        biases: { shape: [classes.length], values: biases },
      },
      inputs: { [names[0]!]: [lengths[0]], [names[1]!]: [lengths[1]] },
      outputs: { logits: [classes.length], features: [length] },
    }),
  );
  const { side, preprocessing } = fine.network;
  const network = { kind: 'graphs', side, preprocessing, classes: fine.network.classes, stages: [{ file: 'head.onnx', inputs: names }] };
  writeFileSync(join(folder, 'NETWORK.json'), JSON.stringify(network));
}

interface LastExit {
  readonly network: Network;
  readonly weight: Tensor; // [classes, features]
  readonly bias: Tensor;
}

/** The linear layer of the last exit of a pack's first network, a RANet. */
async function lastExitOf({ folder, manifest }: Pack): Promise<LastExit> {
  const network = manifest.networks[0]!;
  if (network.kind !== 'ranet') throw new Error(`the first network of ${folder} should be a RANet`);
  const weights = readSafetensors((await readFiles(folder, manifest)).get(network.weights)!, network.weights);
  const linear = `classifier.${network.exits.length - 1}.linear`;
  return { network, weight: weights.get(`${linear}.weight`)!, bias: weights.get(`${linear}.bias`)! };
}

const transposed = (values: readonly number[], rows: number, columns: number): number[] =>
  Array.from({ length: rows * columns }, (_, i) => values[(i % rows) * columns + Math.floor(i / rows)]!);

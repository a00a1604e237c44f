/** Whether a pack is what it was: every file held against pack.json, then its graphs run once. For `packs verify`, which tells all it finds. */
import { toProblem } from '../contract/errors.ts';
import { checkGraphs } from './graphs.ts';
import { readFiles, readListed, readManifest } from './files.ts';
import type { Manifest } from './manifest.ts';
import { modelsOf } from './models.ts';
import { tryGraphs } from './try-graphs.ts';

export interface Fault {
  readonly file: string | null; // null where it is not one file's
  readonly message: string;
}

/** @returns nothing for a sound pack */
export async function verifyPack(folder: string): Promise<Fault[]> {
  const found: Fault[] = [];
  const note = async (file: string | null, check: () => Promise<unknown>): Promise<void> => {
    try {
      await check();
    } catch (error) {
      found.push({ file, message: toProblem(error).message });
    }
  };
  let manifest: Manifest | undefined;
  await note('pack.json', async () => ({ manifest } = await readManifest(folder)));
  if (manifest === undefined) return found;
  for (const [file, expected] of Object.entries(manifest.files)) await note(file, () => readListed(folder, file, expected));
  if (found.length === 0) await note(null, () => runAll(folder, manifest!));
  return found;
}

async function runAll(folder: string, manifest: Manifest): Promise<void> {
  const files = await readFiles(folder, manifest);
  const features = new Map<string, number>();
  for (const network of manifest.networks) {
    const stages = modelsOf(network, files).map(({ model, inputs }, i) => ({
      file: network.kind === 'ranet' ? `stage ${i + 1} of ${network.weights}` : network.stages[i]!.file,
      bytes: model,
      inputs,
    }));
    const { side, classes } = network;
    await tryGraphs({ stages, models: checkGraphs(stages, side), side, classes: classes.length, features });
    for (const exit of network.exits) features.set(`exit${features.size + 1}.features`, exit.features);
  }
}

/** A pack's first network as one graph with all exits: what the staged run is held against, in figures and in speed. */
import { PackError } from '../contract/errors.ts';
import type { NetworkPlan } from '../network/protocol.ts';
import { readFiles } from './files.ts';
import type { Pack } from './load.ts';
import { unsplitModelOf } from './models.ts';

/**
 * The plan of the first network with a single stage.
 *
 * @throws {PackError} `no-unsplit` for a network that comes as stage files
 */
export async function unsplitPlan({ folder, manifest, networks }: Pack): Promise<NetworkPlan> {
  const [network] = manifest.networks;
  const [plan] = networks;
  if (network?.kind !== 'ranet' || !plan) {
    throw new PackError(
      'no-unsplit',
      `The first network of "${manifest.title}" comes as one file per stage, so there is no unsplit graph of it.`,
    );
  }
  const model = unsplitModelOf(network, await readFiles(folder, manifest));
  const exits = plan.stages
    .flatMap((stage) => stage.exits)
    .map((exit) => ({ ...exit, logits: `exit${exit.exit}.logits`, features: `exit${exit.exit}.features` }));
  return { ...plan, stages: [{ model, inputs: ['picture'], exits }] };
}

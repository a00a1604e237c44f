/** A made pack of two networks with three exits, and photos whose logits are known. */
import type { Cost, Costs, Observation } from '../../../../src-main/packs/calibration/index.ts';
import type { ClassMap } from '../../../../src-main/policy/index.ts';

const collections = ['cats', 'dogs', 'rocks'];
const groups = ['animals', 'things'];
const groupOf = [0, 0, 1];

/** The first network has two leaves of cats, the second the collections themselves. */
const leaves: ClassMap = { collections, groups, groupOf, collectionOf: [0, 0, 1, 2], leaves: ['tabby', 'lynx', 'poodle', 'granite'] };
const plain: ClassMap = { collections, groups, groupOf, collectionOf: [0, 1, 2], leaves: null };
export const classesAt = [leaves, leaves, plain];

export const costs: Costs = {
  exits: [cost(1e6, 1, 2, [1, 0]), cost(2e6, 2, 2, [1, 0]), cost(9e6, 6, 27, [1, 1])],
  full: cost(9e6, 6, 25, [0, 1]),
};

function cost(macs: number, network: number, read: number, [preview, scaled]: [number, number]): Cost {
  const joules = (network + read) / 100;
  return {
    macs,
    milliseconds: { network, read },
    joules: { typical: joules, low: joules / 2, high: joules * 2 },
    rungs: { preview, scaled, full: 0 },
  };
}

/** @param probabilities per exit, of each collection; the leaves of cats share theirs */
export const observation = (id: string, truth: string, probabilities: number[][], source: string | null = null): Observation => ({
  id,
  truth,
  source,
  logits: probabilities.map(([cats, dogs, rocks], k) =>
    Float32Array.from(k < 2 ? [cats! / 2, cats! / 2, dogs!, rocks!] : [cats!, dogs!, rocks!], Math.log),
  ),
});

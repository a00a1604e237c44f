/**
 * One temperature per exit, so that a confidence of 0.9 is right nine times in ten.
 *
 * A network trained to the end is too sure of itself. Its logits are divided by the temperature at which the true collections of the
 * fitting photos are likeliest: decisions are made on collections, so their probability is what has to be calibrated, not the leaf's.
 */
import type { ClassMap } from './opinion.ts';

const lowest = Math.log(0.25);
const highest = Math.log(8);

/**
 * The temperature, in 0.25 … 8, of least mean negative log likelihood of the true collections. A grid finds the valley (over sums of
 * classes there may be several), golden section its floor. 1 where no photo's collection is among the network's classes.
 *
 * @param logits per photo, one per class
 * @param truth per photo, an index into `classes.collections`
 */
export function fitTemperature(logits: readonly Float32Array[], truth: readonly number[], classes: ClassMap): number {
  const classesOf = classes.collections.map((_, c) => [...classes.collectionOf.keys()].filter((i) => classes.collectionOf[i] === c));
  const known = [...truth.keys()].filter((photo) => classesOf[truth[photo]!]!.length > 0);
  if (known.length === 0) return 1;
  const loss = (logOfT: number): number =>
    known.reduce((sum, photo) => sum - logLikelihood(logits[photo]!, classesOf[truth[photo]!]!, Math.exp(logOfT)), 0) / known.length;

  const steps = 14;
  const grid = Array.from({ length: steps + 1 }, (_, i) => lowest + ((highest - lowest) * i) / steps);
  const losses = grid.map(loss);
  const at = losses.indexOf(Math.min(...losses));
  return Math.exp(goldenSection(loss, grid[Math.max(0, at - 1)]!, grid[Math.min(steps, at + 1)]!, 1e-4));
}

/** Log of the summed softmax probability of some classes; finite however unlikely they are. */
function logLikelihood(logits: Float32Array, ofCollection: readonly number[], temperature: number): number {
  let largest = -Infinity;
  for (const z of logits) if (z > largest) largest = z;
  let all = 0;
  for (const z of logits) all += Math.exp((z - largest) / temperature);
  let largestOfCollection = -Infinity;
  for (const i of ofCollection) if (logits[i]! > largestOfCollection) largestOfCollection = logits[i]!;
  let collection = 0;
  for (const i of ofCollection) collection += Math.exp((logits[i]! - largestOfCollection) / temperature);
  return (largestOfCollection - largest) / temperature + Math.log(collection) - Math.log(all);
}

/** Where a function of one valley between low and high is least, to within the tolerance. */
function goldenSection(f: (x: number) => number, low: number, high: number, tolerance: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let left = high - ratio * (high - low);
  let right = low + ratio * (high - low);
  let atLeft = f(left);
  let atRight = f(right);
  while (high - low > tolerance) {
    if (atLeft <= atRight) {
      high = right;
      right = left;
      atRight = atLeft;
      left = high - ratio * (high - low);
      atLeft = f(left);
    } else {
      low = left;
      left = right;
      atLeft = atRight;
      right = low + ratio * (high - low);
      atRight = f(right);
    }
  }
  return (low + high) / 2;
}

/**
 * What one exit thinks of one photo.
 *
 * An exit gives one logit per class. Divided by the exit's temperature, a softmax gives calibrated probabilities; a collection's
 * confidence is the sum over its classes, a group's the sum over its collections.
 */
import { softmax } from './softmax.ts';

/** How the classes of one network map to the pack's collections and groups. */
export interface ClassMap {
  readonly collections: readonly string[]; // keys, in the pack's order
  readonly groups: readonly string[]; // keys; empty where the pack has none
  readonly groupOf: readonly number[]; // per collection, an index into groups; -1 where it has none
  readonly collectionOf: readonly number[]; // per logit, an index into collections
  readonly leaves: readonly string[] | null; // per logit; null where the classes are the collections themselves
}

export interface Guess {
  readonly leaf: string | null;
  readonly top: readonly { readonly collection: string; readonly confidence: number }[]; // best first, at most three
  readonly group: { readonly key: string; readonly confidence: number } | null; // the likeliest group, not always that of the best collection
}

/**
 * Probability of each collection at an exit, adding up to 1.
 *
 * @param logits one per class, in the order of `classes.collectionOf`
 * @param temperature > 0; 1 leaves the logits as they are
 */
export function collectionProbabilities(logits: Float32Array, temperature: number, classes: ClassMap): Float64Array {
  return sumOver(softmax(logits, temperature), classes.collectionOf, classes.collections.length);
}

/** @see collectionProbabilities for the arguments. Confidences are rounded to float32, the precision in which thresholds are solved. */
export function guessAt(logits: Float32Array, temperature: number, classes: ClassMap): Guess {
  const ofClass = softmax(logits, temperature);
  const ofCollection = sumOver(ofClass, classes.collectionOf, classes.collections.length);
  const top = indicesOfLargest(ofCollection, 3).map((i) => ({
    collection: classes.collections[i]!,
    confidence: confidence(ofCollection[i]!),
  }));
  const leaf = classes.leaves === null ? null : classes.leaves[indicesOfLargest(ofClass, 1)[0]!]!;
  if (classes.groups.length === 0) return { leaf, top, group: null };
  const ofGroup = sumOver(ofCollection, classes.groupOf, classes.groups.length);
  const g = indicesOfLargest(ofGroup, 1)[0]!;
  return { leaf, top, group: { key: classes.groups[g]!, confidence: confidence(ofGroup[g]!) } };
}

const confidence = (p: number): number => Math.min(1, Math.fround(p));

/** Adds the values up by the part they belong to; a part of -1 is left out. Plain loops: this runs at every exit of every photo. */
function sumOver(values: Float64Array, partOf: readonly number[], parts: number): Float64Array {
  const sums = new Float64Array(parts);
  for (let i = 0; i < values.length; i++) {
    const part = partOf[i]!;
    if (part >= 0) sums[part]! += values[i]!;
  }
  return sums;
}

/** Positions of the n largest values, largest first; the earlier of equal ones first. */
function indicesOfLargest(values: Float64Array, n: number): number[] {
  const found: number[] = [];
  for (let i = 0; i < values.length; i++) {
    if (found.length === n && values[i]! <= values[found[n - 1]!]!) continue;
    let at = found.length;
    while (at > 0 && values[i]! > values[found[at - 1]!]!) at -= 1;
    found.splice(at, 0, i);
    if (found.length > n) found.pop();
  }
  return found;
}

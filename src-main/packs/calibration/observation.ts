/**
 * A labelled photo with what every exit of the pack thinks of it: logits as the network gave them, then opinions at given temperatures.
 *
 * The engine runs the photos with nobody leaving early; a photo that failed at any exit is not among them.
 */
import { guessAt, type ClassMap, type ExitTable } from '../../policy/index.ts';

export interface Observation {
  readonly id: string;
  readonly truth: string; // key of the true collection
  readonly source: string | null; // where the data says that the photo comes from
  readonly logits: readonly Float32Array[]; // per exit of the pack, one per class of its network
}

/** A line of calibration.tsv. */
export interface Judged {
  readonly photo: string;
  readonly truth: string;
  readonly opinions: readonly { readonly collection: string; readonly confidence: number }[]; // per exit, the best; float32
}

/** With what only the logits tell. */
export interface JudgedInFull extends Judged {
  readonly source: string | null;
  readonly group: { readonly right: boolean; readonly confidence: number } | null; // the likeliest group at the last exit; null where the pack has none
}

/** @param classesAt per exit of the pack, the classes of its network */
export function judge(
  observations: readonly Observation[],
  temperatures: readonly number[],
  classesAt: readonly ClassMap[],
): JudgedInFull[] {
  const last = classesAt.at(-1)!;
  return observations.map(({ id, truth, source, logits }) => {
    const guesses = logits.map((z, k) => guessAt(z, temperatures[k]!, classesAt[k]!));
    const group = guesses.at(-1)!.group;
    const trueGroup = last.groups[last.groupOf[last.collections.indexOf(truth)]!];
    return {
      photo: id,
      truth,
      source,
      opinions: guesses.map(({ top }) => top[0]!),
      group: group && { right: group.key === trueGroup, confidence: group.confidence },
    };
  });
}

export function exitTableOf(photos: readonly Judged[]): ExitTable {
  const exits = [...photos[0]!.opinions.keys()];
  return {
    photos: photos.length,
    confidence: exits.map((k) => Float32Array.from(photos, ({ opinions }) => opinions[k]!.confidence)),
    correct: exits.map((k) => Uint8Array.from(photos, ({ opinions, truth }) => (opinions[k]!.collection === truth ? 1 : 0))),
  };
}

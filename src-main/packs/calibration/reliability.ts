/**
 * Are confidences honest? Photos in ten bins of equal count by confidence: the calibration error is the mean distance between a bin's
 * mean confidence and its share of right photos.
 *
 * Even a perfectly calibrated network shows some, the more the fewer the photos. So beside it stands the band that such a network, with
 * these very confidences, would show in 95 of 100 drawings of the photos.
 */
export interface Reliability {
  readonly error: number; // 0 … 1
  readonly band: { readonly low: number; readonly high: number }; // 2.5 % and 97.5 % quantile of a perfect network's error
  readonly bins: readonly Bin[]; // from the least sure; fewer than ten where there are fewer photos
}

export interface Bin {
  readonly photos: number;
  readonly confidence: number; // mean
  readonly right: number; // share
  readonly band: { readonly low: number; readonly high: number }; // where the share of a perfect network lies in 95 of 100 drawings
}

const bins = 10;
const drawings = 1000;

/** @param right per photo, 1 where the opinion is right */
export function reliability(confidence: Float32Array, right: Uint8Array): Reliability {
  const order = [...confidence.keys()].sort((a, b) => confidence[a]! - confidence[b]! || a - b);
  const sorted = order.map((i) => confidence[i]!);
  const random = seeded(20200614);
  const drawn = Array.from({ length: drawings }, () => {
    const made = binsOf(
      sorted,
      sorted.map((c) => (random() < c ? 1 : 0)),
    );
    return { error: errorOf(made), shares: made.map((bin) => bin.right) };
  });
  const found = binsOf(
    sorted,
    order.map((i) => right[i]!),
  );
  return {
    error: errorOf(found),
    band: middleOf(drawn.map(({ error }) => error)),
    bins: found.map((bin, b) => ({ ...bin, band: middleOf(drawn.map(({ shares }) => shares[b]!)) })),
  };
}

/** The 2.5 % and 97.5 % quantiles of the drawings. */
function middleOf(values: readonly number[]): { low: number; high: number } {
  const rising = values.toSorted((a, b) => a - b);
  return { low: rising[Math.floor(0.025 * drawings)]!, high: rising[Math.ceil(0.975 * drawings) - 1]! };
}

type Counted = Omit<Bin, 'band'>;

function errorOf(counted: readonly Counted[]): number {
  const photos = counted.reduce((sum, bin) => sum + bin.photos, 0);
  return counted.reduce((sum, bin) => sum + (bin.photos * Math.abs(bin.confidence - bin.right)) / photos, 0);
}

/** The photos come sorted; the counts of the bins differ by one at most. */
function binsOf(confidence: readonly number[], right: readonly number[]): Counted[] {
  const mean = (values: readonly number[], from: number, to: number): number => {
    let sum = 0;
    for (let i = from; i < to; i++) sum += values[i]!;
    return sum / (to - from);
  };
  const n = right.length;
  return Array.from({ length: bins }, (_, b) => [Math.floor((b * n) / bins), Math.floor(((b + 1) * n) / bins)] as const)
    .filter(([from, to]) => to > from)
    .map(([from, to]) => ({ photos: to - from, confidence: mean(confidence, from, to), right: mean(right, from, to) }));
}

/** mulberry32: numbers in [0, 1), the same on every run, so that a figure can be reproduced. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A share of some photos, with the range in which the share of all such photos lies (Wilson's 95 % interval). */
export interface Proportion {
  readonly share: number; // 0 … 1, as are low and high
  readonly low: number;
  readonly high: number;
  readonly of: number; // photos
}

const z = 1.959963984540054; // 97.5 % quantile of the normal distribution

/** Null where there is no photo to have a share of. */
export function proportion(count: number, of: number): Proportion | null {
  if (of === 0) return null;
  const share = count / of;
  const scale = 1 + z ** 2 / of;
  const middle = (share + z ** 2 / (2 * of)) / scale;
  const half = (z * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2))) / scale;
  return { share, low: Math.max(0, middle - half), high: Math.min(1, middle + half), of };
}

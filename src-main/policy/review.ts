/**
 * From which confidence on enough of the photos are right: the review thresholds.
 *
 * `review` is solved on all photos at the last exit, with the best collection; `groupReview` on those of them that stay below `review`,
 * with the likeliest group.
 */
/** Of the photos that are sorted at least this share shall be right, in collections and in groups' piles alike. */
export const rightAmongSorted = 0.93;

/**
 * The smallest of the confidences such that at least `share` of the photos that reach it are right; 1 where there is none.
 *
 * @param right per photo, 1 where it is
 */
export function smallestThreshold(confidence: Float32Array, right: Uint8Array, share: number): number {
  const order = [...confidence.keys()].sort((a, b) => confidence[b]! - confidence[a]!);
  let threshold = 1;
  let rightSoFar = 0;
  order.forEach((i, n) => {
    rightSoFar += right[i]!;
    const next = order[n + 1];
    const complete = next === undefined || confidence[next]! < confidence[i]!; // those that tie are sorted together
    if (complete && rightSoFar >= share * (n + 1)) threshold = confidence[i]!;
  });
  return threshold;
}

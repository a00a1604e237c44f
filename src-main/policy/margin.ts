/**
 * Photos of other sources than the labelled ones deceive a network more often: at the same confidence fewer of its opinions are right. So
 * a threshold that was solved on labelled photos may be raised by a margin before it meets a stranger's.
 *
 * The margin is counted in log-odds, where a confidence near 1 moves as little as it must: 1.6 more make 0.90 of a threshold into 0.98 and
 * 0.99 into 0.998. It is measured elsewhere (models/training), on sources that a network has not seen.
 */

/** The threshold, a confidence, with a margin in log-odds added; 1 and above, which nobody reaches, stay as they are. */
export function withMargin(threshold: number, margin: number): number {
  if (threshold <= 0 || threshold >= 1) return threshold;
  return 1 / (1 + ((1 - threshold) / threshold) * Math.exp(-margin));
}

/**
 * Many photos at once: a bounded number is under way, so that reading and inference overlap and memory does not grow with the library.
 */
import { SquintError } from '../contract/errors.ts';
import type { Outcome } from './photo.ts';

const photosUnderWay = 48; // three batches: one at the network, one waiting for it, one being read; about 200 kB of pixels each

/**
 * Leads every photo to its outcome and tells each exactly once, in the order in which they stand.
 * Stops taking photos when the signal is given; those that had not begun get no outcome.
 *
 * @throws what makes the run impossible, such as a network that does not start
 */
export async function runPhotos(
  paths: Iterable<string>,
  lead: (path: string) => Promise<Outcome>,
  tell: (outcome: Outcome) => void,
  signal: AbortSignal,
): Promise<void> {
  const underWay = new Set<Promise<void>>();
  const failure = new AbortController();
  const follow = async (path: string): Promise<void> => {
    try {
      tell(await lead(path));
    } catch (error) {
      if (!(error instanceof SquintError && error.code === 'stopped')) failure.abort(error);
    }
  };
  for (const path of paths) {
    if (signal.aborted || failure.signal.aborted) break;
    const following = follow(path).finally(() => underWay.delete(following));
    underWay.add(following);
    if (underWay.size >= photosUnderWay) await Promise.race(underWay);
  }
  await Promise.all(underWay);
  failure.signal.throwIfAborted();
}

/**
 * Many photos at once: a bounded number is under way, so that reading and inference overlap and memory does not grow with the library.
 */
import { SquintError } from '../contract/errors.ts';

const photosUnderWay = 48; // three batches: one at the network, one waiting for it, one being read; about 200 kB of pixels each

/**
 * Leads every photo to its outcome and tells each exactly once, beginning them in the order in which they stand.
 * Stops taking photos when the signal is given; those that had not begun get no outcome.
 *
 * @param photos may still be growing: they are asked for one at a time, when there is room
 * @throws what makes the run impossible, such as a network that does not start
 */
export async function runPhotos<Photo, Outcome>(
  photos: Iterable<Photo> | AsyncIterable<Photo>,
  lead: (photo: Photo) => Promise<Outcome>,
  tell: (outcome: Outcome, photo: Photo) => void,
  signal: AbortSignal,
): Promise<void> {
  const underWay = new Set<Promise<void>>();
  const failure = new AbortController();
  const follow = async (photo: Photo): Promise<void> => {
    try {
      tell(await lead(photo), photo);
    } catch (error) {
      if (!(error instanceof SquintError && error.code === 'stopped')) failure.abort(error);
    }
  };
  for await (const photo of photos) {
    if (signal.aborted || failure.signal.aborted) break;
    const following = follow(photo).finally(() => underWay.delete(following));
    underWay.add(following);
    if (underWay.size >= photosUnderWay) await Promise.race(underWay);
  }
  await Promise.all(underWay);
  failure.signal.throwIfAborted();
}

/**
 * From one square of the photo to the pictures that the networks see. The square is made at the largest size that is wanted and possible,
 * and every smaller picture from that square, so that a picture does not depend on the others that were asked for along the way.
 */
import sharp from 'sharp';
import type { PictureSize } from './protocol.ts';

/** The centre square of the upright photo. */
export interface Square {
  readonly rgb: Uint8Array; // side × side × 3, row by row
  readonly side: number; // pixels; the short side of the photo was brought to this
}

/** The largest `short` among the wanted pictures that is at most `short` pixels; 0 if none is. */
export const largestWithin = (wanted: readonly PictureSize[], short: number): number =>
  Math.max(0, ...wanted.map((picture) => picture.short).filter((length) => length <= short));

/** One picture per wanted size: the square brought to its `short`, the centre cut out; null where the square is smaller. */
export function picturesOf(square: Square, wanted: readonly PictureSize[]): Promise<(Uint8Array | null)[]> {
  return Promise.all(
    wanted.map(async ({ short, side }) => {
      if (short > square.side) return null;
      const rgb = short === square.side ? square.rgb : await resized(square, short);
      return centre(rgb, short, side);
    }),
  );
}

function resized({ rgb, side }: Square, to: number): Promise<Uint8Array> {
  const raw = { width: side, height: side, channels: 3 } as const;
  return sharp(rgb, { raw }).resize(to, to, { kernel: 'lanczos3' }).raw().toBuffer();
}

/** The middle `side` × `side` of a square of `from` × `from`, in an array of its own. */
function centre(rgb: Uint8Array, from: number, side: number): Uint8Array {
  const offset = Math.floor((from - side) / 2);
  const picture = new Uint8Array(side * side * 3);
  for (let y = 0; y < side; y++) {
    const start = ((y + offset) * from + offset) * 3;
    picture.set(rgb.subarray(start, start + side * 3), y * side * 3);
  }
  return picture;
}

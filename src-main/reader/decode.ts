/**
 * The second and third rung: a decode of the picture itself. `scaled` lets the decoder leave out pixels that nobody asked for (JPEG, WebP);
 * `full` decodes every one.
 */
import { writeFile } from 'node:fs/promises';
import type { Sharp } from 'sharp';
import type { Rung } from '../contract/events.ts';
import { draw, openPicture } from './draw.ts';
import type { Square } from './pictures.ts';
import type { Stamp, Want } from './protocol.ts';
import { thumbnail } from './render.ts';
import type { Format } from './sniff.ts';
import { stampIn } from './stamp.ts';

export interface Decoded extends Stamp {
  readonly square: Square;
  readonly rung: Exclude<Rung, 'preview'>;
  readonly width: number; // of the upright photo
  readonly height: number;
  readonly enlarged: boolean;
  readonly damaged: boolean;
  readonly thumbnail: boolean; // whether it was written too
}

/**
 * Decodes a file to the square at the largest `short` that is wanted. A photo with fewer pixels is enlarged.
 *
 * @throws {FileError} `too-large`, `damaged`
 */
export async function decode(path: string, format: Format, want: Want): Promise<Decoded> {
  const picture = await openPicture(path, format);
  const { width, height } = picture;
  const side = Math.max(...want.pictures.map(({ short }) => short));
  const enlarged = Math.min(width, height) < side;
  const everyPixel = want.from === 'full' || enlarged;
  const square = {
    // sharp leaves out pixels on loading only where no gamma is asked for; 1 is the gamma that changes nothing.
    shape: (image: Sharp) => (everyPixel ? image.gamma(1, 1) : image).resize(side, side, { fit: 'cover', kernel: 'lanczos3' }),
    finish: (image: Sharp) => image.raw().toBuffer(),
  };
  const { drawn, damaged, besides } = await draw(picture, square, { everyPixel }, want.thumbnail === undefined ? undefined : thumbnail);
  return {
    square: { rgb: drawn, side },
    rung: everyPixel ? 'full' : 'scaled',
    width,
    height,
    enlarged,
    damaged,
    ...stampIn(picture.about.exif),
    thumbnail: besides !== null && want.thumbnail !== undefined && (await isWritten(want.thumbnail, besides)),
  };
}

/** That a thumbnail cannot be kept is no reason not to read the photo. */
const isWritten = (to: string, bytes: Buffer): Promise<boolean> =>
  writeFile(to, bytes).then(
    () => true,
    () => false,
  );

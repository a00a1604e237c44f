/**
 * Pictures for people, drawn from a decode, as the bytes of a file: the thumbnail, the loupe's picture, every pixel.
 *
 * WebP for what is small and kept long (18 kB and 6 ms of CPU beside the decode's 22, at 12 megapixels), JPEG for what is large and seen at
 * once: fitted into 2,560 pixels it takes 35 ms less than the quickest WebP.
 */
import type { Sharp } from 'sharp';
import { type Drawing, type Opened, draw, millions, openPicture, pixelsOf } from './draw.ts';
import { unreadable } from './problems.ts';
import type { Make } from './protocol.ts';
import type { Format } from './sniff.ts';

/** The long side of a thumbnail and the longest of a picture fitted into a screen; pixels. */
const thumbnailSide = 512;
const longestFitted = 2560;

/** Every pixel of a larger picture takes a page's memory and seconds to write. */
const largestFull = 60e6;

/** An effort of 2 is the last that costs nothing to speak of: 3 takes 8 ms more for 4 % fewer bytes. */
export const webp = { quality: 80, effort: 2 } as const;

/** Tables made for the very picture would save 7 % of the bytes for twice the time (168 ms instead of 79) and 6 bytes of memory a pixel. */
const jpeg = { quality: 90, optimiseCoding: false } as const;

/** Pictures are never enlarged: that is for the screen to do. */
const within = (image: Sharp, width: number, height: number): Sharp =>
  image.resize(width, height, { fit: 'inside', withoutEnlargement: true, kernel: 'lanczos3' });

export const thumbnail: Drawing<Buffer> = {
  shape: (image) => within(image, thumbnailSide, thumbnailSide),
  finish: (image) => image.webp(webp).toBuffer(),
};

const fitted = (width: number, height: number): Drawing<Buffer> => ({
  shape: (image) => within(image, Math.min(width, longestFitted), Math.min(height, longestFitted)),
  finish: (image) => image.jpeg(jpeg).toBuffer(),
});

const full: Drawing<Buffer> = {
  shape: (image) => image,
  finish: (image) => image.jpeg(jpeg).toBuffer(),
};

type Rendered = Extract<Make, { kind: 'thumbnail' | 'fitted' | 'full' }>;

/** @throws {FileError} `too-large`, `damaged` */
export async function render(path: string, format: Format, make: Rendered) {
  const picture = await openPicture(path, format);
  const { drawn, damaged } = await rendered(picture, make);
  return { file: drawn, width: picture.width, height: picture.height, damaged };
}

function rendered(picture: Opened, make: Rendered) {
  switch (make.kind) {
    case 'thumbnail':
      return draw(picture, thumbnail, { everyPixel: false });
    case 'fitted':
      return draw(picture, fitted(make.width, make.height), { everyPixel: false });
    case 'full':
      return draw(picture, full, { everyPixel: true, hold: bytesOfFull(picture) });
  }
}

/** To be turned, a picture is held as a whole; so are a HEIC's pixels while their colours are mended (twice). */
function bytesOfFull({ path, about }: Opened): number {
  const pixels = about.width * about.height;
  if (pixels > largestFull) {
    throw unreadable(path, 'too-large', `${pixelsOf(about)}, and at full size up to ${millions(largestFull)} megapixels are shown`);
  }
  if (about.compression === 'hevc') return 6 * pixels;
  return (about.orientation ?? 1) > 1 ? 4 * pixels : 0;
}

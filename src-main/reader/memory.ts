/**
 * How large a picture may be, and how much memory decoding it takes. Most formats are decoded line by line and take little whatever their
 * size; a few are held as a whole. Those together may hold `decodeBytes`: a picture that alone needs more is refused by its numbers, one
 * that needs more than is free waits.
 */
import type { Metadata } from 'sharp';

export const limits = {
  pixels: 400e6,
  fileBytes: 4e9,
  decodeBytes: 500e6, // of the 900 MB that reader and network may take together; the reader itself takes 100
};

/**
 * Bytes per pixel held while decoding, found as the growth of the process's peak (VmHWM) with pictures of 12 to 100 megapixels on
 * sharp 0.35.5: GIF 4.4; interlaced PNG 3.2 at three bytes a pixel; progressive JPEG 3.0 at 4:2:0 (all coefficients, two bytes each) and 6
 * at 4:4:4; WebP 8.0, unless it is decoded smaller; AVIF 18 at 8 bits, 25 at 10; HEIC 12 (libheif). Anything else goes line by line: 50 to
 * 90 MB at 100 to 400 megapixels.
 *
 * @param everyPixel the picture is not decoded at reduced size
 */
export function bytesPerPixel(picture: Metadata, everyPixel: boolean): number {
  const { format, channels, isProgressive, pages = 1, bitsPerSample = 8 } = picture;
  if (format === 'jpeg' && isProgressive) return 2 * (picture.chromaSubsampling === '4:2:0' ? 1.5 : channels);
  if (format === 'png' && isProgressive) return 1.1 * channels * (picture.depth === 'ushort' ? 2 : 1);
  if (format === 'gif') return 4.5;
  if (format === 'webp' && (everyPixel || pages > 1)) return 8;
  if (format === 'heif' && picture.compression === 'hevc') return 12;
  if (format === 'heif') return bitsPerSample > 8 ? 26 : 19;
  return 0.5;
}

/** A number of bytes that works share: each holds its part while it runs, and waits, in order, until that is free. */
export class Budget {
  #free: number;
  readonly #waiting: { readonly bytes: number; readonly go: () => void }[] = [];

  constructor(bytes: number) {
    this.#free = bytes;
  }

  /** @param bytes at most what the budget was made with, or the work would wait for ever */
  async hold<T>(bytes: number, work: () => Promise<T>): Promise<T> {
    if (this.#waiting.length > 0 || bytes > this.#free) {
      await new Promise<void>((go) => this.#waiting.push({ bytes, go }));
    } else {
      this.#free -= bytes;
    }
    try {
      return await work();
    } finally {
      this.#free += bytes;
      while (this.#waiting[0] && this.#waiting[0].bytes <= this.#free) {
        const { bytes: taken, go } = this.#waiting.shift()!;
        this.#free -= taken;
        go();
      }
    }
  }
}

/**
 * The second and third rung: a decode of the picture itself, upright, in sRGB, transparent parts on white, the first frame only.
 * `scaled` lets the decoder leave out pixels that nobody asked for (JPEG, WebP); `full` decodes every one.
 */
import sharp, { type Metadata, type Sharp, type SharpOptions } from 'sharp';
import type { Rung } from '../contract/events.ts';
import type { HeicLane } from './heic.ts';
import { Budget, bytesPerPixel, limits } from './memory.ts';
import type { Square } from './pictures.ts';
import { unreadable } from './problems.ts';
import type { Want } from './protocol.ts';
import { withProfile } from './profile.ts';
import type { Format } from './sniff.ts';

export interface Decoded {
  readonly square: Square;
  readonly rung: Exclude<Rung, 'preview'>;
  readonly width: number; // of the upright photo
  readonly height: number;
  readonly enlarged: boolean;
  readonly damaged: boolean;
}

const memory = new Budget(limits.decodeBytes);

/**
 * Decodes a file to the square at the largest `short` that is wanted. A photo with fewer pixels is enlarged.
 *
 * @throws {FileError} `too-large`, `damaged`
 */
export async function decode(path: string, format: Format, want: Want, heic: HeicLane): Promise<Decoded> {
  const about = await metadata(path, format);
  const { width, height } = about.autoOrient;
  const side = Math.max(...want.pictures.map((picture) => picture.short));
  const enlarged = Math.min(width, height) < side;
  const rung = want.from === 'full' || enlarged ? 'full' : 'scaled';
  const hold = checkSize(path, about, rung === 'full');
  const done = { rung, width, height, enlarged } as const;
  if (about.compression === 'hevc') {
    const square = await memory.hold(hold, async () => {
      const photo = await heic.decode(path);
      const raw = { width: photo.width, height: photo.height, channels: photo.channels };
      const rgb = await toSquare(sharp(photo.pixels, { raw }), side);
      return { rgb: about.icc ? await withProfile(rgb, side, about.icc) : rgb, side };
    });
    return { ...done, square, damaged: false };
  }
  return memory.hold(hold, async () => {
    const attempt = async (failOn: SharpOptions['failOn']): Promise<Square> => {
      const image = sharp(path, { failOn, limitInputPixels: limits.pixels });
      // sharp leaves out pixels on loading only where no gamma is asked for; 1 is the gamma that changes nothing.
      return { rgb: await toSquare(rung === 'full' ? image.gamma(1, 1) : image, side), side };
    };
    try {
      return { ...done, square: await attempt('truncated'), damaged: false };
    } catch {
      try {
        return { ...done, square: await attempt('none'), damaged: true };
      } catch (error) {
        throw unreadable(path, 'damaged', formatName(about), error);
      }
    }
  });
}

async function metadata(path: string, format: Format): Promise<Metadata> {
  try {
    return await sharp(path, { failOn: 'none', limitInputPixels: false }).metadata();
  } catch (error) {
    throw unreadable(path, 'damaged', format === 'heif' ? 'HEIC or AVIF' : format.toUpperCase(), error);
  }
}

/** @returns the bytes that the decode will hold */
function checkSize(path: string, about: Metadata, everyPixel: boolean): number {
  const pixels = about.width * about.height;
  const is = `${about.width} x ${about.height} pixels (${millions(pixels)} megapixels)`;
  if (pixels > limits.pixels) throw unreadable(path, 'too-large', `${is}, and the limit is ${millions(limits.pixels)}`);
  const bytes = pixels * bytesPerPixel(about, everyPixel);
  if (bytes > limits.decodeBytes) {
    const needs = `${is} as ${formatName(about)} take about ${millions(bytes)} MB of memory to decode`;
    throw unreadable(path, 'too-large', `${needs}, and the limit is ${millions(limits.decodeBytes)}`);
  }
  return bytes;
}

const millions = (n: number): string => Math.round(n / 1e6).toLocaleString('en');

function formatName({ format, compression, isProgressive }: Metadata): string {
  if (format === 'heif') return compression === 'hevc' ? 'HEIC' : 'AVIF';
  const name = format.toUpperCase();
  return isProgressive ? (format === 'jpeg' ? `progressive ${name}` : `interlaced ${name}`) : name;
}

function toSquare(image: Sharp, side: number): Promise<Uint8Array> {
  return image
    .autoOrient()
    .resize(side, side, { fit: 'cover', kernel: 'lanczos3' })
    .flatten({ background: 'white' })
    .toColourspace('srgb')
    .raw()
    .toBuffer();
}

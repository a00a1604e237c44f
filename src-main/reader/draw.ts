/**
 * From a file to something drawn from its pixels: upright, in sRGB, transparent parts on white, the first frame only. Here its size is
 * checked, the memory that its decoder takes is held, the decoder is chosen, and what is damaged gets a second try.
 */
import sharp, { type Metadata, type Sharp, type SharpOptions } from 'sharp';
import { HeicLane } from './heic.ts';
import { Budget, bytesPerPixel, limits } from './memory.ts';
import { unreadable } from './problems.ts';
import { withProfile } from './profile.ts';
import type { Format } from './sniff.ts';

/** A picture whose header was read and whose size is within the limits. */
export interface Opened {
  readonly path: string;
  readonly about: Metadata;
  readonly width: number; // upright
  readonly height: number;
}

/** In two steps, because the colours of a HEIC are known apart from its pixels and are mended on the few that are left after the first. */
export interface Drawing<T> {
  readonly shape: (image: Sharp) => Sharp; // size and cut
  readonly finish: (image: Sharp) => Promise<T>;
}

export interface Decoding {
  readonly everyPixel: boolean; // else the decoder leaves out pixels that nobody asked for (JPEG, WebP)
  readonly hold?: number; // bytes that the drawing itself needs
}

const memory = new Budget(limits.decodeBytes);
const heic = new HeicLane();

/** @throws {FileError} `too-large`, `damaged` */
export async function openPicture(path: string, format: Format): Promise<Opened> {
  try {
    const about = await sharp(path, { failOn: 'none', limitInputPixels: false }).metadata();
    return { path, about, ...about.autoOrient };
  } catch (error) {
    throw unreadable(path, 'damaged', format === 'heif' ? 'HEIC or AVIF' : format.toUpperCase(), error);
  }
}

/**
 * @param besides drawn in the same decode where that gives it away: of a HEIC of 12 megapixels, which takes 410 ms of CPU to decode, a thumbnail
 *   besides costs 50 and on its own 430. sharp shares no decode between two sizes, so of what it reads nothing is drawn besides.
 * @throws {FileError} `too-large`, `damaged`
 */
export async function draw<T, U>(
  picture: Opened,
  drawing: Drawing<T>,
  { everyPixel, hold = 0 }: Decoding,
  besides?: Drawing<U>,
): Promise<{ drawn: T; damaged: boolean; besides: U | null }> {
  const { path, about } = picture;
  return memory.hold(bytesHeld(picture, everyPixel, hold), async () => {
    if (about.compression === 'hevc') {
      const { pixels, ...raw } = await heic.decode(path);
      const drawn = await drawRaw(sharp(pixels, { raw }), drawing, about.icc);
      const second = besides ? await drawRaw(sharp(pixels, { raw }), besides, about.icc) : null;
      return { drawn, damaged: false, besides: second };
    }
    const attempt = (failOn: SharpOptions['failOn']): Promise<T> => {
      const image = sharp(path, { failOn, limitInputPixels: limits.pixels }).autoOrient();
      return drawing.finish(inColours(drawing.shape(image)));
    };
    try {
      return { drawn: await attempt('truncated'), damaged: false, besides: null };
    } catch {
      try {
        return { drawn: await attempt('none'), damaged: true, besides: null };
      } catch (error) {
        throw unreadable(path, 'damaged', kindInMemory(about), error);
      }
    }
  });
}

/** How people call its kind. */
export function kindName({ format, compression }: Metadata): string {
  if (format === 'heif') return compression === 'hevc' ? 'HEIC' : 'AVIF';
  return format === 'webp' ? 'WebP' : format.toUpperCase();
}

/** The same with what decides over the memory that it takes. */
function kindInMemory(about: Metadata): string {
  const interlaced = about.format === 'jpeg' ? 'progressive ' : 'interlaced ';
  return (about.isProgressive ? interlaced : '') + kindName(about);
}

/** "4000 x 3000 pixels (12 megapixels)", for sentences about what is too large. */
export const pixelsOf = ({ width, height }: { width: number; height: number }): string =>
  `${width} x ${height} pixels (${millions(width * height)} megapixels)`;

export const millions = (n: number): string => Math.round(n / 1e6).toLocaleString('en');

async function drawRaw<T>(image: Sharp, { shape, finish }: Drawing<T>, icc: Uint8Array | undefined): Promise<T> {
  const { data, info } = await inColours(shape(image)).raw().toBuffer({ resolveWithObject: true });
  const raw = { width: info.width, height: info.height, channels: info.channels };
  return finish(icc ? (await withProfile(data, raw, icc)).toColourspace('srgb') : sharp(data, { raw }));
}

const inColours = (image: Sharp): Sharp => image.flatten({ background: 'white' }).toColourspace('srgb');

function bytesHeld({ path, about }: Opened, everyPixel: boolean, hold: number): number {
  const pixels = about.width * about.height;
  if (pixels > limits.pixels) throw unreadable(path, 'too-large', `${pixelsOf(about)}, and the limit is ${millions(limits.pixels)}`);
  const bytes = pixels * bytesPerPixel(about, everyPixel) + hold;
  if (bytes > limits.decodeBytes) {
    const needs = `${pixelsOf(about)} as ${kindInMemory(about)} take about ${millions(bytes)} MB of memory to decode`;
    throw unreadable(path, 'too-large', `${needs}, and the limit is ${millions(limits.decodeBytes)}`);
  }
  return bytes;
}

/**
 * The first rung: the small JPEG that a camera puts into a photo's EXIF block, found in the head of the file. It is used only when nothing
 * casts a doubt on it; a doubt sends the photo to the next rung, where it costs a decode and no more.
 */
import ExifReader, { type IncludeTagsOptions } from 'exifreader';
import sharp, { type Sharp } from 'sharp';
import { editedAfterwards } from './edited.ts';
import { jpegHead } from './jpeg.ts';
import { type Square, largestWithin } from './pictures.ts';
import type { Stamp, Want } from './protocol.ts';
import { webp } from './render.ts';
import { type Tags, stampOf, stampTags } from './stamp.ts';

/** Of what is shown to people; pixels. Cameras write 160 x 120, few write more. */
const longestShown = 160;

export interface Preview extends Stamp {
  readonly jpeg: Buffer;
  readonly orientation: number; // EXIF, 1 … 8; of the photo and its preview alike
  readonly width: number; // of the photo, as stored
  readonly height: number;
  readonly frame: Frame; // the part of the preview that shows the photo
}

export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly bars: boolean; // the rest is black bars, or should be
}

/** Why the preview is not used, in a few words. */
export interface Doubt {
  readonly doubt: string;
}

const wanted: IncludeTagsOptions = {
  exif: ['Orientation', 'Software', 'ProcessingSoftware', 'DateTime', ...stampTags, 'PixelXDimension', 'PixelYDimension'],
  thumbnail: true,
};

/** The preview in the head of a JPEG, checked as far as that goes without decoding it. */
export function findPreview(head: Buffer): Preview | Doubt {
  const photo = jpegHead(head);
  if (!photo?.complete || photo.width === 0 || photo.height === 0) return { doubt: 'the head is too long or damaged' };
  const tags = exifTags(head);
  if (!tags?.thumbnail) return { doubt: 'no preview' };
  const { orientation, thumbnail } = tags;
  if (orientation === null) return { doubt: 'its orientation is not known' };
  if (thumbnail.orientation !== null && thumbnail.orientation !== orientation) return { doubt: 'its orientation is another' };
  const edited = editedAfterwards(photo, tags);
  if (edited !== null) return { doubt: edited };
  const size = jpegHead(thumbnail.jpeg);
  if (!size?.complete || size.width === 0 || size.height === 0) return { doubt: 'the preview is damaged' };
  const frame = frameOf(size, photo);
  if (!frame) return { doubt: 'its shape is another' };
  const { taken, camera } = tags.stamp;
  return { jpeg: thumbnail.jpeg, orientation, width: photo.width, height: photo.height, frame, taken, camera };
}

/**
 * Decodes a preview to the square that the pictures are made from.
 *
 * @returns a doubt where it has too few pixels for the picture wanted now, where its borders are not the bars they should be, or where it
 *   does not decode without a fault
 */
export async function decodePreview(preview: Preview, want: Want): Promise<Square | Doubt> {
  const { frame } = preview;
  const side = largestWithin(want.pictures, Math.min(frame.width, frame.height));
  if (side < want.pictures[want.need]!.short) return { doubt: 'it has too few pixels' };
  return drawn(preview, async (photo) => {
    const image = photo.resize(side, side, { fit: 'cover', kernel: 'lanczos3' }).removeAlpha().toColourspace('srgb');
    return { rgb: await image.raw().toBuffer(), side };
  });
}

/** The preview as a file for people, WebP, upright and without its bars. */
export function showPreview(preview: Preview): Promise<Buffer | Doubt> {
  return drawn(preview, (photo) =>
    photo
      .resize(longestShown, longestShown, { fit: 'inside', withoutEnlargement: true, kernel: 'lanczos3' })
      .removeAlpha()
      .toColourspace('srgb')
      .webp(webp)
      .toBuffer(),
  );
}

/** @param draw gets the part of the preview that shows the photo, upright */
async function drawn<T>(preview: Preview, draw: (photo: Sharp) => Promise<T>): Promise<T | Doubt> {
  const { frame } = preview;
  try {
    if (frame.bars && !(await barsAreBlack(preview))) return { doubt: 'its borders show something' };
    const upright = sharp(flagged(preview), { failOn: 'truncated' }).autoOrient();
    return await draw(frame.bars ? upright.extract(uprightFrame(preview)) : upright);
  } catch {
    return { doubt: 'the preview is damaged' };
  }
}

/** The preview's JPEG with the orientation written into it, so that it is turned as the photo would be. */
function flagged({ jpeg, orientation }: Preview): Buffer {
  const exif = Buffer.from('\xff\xe1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0o\0\0\0\0\0\0', 'latin1');
  exif[exif.indexOf('o')] = orientation;
  return Buffer.concat([jpeg.subarray(0, 2), exif, jpeg.subarray(2)]);
}

function uprightFrame({ frame: { left, top, width, height }, orientation }: Preview) {
  return orientation >= 5 ? { left: top, top: left, width: height, height: width } : { left, top, width, height };
}

function exifTags(head: Buffer) {
  try {
    const loaded = ExifReader.load(head, { expanded: true, includeTags: wanted });
    const exif = (loaded.exif ?? {}) as unknown as Tags;
    const thumbnail = loaded.Thumbnail;
    const image = thumbnail?.image;
    return {
      stamp: stampOf(exif),
      orientation: orientationOf(exif['Orientation']?.value),
      software: `${text(exif['Software']?.value) ?? ''}\n${text(exif['ProcessingSoftware']?.value) ?? ''}`,
      changed: text(exif['DateTime']?.value),
      taken: text(exif['DateTimeOriginal']?.value),
      width: count(exif['PixelXDimension']?.value),
      height: count(exif['PixelYDimension']?.value),
      thumbnail: image && { jpeg: Buffer.from(image as ArrayBuffer), orientation: orientationOf(thumbnail.Orientation?.value) },
    };
  } catch {
    return null; // an EXIF block that cannot be parsed vouches for nothing
  }
}

const orientationOf = (value: unknown): number | null => (typeof value === 'number' && value >= 1 && value <= 8 ? value : null);
const count = (value: unknown): number | null => (typeof value === 'number' && value > 0 ? value : null);
const text = (value: unknown): string | null =>
  Array.isArray(value) && typeof value[0] === 'string' ? value[0] : typeof value === 'string' ? value : null;

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * The part of the preview that shows the photo: all of it where their shapes agree within 2 %. Cameras must write 160 x 120 (DCF), so
 * photos of another shape stand there between black bars: 3:2 fills 106 or 107 of the lines, 16:9 fills 90.
 */
function frameOf(preview: Size, photo: Size): Frame | null {
  const ratio = preview.width / preview.height / (photo.width / photo.height);
  if (Math.abs(ratio - 1) <= 0.02) return { left: 0, top: 0, width: preview.width, height: preview.height, bars: false };
  if (preview.width !== 160 || preview.height !== 120) return null;
  const scale = Math.min(preview.width / photo.width, preview.height / photo.height);
  const left = Math.ceil((preview.width - photo.width * scale) / 2);
  const top = Math.ceil((preview.height - photo.height * scale) / 2);
  return { left, top, width: preview.width - 2 * left, height: preview.height - 2 * top, bars: true };
}

/** Mean of the bars' bytes up to which they count as black. Seen: 0 to 2, of two cameras. */
const black = 12;

/** The line next to the photo does not count: JPEG blurs the two there. */
async function barsAreBlack({ jpeg, frame }: Preview): Promise<boolean> {
  const image = sharp(jpeg, { failOn: 'truncated' }).removeAlpha().toColourspace('srgb');
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  let [sum, n] = [0, 0];
  for (let y = 0; y < info.height; y++) {
    for (let x = 0; x < info.width; x++) {
      const beside = x < frame.left - 1 || x > frame.left + frame.width || y < frame.top - 1 || y > frame.top + frame.height;
      if (!beside) continue;
      const at = (y * info.width + x) * 3;
      sum += data[at]! + data[at + 1]! + data[at + 2]!;
      n += 3;
    }
  }
  return n === 0 || sum / n <= black;
}

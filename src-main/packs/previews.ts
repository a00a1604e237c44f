/**
 * Labelled photos as a camera would have written them: JPEG files with an embedded preview, so that an evaluation can measure what reading
 * the preview alone gives and saves.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import type { LabelledPhoto } from './data.ts';

/**
 * The photos as JPEG copies of the same size (quality 92), each with a preview in its EXIF block: the photo fitted into 160 x 120 pixels,
 * never enlarged, quality 70. A photo that cannot be decoded keeps its own file; the reader will say what is wrong with it.
 *
 * @param folder empty; the copies are written there, and it is the caller's to remove
 */
export async function withPreviews(photos: readonly LabelledPhoto[], folder: string): Promise<LabelledPhoto[]> {
  const copies: LabelledPhoto[] = [];
  for (const photo of photos) {
    const jpeg = await jpegWithPreview(photo.path).catch(() => null);
    const path = join(folder, `${copies.length}.jpg`);
    if (jpeg !== null) await writeFile(path, jpeg);
    copies.push(jpeg === null ? photo : { ...photo, path });
  }
  return copies;
}

async function jpegWithPreview(path: string): Promise<Buffer> {
  const { data, info } = await sharp(path).autoOrient().flatten({ background: '#fff' }).toColourspace('srgb').raw().toBuffer({ resolveWithObject: true }); // prettier-ignore
  const photo = (): Sharp => sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } });
  const jpeg = await photo().jpeg({ quality: 92 }).toBuffer();
  const preview = await photo().resize(160, 120, { fit: 'inside', withoutEnlargement: true }).jpeg({ quality: 70 }).toBuffer();
  return Buffer.concat([jpeg.subarray(0, 2), exifBlock(preview), jpeg.subarray(2)]); // after the start-of-image marker
}

/**
 * An APP1 segment: TIFF, little-endian. IFD0 holds the orientation (1, upright), IFD1 where the preview lies: each an entry count, entries
 * of 12 bytes (tag, type, count, value) and the offset of the next IFD, counted from the TIFF header.
 */
function exifBlock(preview: Buffer): Buffer {
  const short = 3;
  const long = 4;
  const tiff = Buffer.alloc(68);
  tiff.write('II*\0', 'latin1');
  tiff.writeUInt32LE(8, 4);
  const ifd = (at: number, entries: readonly (readonly [tag: number, type: number, value: number])[], next: number): void => {
    tiff.writeUInt16LE(entries.length, at);
    entries.forEach(([tag, type, value], i) => {
      const entry = at + 2 + 12 * i;
      tiff.writeUInt16LE(tag, entry);
      tiff.writeUInt16LE(type, entry + 2);
      tiff.writeUInt32LE(1, entry + 4);
      tiff.writeUInt32LE(value, entry + 8); // a short lies in the first two bytes, the same in little-endian
    });
    tiff.writeUInt32LE(next, at + 2 + 12 * entries.length);
  };
  ifd(8, [[0x0112, short, 1]], 26); // Orientation
  ifd(
    26,
    [
      [0x0103, short, 6], // Compression: JPEG
      [0x0201, long, tiff.length], // JPEGInterchangeFormat: its offset
      [0x0202, long, preview.length], // JPEGInterchangeFormatLength
    ],
    0,
  );
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, preview]);
  const marker = Buffer.from([0xff, 0xe1, 0, 0]);
  marker.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([marker, body]);
}

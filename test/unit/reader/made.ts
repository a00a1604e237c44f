/** Files for the reader's tests, made from the cat: what a camera writes (an EXIF block with its preview), with any field changed. */
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp, { type Sharp } from 'sharp';
import { afterAll } from 'vitest';
import type { PictureSize, Want } from '../../../src-main/reader/protocol.ts';

export const fixture = (name: string): string => fileURLToPath(new URL(`../../fixtures/photos/${name}`, import.meta.url));
export const sharedPhotos = fileURLToPath(new URL('../../../../shared/photos', import.meta.url));

/** A folder of its own for a test file, removed after its tests. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'squint-reader-'));
  afterAll(() => rm(folder, { recursive: true }));
  return folder;
}

export const sizes: readonly PictureSize[] = [
  { side: 64, short: 64 },
  { side: 96, short: 104 },
  { side: 224, short: 224 },
];

export const want = (from: Want['from'], need = 0, pictures = sizes): Want => ({ pictures, need, from });

/** How far apart two pictures are: the mean over their bytes, 0 … 255. */
export function difference(a: Uint8Array | null | undefined, b: Uint8Array | null | undefined): number {
  if (!a || !b || a.length !== b.length) return Infinity;
  return a.reduce((sum, byte, i) => sum + Math.abs(byte - b[i]!), 0) / a.length;
}

/** The cat, cut to a shape; pixels. */
export const cat = (width: number, height: number): Sharp => sharp(fixture('cat.jpg')).resize(width, height, { fit: 'cover' });

/** The pixels that a camera stores under an EXIF orientation so that they are shown as this picture. */
export async function storedUnder(orientation: number, upright: Sharp): Promise<Sharp> {
  const quarters = [0, 0, 180, 180, 90, 270, 270, 90][orientation - 1]!;
  const turned = sharp(
    await sharp(await upright.png().toBuffer())
      .rotate(quarters)
      .png()
      .toBuffer(),
  );
  return [2, 4, 5, 7].includes(orientation) ? turned.flop() : turned;
}

export interface CameraFile {
  readonly camera?: readonly [make: string, model: string];
  readonly photo?: Buffer; // JPEG
  readonly preview?: Buffer | null; // JPEG
  readonly orientation?: number | null;
  readonly previewOrientation?: number;
  readonly software?: string;
  readonly changed?: string;
  readonly pixels?: readonly [number, number];
  readonly segments?: readonly Buffer[]; // further ones, behind the EXIF block
}

/** A JPEG as a camera writes it: 640 x 480 with a preview of 160 x 120, unless told otherwise. */
export async function cameraFile(made: CameraFile = {}): Promise<Buffer> {
  const photo = made.photo ?? (await cat(640, 480).jpeg().toBuffer());
  const preview = made.preview === undefined ? await cat(160, 120).jpeg().toBuffer() : made.preview;
  return Buffer.concat([photo.subarray(0, 2), segment(0xe1, exifBlock({ ...made, preview })), ...(made.segments ?? []), photo.subarray(2)]);
}

export function segment(marker: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** TIFF, little endian: IFD0, the EXIF IFD, IFD1 with the preview. Texts and the preview lie behind the three. */
function exifBlock(made: CameraFile & { readonly preview: Buffer | null }): Buffer {
  const { orientation = 1, pixels = [640, 480], preview } = made;
  const taken = '2024:05:01 12:00:00';
  const first: Entry[] = [
    ...(made.camera
      ? ([
          [0x010f, made.camera[0]],
          [0x0110, made.camera[1]],
        ] as const)
      : []),
    ...(orientation === null ? [] : [[0x0112, orientation] as const]),
    [0x0131, made.software ?? 'Camera 1.0'],
    [0x0132, made.changed ?? taken],
  ];
  const exif: Entry[] = [
    [0x9003, taken],
    [0xa002, pixels[0]],
    [0xa003, pixels[1]],
  ];
  const second: Entry[] = preview
    ? [
        [0x0103, 6],
        ...(made.previewOrientation === undefined ? [] : [[0x0112, made.previewOrientation] as const]),
        [0x0201, preview], // its place
        [0x0202, preview.length],
      ]
    : [];
  const bytes = (entries: number): number => 2 + 12 * entries + 4;
  const exifAt = 8 + bytes(first.length + 1);
  const secondAt = exifAt + bytes(exif.length);
  const behind: Buffer[] = [];
  let end = secondAt + bytes(second.length);
  const place = (data: Buffer): number => {
    behind.push(data);
    end += data.length;
    return end - data.length;
  };
  const directory = (entries: readonly Entry[], next: number): Buffer => {
    const ifd = Buffer.alloc(bytes(entries.length));
    ifd.writeUInt16LE(entries.length, 0);
    entries.forEach(([tag, value], i) => {
      const at = 2 + 12 * i;
      const text = typeof value === 'string' ? Buffer.from(`${value}\0`) : null;
      ifd.writeUInt16LE(tag, at);
      ifd.writeUInt16LE(text ? 2 : tag === 0x0112 || tag === 0x0103 ? 3 : 4, at + 2); // ASCII, SHORT, LONG
      ifd.writeUInt32LE(text?.length ?? 1, at + 4);
      ifd.writeUInt32LE(text ? place(text) : Buffer.isBuffer(value) ? place(value) : (value as number), at + 8);
    });
    ifd.writeUInt32LE(next, ifd.length - 4);
    return ifd;
  };
  const ifds = [directory([...first, [0x8769, exifAt]], preview ? secondAt : 0), directory(exif, 0), directory(second, 0)];
  return Buffer.concat([Buffer.from('Exif\0\0II*\0\b\0\0\0', 'latin1'), ...ifds, ...behind]);
}

type Entry = readonly [tag: number, value: number | string | Buffer];

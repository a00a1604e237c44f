import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExifReader from 'exifreader';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { LabelledPhoto } from '../../../src-main/packs/data.ts';
import { withPreviews } from '../../../src-main/packs/previews.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'squint-test-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** A gradient, red to the right and green to the bottom. */
async function photo(name: string, width: number, height: number): Promise<LabelledPhoto> {
  const pixels = Buffer.alloc(width * height * 3);
  for (let i = 0; i < width * height; i++) pixels.set([((i % width) * 255) / width, (Math.floor(i / width) * 255) / height, 40], 3 * i);
  const path = join(folder, `${name}.webp`);
  await sharp(pixels, { raw: { width, height, channels: 3 } }).webp({ quality: 95 }).toFile(path); // prettier-ignore
  return { id: name, truth: 'cats', source: null, path };
}

async function previewOf(path: string): Promise<{ preview: Buffer; orientation: unknown; photo: { width: number; height: number } }> {
  const tags = await ExifReader.load(path, { expanded: true });
  const { width, height } = await sharp(path).metadata();
  return {
    preview: Buffer.from(tags.Thumbnail!.image as ArrayBuffer),
    orientation: tags.exif?.Orientation?.value,
    photo: { width, height },
  };
}

it.each([
  [360, 240, 1, [160, 107]],
  [320, 240, 1, [160, 120]],
  [240, 320, 6, [160, 120]],
] as const)('gives a photo of %i x %i a preview of its own picture, fitted into 160 x 120', async (width, height, turn, fitted) => {
  const [copy] = await withPreviews([await photo('a', width, height)], folder);
  const { preview, orientation, photo: size } = await previewOf(copy!.path);
  expect([size.width, size.height]).toEqual(turn === 6 ? [height, width] : [width, height]);
  expect(orientation).toBe(turn);
  expect(await sharp(preview).metadata()).toMatchObject({ width: fitted[0], height: fitted[1] });
  const turned = sharp(preview).rotate(turn === 6 ? 90 : 0); // prettier-ignore
  const { data, info } = await turned.raw().toBuffer({ resolveWithObject: true });
  expect(Math.abs(info.width / info.height / (width / height) - 1)).toBeLessThan(0.02);
  const last = (info.width * info.height - 1) * 3;
  expect(data[last]).toBeGreaterThan(220); // red and green at the bottom right
  expect(data[last + 1]).toBeGreaterThan(220);
  expect(data[0]).toBeLessThan(40);
  const right = (info.width - 1) * 3;
  expect([data[right]! > 220, data[right + 1]! < 60]).toEqual([true, true]); // red alone at the top right
});

it('keeps id, collection and pixels', async () => {
  const original = await photo('a', 360, 240);
  const [copy] = await withPreviews([original], folder);
  expect(copy).toEqual({ ...original, path: join(folder, '0.jpg') });
  const difference = await sharp(original.path).composite([{ input: copy!.path, blend: 'difference' }]).removeAlpha().raw().toBuffer(); // prettier-ignore
  expect(difference.reduce((a, b) => a + b, 0) / difference.length).toBeLessThan(3);
});

it('enlarges a small photo for its preview, as a camera has more pixels to make one from', async () => {
  const [copy] = await withPreviews([await photo('a', 96, 80)], folder);
  const { preview, photo: size } = await previewOf(copy!.path);
  expect(size).toEqual({ width: 96, height: 80 });
  const { width, height } = await sharp(preview).metadata();
  expect([width, height]).toEqual([144, 120]);
});

it('keeps the colours of a copy whole', async () => {
  const [copy] = await withPreviews([await photo('a', 80, 96)], folder);
  expect((await sharp(copy!.path).metadata()).chromaSubsampling).toBe('4:4:4');
});

it('leaves a photo that cannot be decoded as it is', async () => {
  const path = join(folder, 'broken.webp');
  await writeFile(path, 'no picture');
  const broken: LabelledPhoto = { id: 'broken', truth: 'cats', source: null, path };
  expect(await withPreviews([broken], folder)).toEqual([broken]);
});

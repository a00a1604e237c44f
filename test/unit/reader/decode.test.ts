import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Color, type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { withProfile } from '../../../src-main/reader/profile.ts';
import type { Pixels, Want } from '../../../src-main/reader/protocol.ts';
import { readPhoto } from '../../../src-main/reader/read.ts';
import { cat, difference, fixture, sizes, storedUnder, temporaryFolder, want } from './made.ts';

const folder = temporaryFolder();
const one = [{ side: 8, short: 8 }];

async function pixelsOf(path: string, asked: Want = want('scaled')): Promise<Pixels> {
  const pixels = await readPhoto(path, asked);
  if ('problem' in pixels) throw new Error(pixels.problem.message);
  return pixels;
}

async function saved(name: string, image: Sharp | Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, Buffer.isBuffer(image) ? image : await image.toBuffer());
  return path;
}

/** The mean colour of a picture. */
function colour(picture: Uint8Array | null | undefined): number[] {
  const channel = (c: number): number => {
    const bytes = [...(picture ?? [])].filter((_, i) => i % 3 === c);
    return Math.round(bytes.reduce((sum, byte) => sum + byte, 0) / bytes.length);
  };
  return [channel(0), channel(1), channel(2)];
}

const plain = (background: Color, channels: 3 | 4 = 3): Sharp => sharp({ create: { width: 300, height: 200, channels, background } });

describe('a scaled decode', () => {
  it('makes every picture that is wanted, and counts the whole file', async () => {
    const pixels = await pixelsOf(await saved('all.jpg', cat(640, 480).jpeg()));
    expect(pixels.pictures.map((picture) => picture?.length)).toEqual(sizes.map(({ side }) => side * side * 3));
    expect(pixels).toMatchObject({ rung: 'scaled', width: 640, height: 480, enlarged: false, damaged: false });
    expect(pixels.bytes).toBe((await readFile(join(folder, 'all.jpg'))).length);
    expect(pixels.ms).toBeGreaterThan(0);
    expect(pixels.cpuMs).toBeGreaterThan(0);
  });

  it('gives the same pictures whichever of them is wanted now', async () => {
    const path = await saved('same.jpg', cat(640, 480).jpeg());
    expect((await pixelsOf(path, want('scaled', 0))).pictures).toEqual((await pixelsOf(path, want('scaled', 2))).pictures);
  });

  it('cuts the picture from the middle of the photo brought to its short side', async () => {
    const path = await saved('middle.png', cat(400, 300).png());
    const [cut] = (await pixelsOf(path, want('full', 0, [{ side: 200, short: 300 }]))).pictures;
    expect(difference(cut, await cat(400, 300).extract({ left: 100, top: 50, width: 200, height: 200 }).raw().toBuffer())).toBe(0);
  });

  it('is close to a decode of every pixel', async () => {
    const path = await saved('close.jpg', cat(1600, 1200).jpeg());
    const [scaled, full] = [await pixelsOf(path), await pixelsOf(path, want('full'))];
    expect(full.rung).toBe('full');
    expect(difference(scaled.pictures[0], full.pictures[0])).toBeLessThan(2);
  });

  it('enlarges a photo that is too small, from every pixel, and says so', async () => {
    const pixels = await pixelsOf(await saved('small.png', cat(120, 90).png()));
    expect(pixels).toMatchObject({ rung: 'full', enlarged: true });
    expect(pixels.pictures.every((picture) => picture !== null)).toBe(true);
  });

  it('turns all eight EXIF orientations upright', async () => {
    const upright = await pixelsOf(await saved('upright.png', cat(400, 300).png()));
    for (let orientation = 1; orientation <= 8; orientation++) {
      const stored = await storedUnder(orientation, cat(400, 300));
      const pixels = await pixelsOf(await saved('stored.jpg', stored.withMetadata({ orientation }).jpeg({ quality: 95 })));
      expect([pixels.width, pixels.height]).toEqual([400, 300]);
      expect(difference(pixels.pictures[1], upright.pictures[1]), `orientation ${orientation}`).toBeLessThan(4);
    }
  });

  it('lays transparent parts on white', async () => {
    const [picture] = (await pixelsOf(await saved('clear.png', plain({ r: 255, g: 0, b: 0, alpha: 0.5 }, 4).png()), want('scaled', 0, one)))
      .pictures;
    expect(colour(picture)).toEqual([255, 127, 127]);
  });

  it('takes the first frame of an animation', async () => {
    const frames = [plain('red'), plain('blue')].map((frame) => frame.png().toBuffer());
    for (const [name, image] of [
      ['moving.gif', sharp(await Promise.all(frames), { join: { animated: true } }).gif()],
      ['moving.webp', sharp(await Promise.all(frames), { join: { animated: true } }).webp({ lossless: true })],
    ] as const) {
      const pixels = await pixelsOf(await saved(name, image), want('scaled', 0, one));
      expect(colour(pixels.pictures[0])).toEqual([255, 0, 0]);
      expect([pixels.width, pixels.height]).toEqual([300, 200]);
    }
  });

  it('reads AVIF', async () => {
    const pixels = await pixelsOf(await saved('photo.avif', cat(320, 240).avif({ quality: 80, effort: 0 })));
    expect(difference(pixels.pictures[0], (await pixelsOf(await saved('photo.png', cat(320, 240).png()))).pictures[0])).toBeLessThan(4);
  });

  it.each(['jpeg-cmyk.jpg', 'png-16bit-grey-alpha.png', 'tiff-16bit-rgb.tif', 'gif-loop-3.gif', 'webp-animated.webp'])(
    'makes three channels of eight bits of %s',
    async (name) => {
      const pixels = await pixelsOf(fixture(name));
      expect(pixels.pictures.map((picture) => picture?.length)).toEqual(sizes.map(({ side }) => side * side * 3));
      expect(pixels.damaged).toBe(false);
    },
  );

  it('follows the colour profile: a red of Display P3 becomes the red of sRGB', async () => {
    const p3 = await plain('red').withIccProfile('p3').png().toBuffer();
    const path = await saved('p3.png', p3);
    expect(colour((await pixelsOf(path, want('scaled', 0, one))).pictures[0])).toEqual([255, 0, 0]);
    const { icc } = await sharp(p3).metadata();
    const stored = Buffer.alloc(8 * 8 * 3, Buffer.from([234, 51, 35])); // sRGB red in the coordinates of Display P3
    const mended = await withProfile(stored, { width: 8, height: 8, channels: 3 }, icc!);
    const [r, g, b] = colour(await mended.toColourspace('srgb').raw().toBuffer());
    expect(r).toBeGreaterThan(252);
    expect(g).toBeLessThan(6);
    expect(b).toBeLessThan(6);
  });

  it('reads what is left of a photo that was cut off, and says that it is damaged', async () => {
    for (const [name, image] of [
      ['cut.jpg', await cat(640, 480).jpeg().toBuffer()],
      ['cut.png', await cat(640, 480).png().toBuffer()],
    ] as const) {
      const pixels = await pixelsOf(await saved(name, image.subarray(0, image.length / 2)));
      expect(pixels.damaged, name).toBe(true);
    }
  });
});

describe('HEIC', () => {
  it('is decoded upright', async () => {
    const pixels = await pixelsOf(fixture('heic-single.heic'));
    expect(pixels).toMatchObject({ rung: 'scaled', width: 1440, height: 960, damaged: false });
    expect(pixels.pictures.map((picture) => picture?.length)).toEqual(sizes.map(({ side }) => side * side * 3));
  });

  it('lets the other photos go on', async () => {
    const order: string[] = [];
    const told = async (name: string, path: string): Promise<void> => {
      await pixelsOf(path);
      order.push(name);
    };
    const path = await saved('beside.jpg', cat(640, 480).jpeg());
    await Promise.all([told('heic', fixture('heic-single.heic')), told('heic', fixture('heic-single.heic')), told('jpeg', path)]);
    expect(order).toEqual(['jpeg', 'heic', 'heic']);
  });

  it('that is cut off costs its neighbours nothing', async () => {
    const heic = await readFile(fixture('heic-single.heic'));
    const broken = await saved('broken.heic', heic.subarray(0, heic.length / 2));
    const [bad, good] = await Promise.all([readPhoto(broken, want('scaled')), readPhoto(fixture('heic-single.heic'), want('scaled'))]);
    expect('problem' in bad ? bad.problem.message : null).toBe('The picture is damaged: nothing of this HEIC file could be decoded.');
    expect(good).toHaveProperty('pictures');
  });
});

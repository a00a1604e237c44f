import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Metadata, type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { makePicture } from '../../../src-main/reader/make.ts';
import type { Made, Make, NotRead } from '../../../src-main/reader/protocol.ts';
import { readPhoto } from '../../../src-main/reader/read.ts';
import { cameraFile, cat, difference, fixture, sizes, storedUnder, temporaryFolder, want } from './made.ts';

const folder = temporaryFolder();
let files = 0;
const fresh = (): string => join(folder, `made ${files++}`);

async function saved(image: Sharp | Buffer): Promise<string> {
  const path = fresh();
  await writeFile(path, Buffer.isBuffer(image) ? image : await image.toBuffer());
  return path;
}

interface Picture {
  readonly made: Made;
  readonly about: Metadata;
  readonly pixels: Buffer;
}

async function make(path: string, form: (to: string) => Make): Promise<Picture> {
  const to = fresh();
  const made = await makePicture(path, form(to));
  if ('problem' in made) throw new Error(made.problem.message);
  return { made, about: await sharp(to).metadata(), pixels: await sharp(to).raw().toBuffer() };
}

async function refused(path: string, form: (to: string) => Make): Promise<NotRead> {
  const made = await makePicture(path, form(fresh()));
  if (!('problem' in made)) throw new Error(`${path} was made`);
  return made;
}

const thumbnail = (to: string): Make => ({ kind: 'thumbnail', to });
const preview = (to: string): Make => ({ kind: 'preview', to });
const full = (to: string): Make => ({ kind: 'full', to });

describe('a thumbnail', () => {
  it('is a WebP of 512 pixels on its long side, without what the file says of its owner', async () => {
    const path = await saved(await cameraFile({ photo: await cat(1600, 1200).jpeg().toBuffer() }));
    const { made, about } = await make(path, thumbnail);
    expect(about).toMatchObject({ format: 'webp', width: 512, height: 384 });
    expect(about.exif).toBeUndefined();
    expect(made).toMatchObject({ written: true, width: 1600, height: 1200, damaged: false, bytes: (await readFile(path)).length });
  });

  it('is upright, whichever of the eight ways the camera was held', async () => {
    const upright = await make(await saved(cat(800, 600).png()), thumbnail);
    for (let orientation = 1; orientation <= 8; orientation++) {
      const stored = await storedUnder(orientation, cat(800, 600));
      const { about, pixels, made } = await make(await saved(stored.withMetadata({ orientation }).jpeg({ quality: 95 })), thumbnail);
      expect([about.width, about.height, made.width, made.height]).toEqual([512, 384, 800, 600]);
      expect(difference(pixels, upright.pixels), `orientation ${orientation}`).toBeLessThan(5);
    }
  });

  it('never enlarges', async () => {
    expect((await make(await saved(cat(120, 90).png()), thumbnail)).about).toMatchObject({ width: 120, height: 90 });
  });

  it('lays transparent parts on white and shows the first frame', async () => {
    const clear = sharp({ create: { width: 60, height: 40, channels: 4, background: { r: 255, g: 0, b: 0, alpha: 0 } } });
    const { pixels, about } = await make(await saved(clear.png()), thumbnail);
    expect(about.channels).toBe(3);
    expect([...new Set(pixels)]).toEqual([255]);
    expect((await make(fixture('webp-animated.webp'), thumbnail)).about.pages ?? 1).toBe(1);
  });

  it('follows the colour profile', async () => {
    const red = sharp({ create: { width: 60, height: 40, channels: 3, background: 'red' } });
    const { pixels } = await make(await saved(red.withIccProfile('p3').png()), thumbnail);
    expect(pixels[0]).toBeGreaterThan(245);
    expect(pixels[1]).toBeLessThan(10);
  });

  it('comes with the read of a HEIC, from the same decode, and with no other', async () => {
    const alone = await make(fixture('heic-single.heic'), thumbnail);
    const to = fresh();
    const read = await readPhoto(fixture('heic-single.heic'), { ...want('scaled'), thumbnail: to });
    expect(read).toMatchObject({ thumbnail: true });
    expect(difference(await sharp(to).raw().toBuffer(), alone.pixels)).toBe(0);
    const without = await readPhoto(fixture('heic-single.heic'), want('scaled'));
    expect('pictures' in read && read.pictures).toEqual('pictures' in without && without.pictures);
    const unwritten = await readPhoto(fixture('heic-single.heic'), {
      ...want('scaled'),
      thumbnail: join(folder, 'no such folder', 'thumb'),
    });
    expect('pictures' in unwritten && [unwritten.thumbnail, unwritten.pictures]).toEqual([false, 'pictures' in read && read.pictures]);
    expect(await readPhoto(fixture('cat.jpg'), { ...want('scaled'), thumbnail: fresh() })).toMatchObject({ thumbnail: false });
  });

  it('of a photo that was cut off shows what is left of it', async () => {
    const jpeg = await cat(640, 480).jpeg().toBuffer();
    expect((await make(await saved(jpeg.subarray(0, jpeg.length / 2)), thumbnail)).made.damaged).toBe(true);
  });
});

describe('a preview', () => {
  it('is the one that the camera embedded, upright, from the head of the file', async () => {
    const [photo, small] = await Promise.all(
      [cat(1600, 1200), cat(160, 120)].map(async (upright) => (await storedUnder(6, upright)).jpeg({ quality: 98 }).toBuffer()),
    );
    const path = await saved(await cameraFile({ photo: photo!, preview: small!, orientation: 6, pixels: [1200, 1600] }));
    const { made, about, pixels } = await make(path, preview);
    expect(about).toMatchObject({ format: 'webp', width: 160, height: 120 });
    expect(made).toMatchObject({ written: true, width: 1600, height: 1200, bytes: 65_536 });
    expect(difference(pixels, await cat(160, 120).raw().toBuffer())).toBeLessThan(8);
  });

  it('has lost the black bars that the camera drew, and is 160 pixels long where it was larger', async () => {
    const barred = await cat(160, 107).extend({ top: 6, bottom: 7, background: 'black' }).jpeg().toBuffer();
    const photo = await cat(600, 400).jpeg().toBuffer();
    expect((await make(await saved(await cameraFile({ photo, preview: barred, pixels: [600, 400] })), preview)).about.height).toBe(106);
    const large = await cameraFile({ preview: await cat(320, 240).jpeg().toBuffer() });
    expect((await make(await saved(large), preview)).about).toMatchObject({ width: 160, height: 120 });
  });

  it('is not written where the file has none, or one that may show another picture', async () => {
    for (const file of [
      await cameraFile({ preview: null }),
      await cameraFile({ software: 'GIMP 2.10' }),
      await cat(300, 200).png().toBuffer(),
    ]) {
      expect(await makePicture(await saved(file), preview(fresh()))).toMatchObject({ written: false });
    }
  });
});

describe('the loupe', () => {
  it('shows a photo fitted into the screen, no larger than 2,560 pixels, as JPEG', async () => {
    const path = await saved(cat(3000, 2000).jpeg());
    const shown = async (width: number, height: number) => {
      const { about } = await make(path, (to) => ({ kind: 'fitted', to, width, height }));
      return [about.format, about.width, about.height];
    };
    expect(await shown(1280, 1024)).toEqual(['jpeg', 1280, 853]);
    expect(await shown(900, 300)).toEqual(['jpeg', 450, 300]);
    expect(await shown(9000, 9000)).toEqual(['jpeg', 2560, 1707]);
  });

  it('shows every pixel, upright', async () => {
    const stored = await storedUnder(8, cat(1000, 750));
    const { about } = await make(await saved(stored.withMetadata({ orientation: 8 }).jpeg()), full);
    expect([about.format, about.width, about.height, about.orientation]).toEqual(['jpeg', 1000, 750, undefined]);
    expect((await make(fixture('heic-single.heic'), full)).about).toMatchObject({ format: 'jpeg', width: 1440, height: 960 });
  });

  it('shows no more than 60 megapixels at full size, and says how many there are', async () => {
    const path = await saved(sharp({ create: { width: 8000, height: 8000, channels: 3, background: 'black' } }).jpeg());
    expect((await refused(path, full)).problem).toMatchObject({
      code: 'too-large',
      message: 'The picture is too large: 8000 x 8000 pixels (64 megapixels), and at full size up to 60 megapixels are shown.',
    });
  });
});

describe("a network's picture", () => {
  const picture = (from: 'preview' | 'scaled' | 'full', need: number) => (to: string) =>
    ({ kind: 'picture', to, want: want(from, need) }) satisfies Make;

  it('has the very pixels that the network was given, on every rung', async () => {
    const path = await saved(await cameraFile({ photo: await cat(1600, 1200).jpeg().toBuffer() }));
    for (const [from, need] of [
      ['preview', 0],
      ['preview', 1],
      ['scaled', 1],
      ['scaled', 2],
      ['full', 2],
    ] as const) {
      const read = await readPhoto(path, want(from, need));
      if ('problem' in read) throw new Error(read.problem.message);
      const { about, pixels } = await make(path, picture(from, need));
      expect(about).toMatchObject({ format: 'png', width: sizes[need]!.side, height: sizes[need]!.side });
      expect(pixels.equals(read.pictures[need]!), `${from} ${need}`).toBe(true);
    }
  });

  it('is not shown where the file would be read otherwise now', async () => {
    const { problem } = await refused(await saved(cat(640, 480).jpeg()), picture('preview', 0));
    expect(problem).toMatchObject({
      code: 'changed',
      message: 'The photo is read differently now than when it was sorted, so what the network saw cannot be shown.',
    });
  });
});

describe('what cannot be shown', () => {
  it('is told in a sentence, never by an exception', async () => {
    const text = await saved(Buffer.from('no picture at all'));
    for (const form of [thumbnail, preview, full]) {
      expect((await refused(text, form)).problem.message).toBe('This is text, not a picture.');
    }
    expect((await refused(join(folder, 'gone.jpg'), thumbnail)).problem.message).toBe('The file is not there any more.');
    const nowhere = await makePicture(await saved(cat(64, 64).jpeg()), thumbnail(join(folder, 'no such folder', 'thumb')));
    expect(nowhere).toMatchObject({ problem: { code: 'not-kept', message: 'A picture of it could not be kept in the cache (ENOENT).' } });
    const broken = (await cat(64, 64).jpeg().toBuffer()).subarray(0, 200);
    expect((await refused(await saved(broken), thumbnail)).problem.message).toBe(
      'The picture is damaged: nothing of this JPEG file could be decoded.',
    );
  });
});

import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { findPreview } from '../../../src-main/reader/preview.ts';
import type { Pixels } from '../../../src-main/reader/protocol.ts';
import { readPhoto } from '../../../src-main/reader/read.ts';
import { type CameraFile, cameraFile, cat, difference, segment, sharedPhotos, storedUnder, temporaryFolder, want } from './made.ts';

/** Mean difference of two pictures of the same cat; turned the wrong way they differ by 40 and more. */
const alike = 8;

const folder = temporaryFolder();
let files = 0;

/** Writes a file as a camera would and reads it, from its preview upwards. */
async function read(made: CameraFile, need = 0): Promise<{ pixels: Pixels; path: string; size: number }> {
  const bytes = await cameraFile(made);
  const path = join(folder, `${files++}.jpg`);
  await writeFile(path, bytes);
  return { pixels: await pixelsOf(path, 'preview', need), path, size: bytes.length };
}

async function pixelsOf(path: string, from: 'preview' | 'scaled', need = 0): Promise<Pixels> {
  const pixels = await readPhoto(path, want(from, need));
  if ('problem' in pixels) throw new Error(pixels.problem.message);
  return pixels;
}

const xmp = (packet: string): Buffer => segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0${packet}`));

describe('the preview in the EXIF block', () => {
  it('answers for the pictures that it has pixels for, and only the head of the file is read', async () => {
    const { pixels, path } = await read({ photo: await noisy(640, 480) });
    expect(pixels.rung).toBe('preview');
    expect(pixels.bytes).toBe(65_536);
    expect([pixels.width, pixels.height]).toEqual([640, 480]);
    expect(pixels.pictures.map((picture) => picture?.length)).toEqual([64 * 64 * 3, 96 * 96 * 3, undefined]);
    expect((await pixelsOf(path, 'scaled')).rung).toBe('scaled');
  });

  it('or a decode tells when and with what the photo was taken', async () => {
    const { pixels, path } = await read({ camera: ['Canon', 'Canon EOS 7D'] });
    const stamp = { taken: '2024-05-01T12:00:00', camera: 'Canon EOS 7D' };
    expect(pixels).toMatchObject({ rung: 'preview', ...stamp });
    expect(await pixelsOf(path, 'scaled')).toMatchObject({ rung: 'scaled', ...stamp });
    const doubtful = await read({ camera: ['Canon', 'Canon EOS 7D'], software: 'Photoshop' });
    expect(doubtful.pixels).toMatchObject({ rung: 'scaled', ...stamp });
    await writeFile(path, await cat(640, 480).jpeg().toBuffer());
    expect(await pixelsOf(path, 'preview')).toMatchObject({ rung: 'scaled', taken: null, camera: null });
  });

  it('looks like the photo', async () => {
    const { pixels, path } = await read({});
    const scaled = await pixelsOf(path, 'scaled');
    expect(difference(pixels.pictures[0], scaled.pictures[0])).toBeLessThan(alike);
    expect(difference(pixels.pictures[1], scaled.pictures[1])).toBeLessThan(alike);
  });

  it('is turned with the photo, whichever of the eight ways the camera was held', async () => {
    for (let orientation = 1; orientation <= 8; orientation++) {
      const [photo, preview] = await Promise.all(
        [cat(640, 480), cat(160, 120)].map(async (upright) => (await storedUnder(orientation, upright)).jpeg().toBuffer()),
      );
      const { pixels, path } = await read({
        orientation,
        photo: photo!,
        preview: preview!,
        pixels: orientation >= 5 ? [480, 640] : [640, 480],
      });
      const scaled = await pixelsOf(path, 'scaled');
      expect(pixels.rung).toBe('preview');
      expect([pixels.width, pixels.height]).toEqual([640, 480]);
      expect(difference(pixels.pictures[1], scaled.pictures[1]), `orientation ${orientation}`).toBeLessThan(alike);
    }
  });

  it('is not asked when a picture is wanted that it has too few pixels for: then both reads count', async () => {
    const { pixels, size } = await read({}, 2);
    expect(pixels.rung).toBe('scaled');
    expect(pixels.pictures.every((picture) => picture !== null)).toBe(true);
    expect(pixels.bytes).toBe(Math.min(size, 65_536) + size);
  });

  it('is freed of the bars that stand above and below a 3:2 photo', async () => {
    const { pixels, path } = await read({
      photo: await cat(720, 480).jpeg().toBuffer(),
      pixels: [720, 480],
      preview: await barred('black'),
    });
    expect(pixels.rung).toBe('preview');
    expect(pixels.pictures[1]).not.toBeNull(); // 106 lines are enough for 104
    expect(difference(pixels.pictures[1], (await pixelsOf(path, 'scaled')).pictures[1])).toBeLessThan(alike);
  });

  it('is not used when the bars are no bars', async () => {
    const { pixels } = await read({ photo: await cat(720, 480).jpeg().toBuffer(), pixels: [720, 480], preview: await barred('grey') });
    expect(pixels.rung).toBe('scaled');
  });

  it('is found behind other segments, up to 128 kB', async () => {
    const filler = segment(0xe2, Buffer.alloc(60_000));
    expect((await read({ segments: [filler] })).pixels).toMatchObject({
      rung: 'preview',
      bytes: expect.toSatisfy((n: number) => n <= 131_072) as number,
    });
    expect((await read({ segments: [filler, filler, filler] })).pixels.rung).toBe('scaled');
  });

  it('is not used when it is damaged', async () => {
    const preview = await cat(160, 120).jpeg().toBuffer();
    expect((await read({ preview: preview.subarray(0, preview.length / 2) })).pixels.rung).toBe('scaled');
  });
});

describe('a doubt about the preview', () => {
  const history = '<x:xmpmeta xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" x:xmptk="Adobe XMP Core 5.6">';
  it.each<[string, CameraFile, string | null]>([
    ['nothing is wrong', {}, null],
    ['there is none', { preview: null }, 'no preview'],
    ['no orientation is told', { orientation: null }, 'its orientation is not known'],
    ['it has an orientation of its own', { orientation: 6, previewOrientation: 1 }, 'its orientation is another'],
    ['both say the same orientation', { orientation: 6, previewOrientation: 6 }, null],
    ['an editor wrote the file', { software: 'Adobe Photoshop 21.0 (Windows)' }, 'written by an editor'],
    ['a phone editor wrote the file', { software: 'Snapseed 2.0' }, 'written by an editor'],
    ['it was changed later', { changed: '2024:05:01 12:03:00' }, 'changed after it was taken'],
    ['the camera took seconds to write it', { changed: '2024:05:01 12:00:09' }, null],
    ['the date of change is not readable', { changed: '    :  :     :  :  ' }, null],
    ['the EXIF block knows another shape', { pixels: [640, 427] }, 'its EXIF block tells of a picture of another shape'],
    ['the photo was made smaller as a whole', { pixels: [4000, 3000] }, null],
    ['an Adobe encoder wrote it', { segments: [segment(0xee, Buffer.from('Adobe\0d\0\0\0\0\x01'))] }, 'written by an Adobe encoder'],
    [
      'its XMP names an editor',
      { segments: [xmp(`${history}<stEvt:softwareAgent>Adobe Photoshop 21.0</stEvt:softwareAgent>`)] },
      'an editor in its XMP',
    ],
    ['its XMP names an editor in an attribute', { segments: [xmp(`${history} xmp:CreatorTool="Picasa"`)] }, 'an editor in its XMP'],
    ['its XMP only has namespaces of Adobe', { segments: [xmp(`${history} xmp:Rating="5"`)] }, null],
  ])('%s', async (_, made, doubt) => {
    const found = findPreview(await cameraFile(made));
    expect('doubt' in found ? found.doubt : null).toBe(doubt);
  });

  it('is a preview of another shape', async () => {
    const found = findPreview(await cameraFile({ preview: await cat(120, 120).jpeg().toBuffer() }));
    expect(found).toEqual({ doubt: 'its shape is another' });
  });

  it('is an EXIF block that is cut off', async () => {
    expect(findPreview((await cameraFile()).subarray(0, 900))).toHaveProperty('doubt');
  });
});

describe.skipIf(!existsSync(sharedPhotos))('previews of real cameras', () => {
  it('are used for fourteen of the 22 photos that have one, and look like the photo', async () => {
    const table = await readFile(join(sharedPhotos, 'camera/EXPECTED.tsv'), 'utf8');
    const names = table
      .split('\n')
      .slice(1, -1)
      .map((line) => line.split('\t')[0]!);
    const used: string[] = [];
    for (const name of names) {
      const path = join(sharedPhotos, 'camera', name);
      const preview = await pixelsOf(path, 'preview');
      if (preview.rung !== 'preview') continue;
      used.push(name);
      const scaled = await pixelsOf(path, 'scaled');
      expect([preview.width, preview.height]).toEqual([scaled.width, scaled.height]);
      expect(difference(preview.pictures[0], scaled.pictures[0]), name).toBeLessThan(13); // the oldest cameras sharpen theirs
      expect(preview.bytes).toBeLessThanOrEqual(131_072);
    }
    expect(used).toHaveLength(14);
  }, 120_000);
});

/** A preview of 160 x 120 of a 3:2 photo, as cameras make it. */
async function barred(background: string): Promise<Buffer> {
  const between = await cat(720, 480).extend({ top: 30, bottom: 30, background }).png().toBuffer();
  return sharp(between).resize(160, 120).jpeg().toBuffer();
}

/** A JPEG of more than 64 kB. */
async function noisy(width: number, height: number): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  return sharp({ create: { width, height, channels: 3, background: 'black', noise } })
    .jpeg({ quality: 95 })
    .toBuffer();
}

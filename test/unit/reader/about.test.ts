import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { aboutPhoto } from '../../../src-main/reader/about.ts';
import type { About } from '../../../src-main/reader/protocol.ts';
import { cat, fixture, temporaryFolder } from './made.ts';

const folder = temporaryFolder();

interface Written {
  readonly make?: string;
  readonly model?: string;
  readonly exposure?: string;
  readonly taken?: string;
}

async function about(written: Written = {}, format: 'jpeg' | 'png' | 'webp' = 'jpeg'): Promise<About> {
  const { make = 'Canon', model = 'Canon EOS 7D', exposure = '1/320', taken = '2024:05:01 12:00:30' } = written;
  const exif = {
    IFD0: { Make: make, Model: model },
    IFD2: {
      DateTimeOriginal: taken,
      LensModel: 'EF-S15-85mm f/3.5-5.6 IS USM',
      ExposureTime: exposure,
      FNumber: '56/10',
      ISOSpeedRatings: '400',
      FocalLength: '40/1',
    },
  };
  const path = join(folder, `photo.${format}`);
  await writeFile(path, await cat(320, 240).withMetadata({ exif, orientation: 6 }).toFormat(format).toBuffer());
  return answerFor(path);
}

async function answerFor(path: string): Promise<About> {
  const answer = await aboutPhoto(path);
  if ('problem' in answer) throw new Error(answer.problem.message);
  return answer;
}

describe('what a file says of itself', () => {
  it('is told in words for people, whatever the format', async () => {
    for (const format of ['jpeg', 'png', 'webp'] as const) {
      expect(await about({}, format)).toMatchObject({
        format: { jpeg: 'JPEG', png: 'PNG', webp: 'WebP' }[format],
        width: 240, // upright
        height: 320,
        orientation: 6,
        taken: '2024-05-01T12:00:30',
        camera: 'Canon EOS 7D',
        lens: 'EF-S15-85mm f/3.5-5.6 IS USM',
        exposure: '1/320 s',
        aperture: 'f/5.6',
        iso: 400,
        focalLength: '40 mm',
      });
    }
  });

  it('names the camera once, without the legal form of its maker', async () => {
    const camera = async (make: string, model: string) => (await about({ make, model })).camera;
    expect(await camera('OLYMPUS IMAGING CORP.', 'E-P3')).toBe('OLYMPUS E-P3');
    expect(await camera('NIKON CORPORATION', 'NIKON D5000')).toBe('NIKON D5000');
    expect(await camera('EASTMAN KODAK COMPANY', 'KODAK DX4330')).toBe('KODAK DX4330');
    expect(await camera('Google', 'Pixel')).toBe('Google Pixel');
  });

  it('gives long exposures in seconds, and no date where the clock was never set', async () => {
    expect((await about({ exposure: '5/2' })).exposure).toBe('2.5 s');
    expect((await about({ taken: '0000:00:00 00:00:00' })).taken).toBeNull();
  });

  it('keeps foreign text to one short line', async () => {
    const { camera } = await about({ make: 'A', model: `B\n\t<script>${'x'.repeat(300)}` });
    expect(camera).toMatch(/^A B <script>x+$/);
    expect(camera!.length).toBeLessThanOrEqual(102);
  });

  it('is told of a HEIC, and of a photo without EXIF what there is', async () => {
    expect(await answerFor(fixture('heic-single.heic'))).toMatchObject({ format: 'HEIC', width: 1440, height: 960, camera: null });
    expect(await answerFor(fixture('tiff-16bit-rgb.tif'))).toMatchObject({ format: 'TIFF', width: 100, taken: null });
  });

  it('is not told of what is no picture', async () => {
    const path = join(folder, 'text.jpg');
    await writeFile(path, 'text');
    expect(await aboutPhoto(path)).toMatchObject({ problem: { message: 'This is text, not a picture.' }, skipped: true });
  });
});

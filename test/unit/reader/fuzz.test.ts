/**
 * Pictures gone wrong, by the thousand: of each the reader finds a preview, says why there is none, or refuses the file in a sentence. The
 * parsers of heads run here in the test's own process, where a fault would show as what it is.
 */
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { FileError } from '../../../src-main/contract/errors.ts';
import { aboutPhoto } from '../../../src-main/reader/about.ts';
import { jpegHead } from '../../../src-main/reader/jpeg.ts';
import { findPreview, showPreview } from '../../../src-main/reader/preview.ts';
import { readPhoto } from '../../../src-main/reader/read.ts';
import { sniff } from '../../../src-main/reader/sniff.ts';
import { type Random, fuzz, mutated } from '../fuzz.ts';
import { cameraFile, cat, fixture, segment, temporaryFolder, want } from './made.ts';

const folder = temporaryFolder();
const fixtures = ['cat.jpg', 'gif-loop-3.gif', 'heic-single.heic', 'jpeg-cmyk.jpg', 'png-16bit-grey-alpha.png', 'tiff-16bit-rgb.tif'].map(
  (name) => readFileSync(fixture(name)),
);

let cameras: Buffer[]; // JPEG with an EXIF block and its preview
let blocks: Buffer[]; // their heads alone, where all that is parsed lies
beforeAll(async () => {
  const exif = { IFD0: { Make: 'Canon', Model: 'Canon EOS 7D' }, IFD2: { ExposureTime: '1/320', DateTimeOriginal: '2024:05:01 12:00:30' } };
  const packet = segment(0xe1, Buffer.from('http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><a xmp:CreatorTool="Picasa"/></x:xmpmeta>'));
  cameras = await Promise.all([
    cameraFile(),
    cameraFile({ orientation: 6, previewOrientation: 6 }),
    cameraFile({ segments: [packet, segment(0xe2, Buffer.alloc(300)), segment(0xee, Buffer.from('Adobe\0d\0\0\0\0\x01'))] }),
    cat(320, 240).withMetadata({ exif, orientation: 6 }).jpeg().toBuffer(),
  ]);
  blocks = cameras.map((bytes) => bytes.subarray(0, 1200));
});

/** The head of a camera's JPEG gone wrong, its pixels as they were: mostly among the first bytes, where the directories are. */
function camera(random: Random): Buffer {
  const sound = cameras[random(cameras.length)]!;
  const length = [200, 1200, sound.length][random(3)]!;
  return Buffer.concat([mutated(sound.subarray(0, length), blocks, random), sound.subarray(length)]);
}

/** What a preview found may say: nothing beyond the bytes that it was found in. */
function look(head: Buffer): 'preview' | 'doubt' {
  const found = findPreview(head);
  if ('doubt' in found) {
    expect(found.doubt).toMatch(/^\S.{3,80}$/);
    return 'doubt';
  }
  const { jpeg, frame, orientation, width, height } = found;
  expect(jpeg.length).toBeLessThanOrEqual(head.length);
  expect(head.includes(jpeg)).toBe(true);
  expect(orientation >= 1 && orientation <= 8).toBe(true);
  expect(Math.min(width, height, frame.width, frame.height)).toBeGreaterThan(0);
  expect(Math.max(width, height)).toBeLessThan(65_536);
  const size = jpegHead(jpeg)!;
  expect(frame.left + frame.width).toBeLessThanOrEqual(size.width);
  expect(frame.top + frame.height).toBeLessThanOrEqual(size.height);
  return 'preview';
}

const refusedInWords = (problem: { code: string; message: string }): void => {
  expect(problem.code).not.toBe('internal');
  expect(problem.message).toMatch(/^[A-Z].{10,300}[.)]$/);
};

describe('the head of a JPEG gone wrong', () => {
  it('gives a preview that lies within it, or a doubt in words', async () => {
    const told = { preview: 0, doubt: 0 };
    await fuzz(3000, (random) => told[look(camera(random))]++);
    expect(Math.min(told.preview, told.doubt)).toBeGreaterThan(100); // both are tried
  });

  it('gives a picture for people, or a doubt in words, where a preview was found', async () => {
    await fuzz(150, async (random) => {
      const found = findPreview(camera(random));
      if (!('doubt' in found)) expect(await showPreview(found)).toSatisfy((shown: object) => Buffer.isBuffer(shown) || 'doubt' in shown);
    });
  });

  it.each<[string, (exif: Buffer) => void]>([
    ['a directory that is its own next', (exif) => exif.writeUInt32LE(8, 8 + 2 + 12 * exif.readUInt16LE(8))],
    ['a directory inside itself', (exif) => exif.writeUInt32LE(8, entryOf(exif, 0x8769) + 8)],
    ['sixty-five thousand entries', (exif) => exif.writeUInt16LE(65_535, 8)],
    ['no entry', (exif) => exif.writeUInt16LE(0, 8)],
    ['a first directory past the end', (exif) => exif.writeUInt32LE(0xffff_fff0, 4)],
    ['a first directory in the header', (exif) => exif.writeUInt32LE(0, 4)],
    ['four billion letters', (exif) => exif.writeUInt32LE(0xffff_ffff, entryOf(exif, 0x0131) + 4)],
    ['letters past the end', (exif) => exif.writeUInt32LE(0xffff_fff0, entryOf(exif, 0x0131) + 8)],
    ['a type that is none', (exif) => exif.writeUInt16LE(65_535, entryOf(exif, 0x0131) + 2)],
  ])('with %s ends in a preview or a doubt', async (_, spoil) => {
    const head = await cameraFile();
    spoil(head.subarray(12)); // behind FFD8, FFE1, the length and "Exif\0\0"
    look(head);
    expect(await photoOf(head, 'jpg')).toMatchObject({ rung: expect.any(String) as string }); // the pixels are sound
  });

  it('with a preview past the end, of four billion bytes or in the header has none that is used', async () => {
    for (const [tag, value] of [
      [0x0201, 0xffff_fff0],
      [0x0202, 0xffff_ffff],
      [0x0201, 0],
      [0x0202, 0],
    ] as const) {
      const head = await cameraFile();
      const exif = head.subarray(12);
      const second = exif.readUInt32LE(8 + 2 + 12 * exif.readUInt16LE(8));
      exif.writeUInt32LE(value, entryOf(exif, tag, second) + 8);
      expect(look(head)).toBe('doubt');
    }
  });

  it('of segments that overlap, or of no length, ends where they do', () => {
    const lengthless = Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(60_000, Buffer.from([0xff, 0xe1, 0, 0]))]);
    expect(jpegHead(lengthless)?.complete).toBe(false);
    expect(jpegHead(Buffer.alloc(65_536, 0xff).fill(0xd8, 1, 2))?.complete).toBe(false);
    const packets = Buffer.alloc(65_536, segment(0xe1, Buffer.from('http://ns.adobe.com/xap/1.0/\0')));
    packets.writeUInt16BE(0xffd8, 0);
    expect(look(packets)).toBe('doubt');
  });
});

describe('any picture gone wrong', () => {
  it('is known by its first bytes, or refused in a sentence', async () => {
    const heads = fixtures.map((bytes) => bytes.subarray(0, 4100));
    const names = ['a.jpg', 'a.heic', 'a.tif', 'a.cr2', 'a', 'a.png'];
    await fuzz(3000, async (random) => {
      const outcome = await sniff(names[random(names.length)]!, mutated(heads[random(heads.length)]!, heads, random)).catch(
        (error: unknown) => error,
      );
      if (typeof outcome === 'string') return;
      expect(outcome).toBeInstanceOf(FileError);
      refusedInWords(outcome as FileError);
    });
  });

  it('says of itself what it knows, or is refused in a sentence', async () => {
    await fuzz(200, async (random) => {
      const path = join(folder, 'about');
      await writeFile(path, random(2) ? camera(random) : mutated(fixtures[random(fixtures.length)]!, fixtures, random));
      const about = await aboutPhoto(path);
      if ('problem' in about) {
        refusedInWords(about.problem);
        return;
      }
      expect(Math.min(about.width, about.height)).toBeGreaterThan(0);
      for (const line of [about.camera, about.lens]) if (line !== null) expect(line).toMatch(/^\S.{0,220}$/u);
    });
  });

  it('is read to pictures of the sizes wanted, or refused in a sentence', async () => {
    await fuzz(12, async (random) => {
      const sample = random(2) ? camera(random) : mutated(fixtures[random(fixtures.length)]!, fixtures, random);
      await photoOf(sample, 'any');
    });
  });
});

async function photoOf(bytes: Buffer, name: string): Promise<object> {
  const path = join(folder, `photo.${name}`);
  await writeFile(path, bytes);
  const photo = await readPhoto(path, want('preview'));
  if ('problem' in photo) refusedInWords(photo.problem);
  else expect(photo.pictures[0]).toHaveLength(64 * 64 * 3);
  return photo;
}

/** Where a directory's entry of this tag stands, in bytes from the start of the TIFF block. */
function entryOf(exif: Buffer, tag: number, directory = 8): number {
  for (let i = 0; i < exif.readUInt16LE(directory); i++) {
    if (exif.readUInt16LE(directory + 2 + 12 * i) === tag) return directory + 2 + 12 * i;
  }
  throw new Error(`no entry of tag ${tag}`);
}

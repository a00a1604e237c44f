import { createHash } from 'node:crypto';
import { mkdir, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { isSkipped, systemProblem } from '../../../src-main/reader/problems.ts';
import type { NotRead } from '../../../src-main/reader/protocol.ts';
import { readPhoto } from '../../../src-main/reader/read.ts';
import { cat, fixture, temporaryFolder, want } from './made.ts';

const folder = temporaryFolder();

async function refused(name: string, content: Buffer | string): Promise<NotRead> {
  const path = join(folder, name);
  await writeFile(path, content);
  return notRead(path);
}

async function notRead(path: string): Promise<NotRead> {
  const answer = await readPhoto(path, want('preview'));
  if (!('problem' in answer)) throw new Error(`${path} was read`);
  return answer;
}

const jpeg = await cat(320, 240).jpeg().toBuffer();
const bytes = Buffer.concat(Array.from({ length: 64 }, (_, i) => createHash('sha512').update(String(i)).digest())); // of no kind
const isoFile = (brand: string): Buffer =>
  Buffer.concat([Buffer.from(`\0\0\0\x18ftyp${brand}\0\0\0\0${brand}`, 'latin1'), Buffer.alloc(64)]);
const tiffHead = Buffer.concat([Buffer.from('II*\0\x08\0\0\0\0\0\0\0\0\0', 'latin1'), Buffer.alloc(64)]);

/** One directory entry, PrintIM: many cameras write it, and file-type takes it for the mark of Sony's RAW. */
const printTiff = Buffer.concat([Buffer.from('II*\0\x08\0\0\0\x01\0\xa5\xc4\x07\0\x04\0\0\0', 'latin1'), Buffer.alloc(80)]);

describe('a file that Squint does not read is skipped, and named for what it is', () => {
  it.each<[string, Buffer | string, string, string]>([
    ['text.jpg', 'Dear diary, the photo is missing.', 'not-a-picture', 'This is text, not a picture.'],
    ['page.jpg', '<!DOCTYPE html><title>Photo</title>', 'not-a-picture', 'This is a web page, not a picture.'],
    ['film.jpg', isoFile('isom'), 'not-a-picture', 'This is a video (mp4), not a picture.'],
    ['report.jpg', '%PDF-1.7\n', 'not-a-picture', 'This is a PDF document (pdf), not a picture.'],
    [
      'archive.jpg',
      Buffer.from('PK\x05\x06'.padEnd(22, '\0'), 'latin1'),
      'not-a-picture',
      'This is a file of another kind (zip), not a picture.',
    ],
    ['program', bytes, 'not-a-picture', 'This is a file of no kind that Squint knows, not a picture.'],
    ['drawing.svg', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', 'format-not-read', 'SVG drawings are not read.'],
    ['old.bmp', Buffer.concat([Buffer.from('BM'), Buffer.alloc(60)]), 'format-not-read', 'BMP pictures are not read.'],
    ['raw.nef', tiffHead, 'raw-not-read-yet', 'RAW files are not read yet.'],
    ['raw.pef', tiffHead, 'raw-not-read-yet', 'RAW files are not read yet.'],
    ['raw', printTiff, 'raw-not-read-yet', 'RAW files are not read yet.'],
    ['raw.cr3', isoFile('crx '), 'raw-not-read-yet', 'RAW files are not read yet.'],
    ['raw.raf', Buffer.from('FUJIFILMCCD-RAW '.padEnd(80, '\0')), 'raw-not-read-yet', 'RAW files are not read yet.'],
    ['raw.x3f', bytes, 'raw-not-read-yet', 'RAW files are not read yet.'],
  ])('%s', async (name, content, code, message) => {
    const { problem, skipped, bytes: read } = await refused(name, content);
    expect(problem).toMatchObject({ code, message, path: join(folder, name) });
    expect(skipped).toBe(true);
    expect(read).toBe(Buffer.byteLength(content));
  });
});

describe('a picture that cannot be read fails, with a sentence', () => {
  it.each<[string, Buffer | string, string, string]>([
    ['empty.jpg', '', 'empty', 'The file is empty: it has 0 bytes.'],
    ['noise.png', bytes, 'not-recognised', 'The file is named like a picture (.png), but its content is of no kind that Squint knows.'],
    ['head.jpg', jpeg.subarray(0, 20), 'damaged', 'The picture is damaged: nothing of this JPEG file could be decoded.'],
    ['camera.tif', printTiff, 'damaged', 'The picture is damaged: nothing of this TIFF file could be decoded.'],
    ['head.heic', isoFile('heic'), 'damaged', 'The picture is damaged: nothing of this HEIC or AVIF file could be decoded.'],
  ])('%s', async (name, content, code, message) => {
    const { problem, skipped } = await refused(name, content);
    expect(problem).toMatchObject({ code, message, path: join(folder, name) });
    expect(skipped).toBe(false);
  });

  it('when it is gone', async () => {
    expect((await notRead(join(folder, 'gone.jpg'))).problem).toMatchObject({
      code: 'missing',
      message: 'The file is not there any more.',
    });
  });

  it('when it is a folder', async () => {
    await mkdir(join(folder, 'folder.jpg'));
    expect((await notRead(join(folder, 'folder.jpg'))).problem).toMatchObject({
      code: 'not-a-file',
      message: 'This is a folder, not a file.',
    });
  });

  it.skipIf(process.platform === 'win32')('when it is a device, which would be waited for', async () => {
    expect((await notRead('/dev/null')).problem).toMatchObject({ code: 'not-a-file', message: 'This is a device or a pipe, not a file.' });
  });

  it('when the system does not let it be read', () => {
    const refusal = (code: string) => systemProblem('/photos/a.jpg', Object.assign(new Error(code), { code }));
    expect(refusal('EACCES')).toMatchObject({ code: 'no-permission', message: 'Squint may not read this file.', path: '/photos/a.jpg' });
    expect(refusal('EIO')).toMatchObject({ code: 'read-error', message: 'The system could not read the file (EIO).' });
    expect(isSkipped('no-permission')).toBe(false);
  });

  it('when it has too many bytes', async () => {
    const path = join(folder, 'long.tif');
    await writeFile(path, '');
    await truncate(path, 4_100_000_000); // a hole, not bytes
    expect((await notRead(path)).problem).toMatchObject({
      code: 'too-large',
      message: 'The picture is too large: the file has 4.1 GB, and the limit is 4.',
    });
  });

  it('when it claims too many pixels', async () => {
    const { problem } = await refused('claims.png', claiming(await cat(32, 24).png().toBuffer(), 65_536));
    expect(problem).toMatchObject({
      code: 'too-large',
      message: 'The picture is too large: 65536 x 65536 pixels (4,295 megapixels), and the limit is 400.',
    });
  });

  it('when decoding it would take too much memory', async () => {
    const interlaced = await cat(32, 24).png({ progressive: true }).toBuffer();
    const { problem } = await refused('interlaced.png', claiming(interlaced, 20_000));
    expect(problem).toMatchObject({ code: 'too-large' });
    expect(problem.message).toBe(
      'The picture is too large: 20000 x 20000 pixels (400 megapixels) as interlaced PNG take about 1,320 MB of memory to decode, and the limit is 500.',
    );
  });
});

describe('content goes before the name', () => {
  it.each(['photo.nef', 'photo.png', 'photo', 'photo with spaces, ümläut & (brackets) #1.jpg'])(
    'a sound JPEG named %s is read',
    async (name) => {
      const path = join(folder, name);
      await writeFile(path, jpeg);
      expect(await readPhoto(path, want('preview'))).toMatchObject({ width: 320, height: 240 });
    },
  );

  it('a HEIC named .jpg is read', async () => {
    const path = join(folder, 'phone.jpg');
    await writeFile(path, await readFile(fixture('heic-single.heic')));
    expect(await readPhoto(path, want('preview'))).toMatchObject({ width: 1440, height: 960 });
  });
});

/** A PNG whose header claims another size. */
function claiming(png: Buffer, side: number): Buffer {
  png.writeUInt32BE(side, 16);
  png.writeUInt32BE(side, 20);
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
  return png;
}

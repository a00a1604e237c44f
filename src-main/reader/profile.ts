/**
 * Colours of a picture whose profile is known apart from it (HEIC, whose pixels libheif hands out as they are). sharp converts only what a
 * file says of itself, so the pixels go through a PNG in memory that carries the profile.
 */
import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Raw, type Sharp } from 'sharp';

/** A PNG's signature and its first chunk, IHDR; bytes. */
const headerBytes = 8 + 25;

/**
 * @param pixels in the colours of the profile, row by row
 * @param icc an ICC profile
 * @returns the same picture, whose profile sharp now knows
 */
export async function withProfile(pixels: Uint8Array, raw: Raw, icc: Uint8Array): Promise<Sharp> {
  const png = await sharp(pixels, { raw }).png({ compressionLevel: 0 }).toBuffer();
  return sharp(Buffer.concat([png.subarray(0, headerBytes), profileChunk(icc), png.subarray(headerBytes)]));
}

/** iCCP: a name, a zero byte, the method (0, deflate), the profile; around it length, type and checksum. */
function profileChunk(icc: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from('iCCPphoto\0\0', 'latin1'), deflateSync(icc)]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(body.length - 4, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}

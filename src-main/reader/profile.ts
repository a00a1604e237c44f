/**
 * Colours of a picture whose profile is known apart from it (HEIC, whose pixels libheif hands out as they are). sharp converts only what a
 * file says of itself, so the square goes through a PNG in memory that carries the profile.
 */
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';

/** A PNG's signature and its first chunk, IHDR; bytes. */
const headerBytes = 8 + 25;

/**
 * @param rgb side × side × 3, in the colours of the profile
 * @param icc an ICC profile
 * @returns the same shape in sRGB
 */
export async function withProfile(rgb: Uint8Array, side: number, icc: Uint8Array): Promise<Uint8Array> {
  const raw = { width: side, height: side, channels: 3 } as const;
  const png = await sharp(rgb, { raw }).png({ compressionLevel: 0 }).toBuffer();
  const tagged = Buffer.concat([png.subarray(0, headerBytes), profileChunk(icc), png.subarray(headerBytes)]);
  return sharp(tagged).toColourspace('srgb').raw().toBuffer();
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

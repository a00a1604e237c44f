/**
 * By what a photo is known again when its file was renamed or moved: a hash of its head, its tail and its length, which costs two small
 * reads. Where two files agree in it, a hash of every byte decides.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { systemProblem } from '../reader/index.ts';

/** Of the head and of the tail; bytes. */
const partBytes = 64 * 1024;

/**
 * @returns 64 hexadecimal digits; SHA-256 over length (8 bytes, little endian), head and tail
 * @throws {FileError} `missing`, `no-permission`, `read-error`
 */
export async function fastHash(path: string): Promise<string> {
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    const { size } = await file.stat();
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(size));
    const hash = createHash('sha256').update(length);
    const head = await readAt(file, 0, Math.min(partBytes, size));
    const tail = await readAt(file, Math.max(head.length, size - partBytes), partBytes);
    return hash.update(head).update(tail).digest('hex');
  } catch (error) {
    throw systemProblem(path, error);
  } finally {
    await file?.close();
  }
}

/**
 * @returns 64 hexadecimal digits; SHA-256 of every byte
 * @throws {FileError} `missing`, `no-permission`, `read-error`
 */
export async function fullHash(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
    return hash.digest('hex');
  } catch (error) {
    throw systemProblem(path, error);
  }
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, position);
  return bytes.subarray(0, bytesRead);
}

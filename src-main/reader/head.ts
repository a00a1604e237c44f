/** The first bytes of a file, after making sure that it is one: opening a pipe would wait for its writer. */
import { type FileHandle, open, stat } from 'node:fs/promises';
import { FileError } from '../contract/errors.ts';
import { jpegHead } from './jpeg.ts';
import { limits } from './memory.ts';
import { systemProblem, unreadable } from './problems.ts';
import type { Spent } from './question.ts';

/** The head that is read first, and the most that is read where segments reach beyond it; bytes. */
export const headBytes = 64 * 1024;
const longestHead = 128 * 1024;

/**
 * @param length `headBytes` reads on, once, where the segments in front of a JPEG's picture data reach beyond it
 * @throws {FileError} `missing`, `not-a-file`, `empty`, `too-large`, `no-permission`, `read-error`
 */
export async function readHead(path: string, length: number, spent: Spent): Promise<{ head: Buffer; size: number }> {
  let file: FileHandle | undefined;
  try {
    const about = await stat(path);
    if (about.isDirectory()) throw unreadable(path, 'not-a-file', 'a folder');
    if (!about.isFile()) throw unreadable(path, 'not-a-file', 'a device or a pipe');
    if (about.size === 0) throw unreadable(path, 'empty');
    if (about.size > limits.fileBytes) {
      throw unreadable(path, 'too-large', `the file has ${(about.size / 1e9).toFixed(1)} GB, and the limit is ${limits.fileBytes / 1e9}`);
    }
    file = await open(path);
    let head = await readOn(file, Buffer.alloc(0), length);
    if (length === headBytes && head.length === headBytes && jpegHead(head)?.complete === false) {
      head = await readOn(file, head, longestHead);
    }
    spent.bytes += head.length;
    return { head, size: about.size };
  } catch (error) {
    throw error instanceof FileError ? error : systemProblem(path, error);
  } finally {
    await file?.close();
  }
}

async function readOn(file: FileHandle, begin: Buffer, length: number): Promise<Buffer> {
  const head = Buffer.allocUnsafe(length);
  begin.copy(head);
  const { bytesRead } = await file.read(head, begin.length, length - begin.length, begin.length);
  return head.subarray(0, begin.length + bytesRead);
}

/** The checkpoint's file, read at places. */
import { type FileHandle, open, stat } from 'node:fs/promises';
import { FileError } from '../../contract/errors.ts';
import { damaged } from './faults.ts';

export interface File {
  readonly size: number; // bytes
  /** Bytes from a place in the file, in memory of their own. */
  read(at: number, length: number): Promise<Buffer>;
}

const largestRead = 2 ** 30; // bytes; one read of Node takes less than 2 ** 31

/**
 * Opens the file for as long as `use` takes.
 *
 * @throws {FileError} `not-found`, `not-a-file` or `unreadable`
 */
export async function withFile<T>(path: string, use: (file: File) => Promise<T>): Promise<T> {
  let handle: FileHandle | undefined;
  try {
    const { size } = await statOfFile(path); // before opening, which on a pipe would wait for a writer
    handle = await open(path);
    const opened = handle;
    return await use({ size, read: (at, length) => readAt(opened, size, at, length) });
  } catch (cause) {
    const { code, syscall } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new FileError(path, 'not-found', `There is no file ${path}.`, { cause });
    if (syscall !== undefined) throw new FileError(path, 'unreadable', `${path} could not be read (${code ?? 'unknown'}).`, { cause });
    throw cause;
  } finally {
    await handle?.close();
  }
}

async function statOfFile(path: string): Promise<{ size: number }> {
  const found = await stat(path);
  if (found.isFile()) return found;
  const what = found.isDirectory() ? 'a folder' : 'not a file';
  throw new FileError(path, 'not-a-file', `${path} is ${what}; a checkpoint is a file that torch.save wrote.`, {
    hint: 'Checkpoints of the authors’ code lie in save_models and end in .pth.tar.',
  });
}

async function readAt(handle: FileHandle, size: number, at: number, length: number): Promise<Buffer> {
  if (at + length > size) throw damaged(`The checkpoint ends at byte ${size}, in the middle of ${length} bytes from byte ${at}.`);
  const bytes = Buffer.allocUnsafeSlow(length);
  for (let done = 0; done < length;) {
    const { bytesRead } = await handle.read(bytes, done, Math.min(length - done, largestRead), at + done);
    if (bytesRead === 0) throw damaged(`The checkpoint became shorter while it was read: nothing at byte ${at + done} of ${size}.`);
    done += bytesRead;
  }
  return bytes;
}

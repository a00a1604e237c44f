/** A checkpoint's file, whichever of its two forms it has. */
import { basename } from 'node:path';
import { fileTypeFromBuffer } from 'file-type';
import { openArchive } from './archive.ts';
import { type Checkpoint, contentsOf } from './contents.ts';
import { unknown } from './faults.ts';
import { type File, withFile } from './file.ts';
import type { Container } from './storage.ts';
import { openStream } from './stream.ts';

/**
 * Weights and labels of a checkpoint that torch.save wrote, in either form.
 *
 * Nothing of it is run. Whether the weights fit a configuration is for the caller to check. Tensors that share a storage share memory, and
 * `data` may be a part of a larger buffer.
 *
 * @throws {FileError} `not-found`, `not-a-file` or `unreadable`
 * @throws {PackError} `checkpoint-unknown` (no checkpoint), `-damaged`, `-unfit` (holds something else than weights) or `-excessive` (a bomb)
 */
export function readCheckpoint(path: string): Promise<Checkpoint> {
  return withFile(path, async (file) => contentsOf(await open(file, basename(path)), file.size));
}

async function open(file: File, name: string): Promise<Container> {
  const head = await file.read(0, Math.min(file.size, 4096));
  if (head.subarray(0, 4).equals(zipStart)) return openArchive(file);
  if (pickleStarts.includes(head[0] ?? 0)) return openStream(file);
  throw unknown(`${name} is ${await kindOf(head)}; expected a checkpoint that torch.save wrote.`);
}

const zipStart = Buffer.from('PK\x03\x04', 'latin1');
const pickleStarts = [0x80, 0x4c]; // PROTO; LONG in protocol 1, which has no PROTO

async function kindOf(head: Buffer): Promise<string> {
  if (head.length === 0) return 'empty';
  const type = await fileTypeFromBuffer(head);
  if (type !== undefined) return `a file of type ${type.mime}`;
  return `of a kind unknown to Squint (it begins with ${head.subarray(0, 8).toHex()})`;
}

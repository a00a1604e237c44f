/**
 * One photo, from a path to the pictures that the networks see, by the cheapest rung that has enough pixels. This is all that the reader
 * child does; main.ts only passes questions in and answers out.
 */
import { type FileHandle, open, stat } from 'node:fs/promises';
import { FileError, type Problem, toProblem } from '../contract/errors.ts';
import { CpuShares } from './cpu-shares.ts';
import { decode } from './decode.ts';
import { HeicLane } from './heic.ts';
import { jpegHead } from './jpeg.ts';
import { limits } from './memory.ts';
import { picturesOf } from './pictures.ts';
import { decodePreview, findPreview, headBytes, longestHead } from './preview.ts';
import { isSkipped, systemProblem, unreadable } from './problems.ts';
import type { Pixels, Want } from './protocol.ts';
import { sniff, sniffBytes } from './sniff.ts';

export interface NotRead {
  readonly problem: Problem;
  readonly skipped: boolean; // a file that Squint does not read, rather than a picture that could not be read
  readonly bytes: number; // read from the file until that was known
  readonly cpuMs: number;
}

type Found = Omit<Pixels, 'bytes' | 'ms' | 'cpuMs'>;

const shares = new CpuShares();
const heic = new HeicLane();

/** Reads one photo. Never rejects for a file's sake: what is wrong with it is a value. Several may be in flight. */
export async function readPhoto(path: string, want: Want): Promise<Pixels | NotRead> {
  const share = shares.start();
  const began = performance.now();
  const spent = { bytes: 0 };
  try {
    const found = await look(path, want, spent);
    return { ...found, bytes: spent.bytes, ms: performance.now() - began, cpuMs: shares.finish(share) };
  } catch (error) {
    const problem = toProblem(error);
    return { problem, skipped: isSkipped(problem.code), bytes: spent.bytes, cpuMs: shares.finish(share) };
  }
}

async function look(path: string, want: Want, spent: { bytes: number }): Promise<Found> {
  const { head, size } = await readHead(path, want.from === 'preview' ? headBytes : sniffBytes, spent);
  const format = await sniff(path, head);
  if (format === 'jpeg' && want.from === 'preview') {
    const found = await fromPreview(head, want);
    if (found) return found;
  } else {
    spent.bytes = 0; // those bytes are read again with the rest
  }
  spent.bytes += size;
  const { square, ...decoded } = await decode(path, format, want, heic);
  return { pictures: await picturesOf(square, want.pictures), ...decoded };
}

async function fromPreview(head: Buffer, want: Want): Promise<Found | null> {
  const preview = findPreview(head);
  if ('doubt' in preview) return null;
  const square = await decodePreview(preview, want);
  if ('doubt' in square) return null;
  const [width, height] = preview.orientation >= 5 ? [preview.height, preview.width] : [preview.width, preview.height];
  return { pictures: await picturesOf(square, want.pictures), rung: 'preview', width, height, enlarged: false, damaged: false };
}

/** The first bytes of a file, after making sure that it is one: opening a pipe would wait for its writer. */
async function readHead(path: string, length: number, spent: { bytes: number }): Promise<{ head: Buffer; size: number }> {
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
    // The segments in front of the picture data reach beyond the usual head: read on, once.
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

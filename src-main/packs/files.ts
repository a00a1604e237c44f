/** The files of a pack's folder: read whole, in bounded memory, and held against the SHA-256 that pack.json has of them. */
import { createHash } from 'node:crypto';
import { open, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FileError, PackError } from '../contract/errors.ts';
import type { Manifest } from './manifest.ts';
import { parseManifest } from './parse-manifest.ts';

const largestFile = 2 ** 31 - 1; // bytes; neither an ONNX file nor a read of Node's can be larger
const largestJson = 2 ** 26;

/** @param content text is taken as UTF-8 */
export const sha256 = (content: Uint8Array | string): string => createHash('sha256').update(content).digest('hex');

/**
 * @param limit in bytes
 * @throws {FileError} `not-found`, `not-a-file`, `too-large` or `unreadable`
 */
export async function readWhole(path: string, limit = largestFile): Promise<Uint8Array> {
  try {
    const found = await stat(path); // before opening, which on a pipe would wait for a writer
    if (!found.isFile()) throw new FileError(path, 'not-a-file', `${path} is not a file.`);
    if (found.size > limit) throw new FileError(path, 'too-large', `${path} has ${found.size} bytes; at most ${limit} are read.`);
    return await readFile(path);
  } catch (cause) {
    if (cause instanceof FileError) throw cause;
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    if (missing) throw new FileError(path, 'not-found', `There is no file ${path}.`, { cause });
    throw new FileError(path, 'unreadable', `${path} could not be read (${(cause as NodeJS.ErrnoException).code ?? 'unknown'}).`, {
      cause,
    });
  }
}

/** @throws {FileError} as readWhole; {PackError} `not-json` */
export async function readJson(path: string): Promise<unknown> {
  return parseJson(await readWhole(path, largestJson), path);
}

/** Whether a file begins as a JSON object does, which no checkpoint does. What cannot be read does not. */
export async function looksLikeJson(path: string): Promise<boolean> {
  if ((await stat(path).catch(() => null))?.isFile() !== true) return false;
  const head = Buffer.alloc(64);
  const handle = await open(path).catch(() => null);
  await handle?.read(head, 0, head.length, 0);
  await handle?.close();
  return /^\s*\{/.test(head.toString('utf8'));
}

function parseJson(bytes: Uint8Array, path: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new PackError('not-json', `${path} is not JSON: ${cause instanceof Error ? cause.message : 'it could not be parsed'}.`, {
      cause,
    });
  }
}

/**
 * pack.json and the SHA-256 of its bytes, which tells one pack from another.
 *
 * @throws {PackError} `no-pack` where the folder has none, else as parseManifest
 */
export async function readManifest(folder: string): Promise<{ manifest: Manifest; digest: string }> {
  const path = join(folder, 'pack.json');
  try {
    const bytes = await readWhole(path, largestJson);
    return { manifest: parseManifest(parseJson(bytes, path), folder), digest: sha256(bytes) };
  } catch (cause) {
    if (!(cause instanceof FileError && cause.code === 'not-found')) throw cause;
    throw new PackError('no-pack', `There is no pack in ${folder}: it has no pack.json.`, {
      hint: 'squint packs list shows the packs there are.',
      cause,
    });
  }
}

/**
 * A file of the pack, if it is the one that pack.json was written for.
 *
 * @throws {PackError} `pack-damaged`, naming the file
 */
export async function readListed(folder: string, file: string, expected: string): Promise<Uint8Array> {
  const damaged = (what: string, cause?: unknown): PackError =>
    new PackError('pack-damaged', `The pack in ${folder} cannot be used: ${file} ${what}.`, {
      hint: 'Get the pack anew, or import it again. squint packs verify lists every damaged file.',
      cause,
    });
  let bytes;
  try {
    bytes = await readWhole(join(folder, file));
  } catch (cause) {
    if (!(cause instanceof FileError)) throw cause;
    throw damaged(cause.code === 'not-found' ? 'is missing' : 'could not be read', cause);
  }
  const found = sha256(bytes);
  if (found === expected) return bytes;
  throw damaged(`is damaged (SHA-256 ${found.slice(0, 12)}…, expected ${expected.slice(0, 12)}…)`);
}

/** Every file of the pack by name, each checked. @throws {PackError} as readListed */
export async function readFiles(folder: string, { files }: Manifest): Promise<Map<string, Uint8Array>> {
  const read = new Map<string, Uint8Array>();
  for (const [file, expected] of Object.entries(files)) read.set(file, await readListed(folder, file, expected));
  return read;
}

/** What a file is, by its first bytes. Its name decides only where the bytes cannot: camera RAW that looks like TIFF. */
import { extname } from 'node:path';
import { fileTypeFromBuffer } from 'file-type';
import { pictureNames, rawNames } from './names.ts';
import { unreadable } from './problems.ts';

/** A kind of file that is read. `heif` holds both AVIF and HEIC; which of them, its metadata says. */
export type Format = 'jpeg' | 'png' | 'webp' | 'gif' | 'tiff' | 'heif';

/** So many bytes tell every kind; file-type asks for no more. */
export const sniffBytes = 4100;

const formats: Readonly<Record<string, Format>> = {
  jpg: 'jpeg',
  png: 'png',
  apng: 'png',
  webp: 'webp',
  gif: 'gif',
  avif: 'heif',
  heic: 'heif',
};

/**
 * @param head the file's first bytes, at least `sniffBytes` of them where the file has so many
 * @throws {FileError} `not-a-picture`, `format-not-read`, `raw-not-read-yet`, `not-recognised`
 */
export async function sniff(path: string, head: Uint8Array): Promise<Format> {
  const named = extname(path).toLowerCase();
  const type = await fileTypeFromBuffer(head).catch(() => undefined);
  const isRaw = rawNames.has(named) || rawNames.has(`.${type?.ext ?? ''}`);
  if (isTiff(head)) {
    // file-type takes a TIFF for RAW by tags that cameras also write into plain ones; those are named as what they are.
    if (isRaw && !named.startsWith('.tif')) throw unreadable(path, 'raw-not-read-yet');
    return 'tiff';
  }
  const format = formats[type?.ext ?? ''];
  if (format) return format;

  const text = asText(head);
  if (text?.includes('<svg')) throw unreadable(path, 'format-not-read', 'SVG drawings');
  if (type) {
    if (isRaw) throw unreadable(path, 'raw-not-read-yet');
    if (type.mime.startsWith('image/')) throw unreadable(path, 'format-not-read', `${type.ext.toUpperCase()} pictures`);
    throw unreadable(path, 'not-a-picture', `${family(type.mime)} (${type.ext})`);
  }
  if (text !== null) throw unreadable(path, 'not-a-picture', /^\s*<(!doctype html|html)/i.test(text) ? 'a web page' : 'text');
  if (isRaw) throw unreadable(path, 'raw-not-read-yet');
  if (pictureNames.has(named)) throw unreadable(path, 'not-recognised', named);
  throw unreadable(path, 'not-a-picture', 'a file of no kind that Squint knows');
}

function isTiff(head: Uint8Array): boolean {
  const magic = Buffer.from(head.subarray(0, 4)).toString('latin1');
  return magic === 'II*\0' || magic === 'MM\0*' || magic === 'II+\0' || magic === 'MM\0+'; // + is BigTIFF
}

function family(mime: string): string {
  if (mime.startsWith('video/')) return 'a video';
  if (mime.startsWith('audio/')) return 'a sound file';
  if (mime === 'application/pdf') return 'a PDF document';
  return 'a file of another kind';
}

/** The head as text, or null if it holds what text does not: bytes that are no UTF-8, or control characters. */
function asText(head: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true }); // stream: a character cut off at the end is no fault
    // eslint-disable-next-line no-control-regex -- control characters are what tells bytes from text
    return /[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(text) ? null : text;
  } catch {
    return null;
  }
}

/**
 * Why a file was not read: every code that the reader may answer, with its sentence. `skipped` marks files that are no pictures, or
 * pictures of a kind that Squint does not read; the others are pictures that could not be read.
 */
import { FileError } from '../contract/errors.ts';

interface Reason {
  readonly skipped: boolean;
  readonly message: (what: string) => string; // what: the detail that only the place knows, such as the format or the numbers
  readonly hint?: string;
}

const reasons = {
  'not-a-picture': { skipped: true, message: (what) => `This is ${what}, not a picture.` },
  'format-not-read': { skipped: true, message: (what) => `${what} are not read.`, hint: 'Saved as JPEG, PNG or TIFF it can be read.' },
  'raw-not-read-yet': {
    skipped: true,
    message: () => 'RAW files are not read yet.',
    hint: 'A JPEG that the camera saved beside it is read.',
  },
  empty: { skipped: false, message: () => 'The file is empty: it has 0 bytes.' },
  'not-recognised': {
    skipped: false,
    message: (name) => `The file is named like a picture (${name}), but its content is of no kind that Squint knows.`,
    hint: 'It may be damaged from its first bytes on, or encrypted.',
  },
  damaged: { skipped: false, message: (format) => `The picture is damaged: nothing of this ${format} file could be decoded.` },
  'too-large': { skipped: false, message: (numbers) => `The picture is too large: ${numbers}.` },
  changed: {
    skipped: false,
    message: () => 'The photo is read differently now than when it was sorted, so what the network saw cannot be shown.',
    hint: 'Sorted again, it shows what the network sees now.',
  },
  'not-kept': {
    skipped: false,
    message: (cause) => `A picture of it could not be kept in the cache (${cause}).`,
    hint: 'Is there room on the drive of the cache, and may Squint write there?',
  },
  missing: { skipped: false, message: () => 'The file is not there any more.' },
  'not-a-file': { skipped: false, message: (what) => `This is ${what}, not a file.` },
  'no-permission': {
    skipped: false,
    message: () => 'Squint may not read this file.',
    hint: 'Its permissions, or those of a folder above it, do not let this user read it.',
  },
  'read-error': {
    skipped: false,
    message: (cause) => `The system could not read the file (${cause}).`,
    hint: 'Is its drive still connected?',
  },
} as const satisfies Record<string, Reason>;

export type ReadCode = keyof typeof reasons;

/** The error for a file that is not read, to be thrown where it is found out. */
export function unreadable(path: string, code: ReadCode, what = '', cause?: unknown): FileError {
  const reason: Reason = reasons[code];
  return new FileError(path, code, reason.message(what), { ...(reason.hint !== undefined && { hint: reason.hint }), cause });
}

/** Whether this code is that of a file that Squint does not read, rather than of a picture that could not be read. */
export const isSkipped = (code: string): boolean => Object.hasOwn(reasons, code) && reasons[code as ReadCode].skipped;

/** The error for what the file system refused. */
export function systemProblem(path: string, error: unknown): FileError {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
  if (code === 'ENOENT' || code === 'ENOTDIR') return unreadable(path, 'missing', '', error);
  if (code === 'EACCES' || code === 'EPERM') return unreadable(path, 'no-permission', '', error);
  return unreadable(path, 'read-error', code, error);
}

/** What SQLite says when a library cannot be used, in words for people. */
import { SquintError } from '../contract/errors.ts';
import { lastBackup } from './backups.ts';

// https://www.sqlite.org/rescode.html; the low byte of an extended code is the primary one
const readOnly = 8;
const ioError = 10;
const corrupt = 11;
const full = 13;
const cannotOpen = 14;
const notADatabase = 26;

/**
 * @param folder of the library
 * @returns what was thrown, unless SQLite threw it for a reason outside Squint
 */
export function toLibraryError(error: unknown, folder: string): unknown {
  switch (codeOf(error)) {
    case corrupt:
    case notADatabase:
      return damaged(folder, error);
    case readOnly:
    case cannotOpen:
      return notWritable(folder, error);
    case full:
      return new SquintError('library-disk-full', `The disk with the library ${folder} is full.`, {
        hint: 'Make room on it; what was kept before is safe.',
        cause: error,
      });
    case ioError:
      return new SquintError('library-disk', `The disk with the library ${folder} answered with an error.`, {
        hint: 'Look whether it is still connected, and whether its system reports faults.',
        cause: error,
      });
    default:
      return error;
  }
}

export function damaged(folder: string, cause?: unknown): SquintError {
  const backup = lastBackup(folder);
  const hint = backup
    ? `Its last backup is ${backup}. To go back to it, close Squint, move every file named catalog.db… in that folder to another place, and copy the backup there as catalog.db.`
    : 'It has no backup yet. Move every file named catalog.db… in that folder to another place, and Squint begins a new library.';
  return new SquintError(
    backup ? 'library-damaged' : 'library-damaged-no-backup',
    `The library ${folder} is damaged. It was left as it is; your photos were not touched.`,
    {
      hint,
      cause,
    },
  );
}

export function notWritable(folder: string, cause?: unknown): SquintError {
  return new SquintError('library-read-only', `The library ${folder} cannot be written to.`, {
    hint: 'Give yourself the right to write there, or let SQUINT_HOME name another folder.',
    cause,
  });
}

export function newer(folder: string, version: number, known: number): SquintError {
  return new SquintError(
    'library-newer',
    `The library ${folder} was written by a newer Squint (its version is ${version}, this Squint knows ${known}). It was left as it is.`,
    { hint: 'Use the newer Squint, or let SQUINT_HOME name another folder.' },
  );
}

function codeOf(error: unknown): number | undefined {
  const { code, errcode } = (error ?? {}) as { code?: unknown; errcode?: unknown };
  return code === 'ERR_SQLITE_ERROR' && typeof errcode === 'number' ? errcode & 0xff : undefined;
}

/** Why something on the disk could not be done, in words for people. */
import { codeOf } from './disk.ts';
import type { Reason } from './steps.ts';

/** A step that cannot be done, found out while it was tried. */
export class Refusal extends Error {
  readonly reason: Reason;

  constructor(reason: Reason) {
    super(reason.message);
    this.reason = reason;
  }
}

export const alreadyThere: Reason = { code: 'already-there', message: 'the same file is there already' };
export const changedSince: Reason = { code: 'changed', message: 'the file was changed since' };

const known: Readonly<Record<string, readonly [code: string, message: string]>> = {
  ENOSPC: ['disk-full', 'the disk is full'],
  EDQUOT: ['disk-full', 'there is no room left for this account on the disk'],
  EROFS: ['read-only', 'the disk can only be read'],
  EACCES: ['no-permission', 'Squint may not write there'],
  EPERM: ['no-permission', 'the system does not let it be changed; another program may have it open'],
  EBUSY: ['in-use', 'another program has it open'],
  ETXTBSY: ['in-use', 'another program has it open'],
  ENAMETOOLONG: ['too-long', 'its path would be too long'],
  EFBIG: ['too-large', 'it is too large for the disk'],
  ENOENT: ['missing', 'the file or its folder is not there any more'],
  ENOTDIR: ['name-taken', 'a file has the name of one of its folders'],
  EIO: ['disk-error', 'the disk reported an error'],
};

export function reasonOf(error: unknown): Reason {
  if (error instanceof Refusal) return error.reason;
  const cause = error instanceof Error && error.cause !== undefined && codeOf(error.cause) !== 'unknown' ? error.cause : error;
  const system = codeOf(cause);
  const [code, message] = known[system] ?? ['disk-error', `the system refused it (${system})`];
  return { code, message };
}

/** Errors that the next photo would meet too: going on would only fail a thousand times. */
export const isFatal = ({ code }: Reason): boolean => code === 'disk-full' || code === 'read-only';

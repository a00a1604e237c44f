/**
 * The disk, as file operations use it: one verb a step, so that a test can stop after every single one. No verb here replaces a file that
 * is there, but `rename`, which takes only the empty file that `reserve` made for it.
 */
import { constants } from 'node:fs';
import { access, chmod, copyFile, link, lstat, mkdir, open, readdir, rename, rmdir, statfs, unlink, utimes } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fastHash, fullHash } from '../content.ts';
import type { Lost } from './steps.ts';

export interface Entry {
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  readonly size: number; // bytes
  readonly mtimeMs: number; // with its fractions
  readonly inode: number;
  readonly volume: string;
  readonly identity: string; // of volume and inode: two names with the same one are one file
  readonly names: number; // hard links; 1 where the volume has no such
}

/** Whether a file has the size and time that were noted of it. The catalogue notes whole milliseconds. */
export const isAsTold = (now: Entry, noted: Pick<Entry, 'size' | 'mtimeMs'>): boolean =>
  now.size === noted.size && Math.abs(now.mtimeMs - noted.mtimeMs) < 1;

export interface Disk {
  /** @returns null where nothing has that name; links are not followed */
  look(path: string): Promise<Entry | null>;
  /** @returns the names in it; null where there is no such folder */
  list(folder: string): Promise<readonly string[] | null>;
  /** One folder, in one that is there. @returns false where it was there already */
  makeFolder(path: string): Promise<boolean>;
  /** @returns false where it is not empty, or not there */
  removeEmptyFolder(path: string): Promise<boolean>;
  /** A second name for a file. @returns `cannot` where the volume has no such thing or is another one */
  link(source: string, target: string): Promise<'made' | 'taken' | 'cannot'>;
  /** An empty file under a name that nothing has. */
  reserve(target: string): Promise<'made' | 'taken'>;
  /** @param target what `reserve` made */
  rename(source: string, target: string): Promise<void>;
  /** Bytes, times, permissions and attributes, to a name that nothing has. @returns what could not be kept */
  copy(source: string, target: string): Promise<readonly Lost[]>;
  /** The bytes of a file have reached the disk afterwards. */
  sync(path: string): Promise<void>;
  /** The names in a folder have, where the system can do that (Windows cannot). */
  syncFolder(path: string): Promise<void>;
  fastHash(path: string): Promise<string>;
  fullHash(path: string): Promise<string>;
  /** One name of a file. */
  remove(path: string): Promise<void>;
  bin(path: string): Promise<void>;
  /** Whether names may be made in a folder, as far as the system tells beforehand. */
  mayWrite(folder: string): Promise<boolean>;
  /** @param path of something that is there */
  space(path: string): Promise<{ readonly bytes: number; readonly of: number }>;
}

export const realDisk: Disk = {
  async look(path) {
    try {
      const about = await lstat(path, { bigint: true });
      const kind = about.isFile() ? 'file' : about.isDirectory() ? 'folder' : about.isSymbolicLink() ? 'link' : 'other';
      return {
        kind,
        size: Number(about.size),
        mtimeMs: Number(about.mtimeNs) / 1e6,
        inode: Number(about.ino),
        volume: String(about.dev),
        identity: `${about.dev}:${about.ino}`,
        names: Number(about.nlink),
      };
    } catch (error) {
      if (isNotThere(error)) return null;
      throw error;
    }
  },

  async list(folder) {
    try {
      return await readdir(folder);
    } catch (error) {
      if (isNotThere(error)) return null;
      throw error;
    }
  },

  makeFolder: (path) => unlessThere(mkdir(path)),

  async removeEmptyFolder(path) {
    try {
      await rmdir(path);
      return true;
    } catch {
      return false;
    }
  },

  async link(source, target) {
    try {
      return (await unlessThere(link(source, target))) ? 'made' : 'taken';
    } catch (error) {
      // EPERM, ENOTSUP, ENOSYS, EINVAL: volumes without hard links say it in many ways; EMLINK: the file has too many
      if (['EXDEV', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL', 'EMLINK', 'EACCES', 'UNKNOWN'].includes(codeOf(error)))
        return 'cannot';
      throw error;
    }
  },

  async reserve(target) {
    try {
      await (await open(target, 'wx')).close();
      return 'made';
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return 'taken';
      throw error;
    }
  },

  rename: (source, target) => rename(source, target),

  async copy(source, target) {
    // A clone shares its blocks with the original until one of the two is written: the bytes are as safe as the original's.
    await copyFile(source, target, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    const lost = process.platform === 'linux' ? await keepOnLinux(source, target) : [];
    return lost ?? keepByHand(source, target);
  },

  async sync(path) {
    const file = await open(path, process.platform === 'win32' ? 'r+' : 'r'); // a photo may be read-only, which Windows asks more of
    try {
      await file.sync();
    } finally {
      await file.close();
    }
  },

  async syncFolder(path) {
    if (process.platform === 'win32') return;
    const folder = await open(path, 'r');
    try {
      await folder.sync();
    } catch (error) {
      if (!['EINVAL', 'ENOTSUP'].includes(codeOf(error))) throw error; // some network volumes
    } finally {
      await folder.close();
    }
  },

  fastHash,
  fullHash,
  remove: (path) => unlink(path),

  async bin(path) {
    const { default: trash } = await import('trash');
    await trash(path, { glob: false });
  },

  mayWrite: (folder) =>
    access(folder, constants.W_OK).then(
      () => true,
      () => false,
    ),

  async space(path) {
    const { bsize, bavail, blocks } = await statfs(path);
    return { bytes: bsize * bavail, of: bsize * blocks };
  },
};

const run = promisify(execFile);

/**
 * Node has no word for extended attributes; `cp` of the GNU tools does, and keeps times to the nanosecond.
 *
 * @returns null where there is no such `cp`
 */
async function keepOnLinux(source: string, target: string): Promise<readonly Lost[] | null> {
  const keep = (what: string): Promise<unknown> => run('cp', ['--attributes-only', `--preserve=${what}`, '--', source, target]);
  try {
    await keep('mode,timestamps,xattr');
    return [];
  } catch {
    // one of them cannot be kept
  }
  try {
    await keep('mode,timestamps');
    return ['attributes'];
  } catch {
    return null;
  }
}

async function keepByHand(source: string, target: string): Promise<readonly Lost[]> {
  const { atimeMs, mtimeMs, mode } = await lstat(source);
  const lost: Lost[] = [];
  await chmod(target, mode & 0o7777).catch(() => lost.push('permissions'));
  await utimes(target, atimeMs / 1000, mtimeMs / 1000).catch(() => lost.push('times'));
  return lost;
}

/** @returns false where the name is in use */
async function unlessThere(making: Promise<unknown>): Promise<boolean> {
  try {
    await making;
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

export const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown';

const isNotThere = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(codeOf(error));

/**
 * The cache of pictures made for people, in a folder of its own: a file per key, with a limit to all of them together; what was not looked
 * at for longest goes first. Nothing in it is worth keeping, so it may be deleted at any time, by hand too.
 *
 * How much it holds is found out by one pass over it, at the first need, and added to from then on. When a file was looked at last stands
 * in its time of change. Only files that the cache named are ever counted or removed.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, rename, rm, rmdir, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Problem } from '../contract/errors.ts';

/** Full, it is emptied to this share of the limit, so that the pass over it is rare. */
const keptShare = 0.9;

/** A look is noted once in so long, or every look would write. */
const noteEveryMs = 3_600_000;

const folderNames = /^[0-9a-f]{2}$/;
const fileNames = /^[0-9a-f]{40}(\.\d+-\d+)?$/; // the second part: unfinished

interface Kept {
  readonly path: string;
  readonly bytes: number;
  readonly usedMs: number;
}

export type Cached = { readonly path: string } | { readonly problem: Problem };

export class Cache {
  readonly folder: string;
  readonly #making = new Map<string, Promise<Cached>>();
  #limitBytes: number;
  #bytes: Promise<number> | null = null; // null: no pass was made yet
  #trimming: Promise<void> | null = null;
  #unfinished = 0;
  #added = 0; // bytes, since the start
  /** How often it was emptied: who remembers what is in it, forgets when this changes. */
  cleared = 0;

  constructor(folder: string, limitBytes = 2e9) {
    this.folder = folder;
    this.#limitBytes = limitBytes;
  }

  /** A lower limit removes at once what is above it. */
  async setLimit(bytes: number): Promise<void> {
    this.#limitBytes = bytes;
    await this.#trim();
  }

  /** @returns the file kept under the key, which now counts as looked at; null if there is none */
  async find(key: string): Promise<string | null> {
    const path = this.#pathOf(key);
    try {
      const { mtimeMs } = await stat(path);
      const now = new Date();
      if (now.getTime() - mtimeMs > noteEveryMs) await utimes(path, now, now);
      return path;
    } catch {
      return null;
    }
  }

  /** Whether the key's file is being made at this moment. */
  isMaking(key: string): boolean {
    return this.#making.has(key);
  }

  /**
   * Makes the file of a key. Who asks for the same key meanwhile gets the same file.
   *
   * @param write writes the file of that name, or answers why there is none
   * @throws what `write` throws
   */
  make(key: string, write: (to: string) => Promise<Problem | null>): Promise<Cached> {
    const making = this.#making.get(key) ?? this.#make(key, write).finally(() => this.#making.delete(key));
    this.#making.set(key, making);
    return making;
  }

  /** @returns the bytes that it holds */
  size(): Promise<number> {
    return (this.#bytes ??= this.#pass().then(total));
  }

  async clear(): Promise<void> {
    this.cleared += 1;
    await this.#remove(await this.#pass());
    this.#bytes = null;
    for (const name of await names(this.folder, folderNames)) await rmdir(join(this.folder, name)).catch(() => {}); // one that is not empty stays
  }

  #pathOf(key: string): string {
    const name = createHash('sha256').update(key).digest('hex').slice(0, 40);
    return join(this.folder, name.slice(0, 2), name);
  }

  async #make(key: string, write: (to: string) => Promise<Problem | null>): Promise<Cached> {
    const path = this.#pathOf(key);
    const unfinished = `${path}.${process.pid}-${(this.#unfinished += 1)}`;
    try {
      await mkdir(dirname(path), { recursive: true });
      const problem = await write(unfinished);
      if (problem) return { problem };
      const { size } = await stat(unfinished);
      await rename(unfinished, path);
      void this.#add(size);
      return { path };
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (!isOfTheSystem(error)) throw error;
      return { problem: notKept(this.folder, code) };
    } finally {
      await rm(unfinished, { force: true }).catch(() => {});
    }
  }

  async #add(bytes: number): Promise<void> {
    this.#added += bytes;
    // Without a pass yet, the one that begins now counts this file.
    this.#bytes = this.#bytes === null ? this.#pass().then(total) : this.#bytes.then((held) => held + bytes);
    if ((await this.#bytes) > this.#limitBytes) void this.#trim();
  }

  /** One at a time; the pass that it makes corrects what was added up. */
  #trim(): Promise<void> {
    return (this.#trimming ??= this.#trimNow().finally(() => (this.#trimming = null)));
  }

  async #trimNow(): Promise<void> {
    if ((await this.size()) <= this.#limitBytes) return;
    const before = this.#added;
    const kept = (await this.#pass()).toSorted((a, b) => b.usedMs - a.usedMs);
    let bytes = 0;
    const room = this.#limitBytes * keptShare;
    const surplus = kept.filter((file) => (bytes += file.bytes) > room);
    await this.#remove(surplus);
    this.#bytes = Promise.resolve(total(kept) - total(surplus) + this.#added - before);
  }

  async #pass(): Promise<Kept[]> {
    const kept: Kept[] = [];
    for (const folder of await names(this.folder, folderNames)) {
      for (const name of await names(join(this.folder, folder), fileNames)) {
        const path = join(this.folder, folder, name);
        const about = await stat(path).catch(() => null);
        if (about) kept.push({ path, bytes: about.size, usedMs: about.mtimeMs });
      }
    }
    return kept;
  }

  async #remove(files: readonly Kept[]): Promise<void> {
    for (const { path } of files) await rm(path, { force: true }).catch(() => {});
  }
}

const total = (files: readonly Kept[]): number => files.reduce((sum, { bytes }) => sum + bytes, 0);

/** What lies in a folder under such names; nothing where it is not there. */
async function names(folder: string, like: RegExp): Promise<string[]> {
  const all = await readdir(folder).catch(() => []);
  return all.filter((name) => like.test(name));
}

const isOfTheSystem = (error: unknown): boolean => error instanceof Error && 'syscall' in error;

const notKept = (folder: string, cause = 'unknown'): Problem => ({
  code: 'not-kept',
  message: `A picture could not be kept in the cache (${cause}).`,
  hint: `Is there room on the drive, and may Squint write into ${folder}?`,
});

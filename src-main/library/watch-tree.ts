/**
 * A folder and all folders in it, watched by the system's own means.
 *
 * Windows and macOS watch a tree as one (@parcel/watcher). Linux knows only single folders, so whoever watches a tree there holds a watch for
 * each, as here by Node: @parcel/watcher 2.6.0 does the same, but never watches what lies deeper in a folder that is moved in or made in one
 * go, tells nothing of a volume that is taken away, and cannot watch that again when it is back (tried on Linux 6).
 */
import { type FSWatcher, lstatSync, watch } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isPassedOver } from './aside.ts';
import { holds } from './places.ts';

/** Why a folder is not watched. */
export type Blind =
  | { readonly kind: 'network' } // others' changes are not told
  | { readonly kind: 'too-many' } // folders for this system
  | { readonly kind: 'failed'; readonly error: unknown };

export interface Watching {
  stop(): Promise<void>;
}

export interface How {
  readonly heard: (path: string) => void; // a file or a folder, absolute
  readonly gone: () => void; // the folder itself may have been taken away
  readonly blind: (why: Blind) => void; // it is not watched any more
  readonly unknown: () => void; // something changed that the watcher could not tell
}

export const watchTree = (path: string, except: string, how: How): Promise<Watching> =>
  process.platform === 'linux' ? FolderByFolder.begin(path, except, how) : watchAsOne(path, except, how);

/** For Windows and macOS. */
export async function watchAsOne(path: string, except: string, { heard, gone, blind, unknown }: How): Promise<Watching> {
  try {
    const { subscribe } = await import('@parcel/watcher');
    const subscription = await subscribe(
      path,
      (error, events) => {
        if (error) {
          gone();
          unknown();
          return;
        }
        for (const event of events) {
          if (event.path === path) gone();
          else heard(event.path);
        }
      },
      { ignore: [except] },
    );
    return { stop: () => subscription.unsubscribe().catch(() => {}) }; // it may be gone with the folder
  } catch (error) {
    blind({ kind: 'failed', error });
    return { stop: () => Promise.resolve() };
  }
}

/** A watch takes 5 kB here and 1 kB of the system. */
const mostFolders = 20_000;

class FolderByFolder implements Watching {
  readonly #root: string;
  readonly #except: string;
  readonly #how: How;
  readonly #watchers = new Map<string, FSWatcher>(); // by folder
  #isStopped = false;

  private constructor(root: string, except: string, how: How) {
    this.#root = root;
    this.#except = except;
    this.#how = how;
  }

  static async begin(root: string, except: string, how: How): Promise<FolderByFolder> {
    const all = new FolderByFolder(root, except, how);
    await all.#follow(root);
    return all;
  }

  stop(): Promise<void> {
    this.#isStopped = true;
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
    return Promise.resolve();
  }

  /** A folder and those in it. Each is watched first and listed then: so none that is made meanwhile is missed. */
  async #follow(folder: string): Promise<void> {
    const ahead = [folder];
    for (let path = ahead.pop(); path !== undefined && !this.#isStopped; path = ahead.pop()) {
      if (holds(this.#except, path) || !this.#watch(path)) continue;
      try {
        for (const item of await readdir(path, { withFileTypes: true }))
          if (item.isDirectory() && !isPassedOver(item.name)) ahead.push(join(path, item.name));
      } catch {
        // It is gone already, or may not be listed: scans tell of that.
      }
    }
  }

  /** @returns whether it is watched now */
  #watch(folder: string): boolean {
    if (this.#watchers.size >= mostFolders) return this.#giveUp({ kind: 'too-many' });
    try {
      const watcher = watch(folder, (event, name) => this.#hear(folder, event, name));
      watcher.on('error', () => this.#how.gone());
      this.#watchers.get(folder)?.close();
      this.#watchers.set(folder, watcher);
      return true;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code;
      if (code === 'ENOSPC' || code === 'EMFILE') return this.#giveUp({ kind: 'too-many' });
      if (folder === this.#root && code === 'EACCES') return this.#giveUp({ kind: 'failed', error });
      if (folder === this.#root) this.#how.gone();
      return false;
    }
  }

  #giveUp(why: Blind): false {
    if (!this.#isStopped) this.#how.blind(why);
    void this.stop();
    return false;
  }

  #hear(folder: string, event: 'rename' | 'change', name: string | null): void {
    if (this.#isStopped) return;
    if (name === null) {
      this.#how.unknown();
      return;
    }
    // A folder's own end has its own name; so may something in it.
    if (event === 'rename' && name === basename(folder) && folder === this.#root) this.#how.gone();
    if (isPassedOver(name)) return;
    const path = join(folder, name);
    this.#how.heard(path);
    if (event === 'rename') this.#cameOrWent(path);
  }

  #cameOrWent(path: string): void {
    for (const [folder, watcher] of this.#watchers.has(path) ? this.#watchers : []) {
      if (!holds(path, folder)) continue;
      watcher.close();
      this.#watchers.delete(folder);
    }
    const isFolder = lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
    if (isFolder) void this.#follow(path).then(() => this.#how.heard(path)); // what was in it before it was watched
  }
}

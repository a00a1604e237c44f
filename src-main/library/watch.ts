/**
 * Notices what changes in a folder and in all that it holds, and tells what, gathered for about half a second. While nothing changes, nothing
 * is done. Hidden files and folders are passed over, as scans do.
 *
 * How a tree is watched differs by system: watch-tree.ts.
 */
import { watch } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { isPassedOver } from './aside.ts';
import { holds } from './places.ts';
import { type How, type Watching, watchTree } from './watch-tree.ts';

export interface Watched {
  readonly path: string; // absolute
  readonly scope: 'folder' | 'files'; // files: only what lies in it directly
}

export interface Hearing extends Pick<How, 'gone' | 'blind'> {
  /** @param paths files and folders, absolute; null: more than could be told apart, so anything may have changed */
  readonly changed: (paths: readonly string[] | null) => void;
}

const quietMs = 500; // so long nothing must have changed: a file that is being written is told once
const longestMs = 3000; // then what has changed is told, although more is changing
/**
 * Of more the whole folder is looked through at no greater cost. Systems keep some ten thousand events for who does not fetch them in time
 * (Linux: 16,384), and neither Node 26 nor @parcel/watcher 2.6.0 tells that some were lost.
 */
const mostTold = 2000;

/** @param except a folder that is passed over: Squint's own */
export async function watchFolder({ path, scope }: Watched, except: string, { changed, gone, blind }: Hearing): Promise<Watching> {
  const gathering = new Gathering(changed);
  const heard = (file: string): void => {
    if (holds(except, file) || relative(path, file).split(sep).some(isPassedOver)) return;
    gathering.add(file);
  };
  if (await isOnNetwork(path)) {
    blind({ kind: 'network' });
    return { stop: () => Promise.resolve() };
  }
  const how = { heard, gone, blind, unknown: () => gathering.lost() };
  const watching = scope === 'folder' ? await watchTree(path, except, how) : watchFlat(path, how);
  return {
    stop: async () => {
      gathering.stop();
      await watching.stop();
    },
  };
}

function watchFlat(path: string, { heard, gone, blind }: How): Watching {
  try {
    const watcher = watch(path, (_, name) => {
      if (name === null || name === basename(path)) gone(); // a folder's own end has its own name
      if (name !== null) heard(join(path, name));
    });
    watcher.on('error', () => gone());
    return {
      stop: () => {
        watcher.close();
        return Promise.resolve();
      },
    };
  } catch (error) {
    blind({ kind: 'failed', error });
    return { stop: () => Promise.resolve() };
  }
}

/** What has changed, until it is told. */
class Gathering {
  #tell: (paths: readonly string[] | null) => void;
  #paths = new Set<string>();
  #isLost = false;
  #since = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(tell: (paths: readonly string[] | null) => void) {
    this.#tell = tell;
  }

  add(path: string): void {
    if (this.#paths.size < mostTold) this.#paths.add(path);
    else this.#isLost = true;
    this.#wait();
  }

  /** Something changed, and nobody knows what. */
  lost(): void {
    this.#isLost = true;
    this.#wait();
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#tell = () => {};
  }

  #wait(): void {
    const now = performance.now();
    if (this.#timer) clearTimeout(this.#timer);
    else this.#since = now;
    this.#timer = setTimeout(() => this.#now(), Math.max(0, Math.min(quietMs, this.#since + longestMs - now)));
  }

  #now(): void {
    const paths = this.#isLost ? null : [...this.#paths];
    this.#paths = new Set();
    this.#isLost = false;
    this.#timer = null;
    this.#tell(paths);
  }
}

/** Linux's numbers of network file systems: NFS, SMB, CIFS, 9p, AFS, Ceph. Elsewhere the watcher hears of others' changes itself, or never. */
const networks: ReadonlySet<number> = new Set([0x6969, 0xfe534d42, 0xff534d42, 0x01021997, 0x5346414f, 0x00c36400]);

async function isOnNetwork(path: string): Promise<boolean> {
  if (process.platform !== 'linux') return false;
  try {
    return networks.has((await statfs(path)).type);
  } catch {
    return false; // it is gone: who watches will notice
  }
}

/**
 * A disk that fails: it is the real one below a folder, until after a given number of verbs the program ends. Then either only the program
 * has ended, or the power has: of what had not reached the disk any part may be gone, every name for itself.
 *
 * What a file system promises, and no more: names of a folder are safe once `syncFolder` of that folder has returned, the bytes of a copy
 * once `sync` of it has; a rename is never torn so that the file has neither name. A folder that is lost takes with it what is in it.
 */
import {
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Disk, type Entry, type Journal, type Settled, type Unit, realDisk } from '../../../../src-main/library/operations/index.ts';
import { hashOf } from '../../../tree-of.ts';
import { MemoryJournal } from './made.ts';

/** The program ends here: everything that it would still do fails. */
export class Ended extends Error {}

export interface Volumes {
  readonly of: (path: string) => string;
  readonly haveLinks: boolean;
}

/** How much of what is not safe a power cut takes. */
export type Loss = 'nothing' | 'everything' | (() => number); // in [0, 1): drawn for each name

export interface Event {
  readonly verb: string;
  readonly path: string;
  readonly to: string | null;
}

/** What a name stood for: a file by its path in the vault, which keeps every file that ever had a name. */
type Held = string | null;
const folderHeld = '/';

interface Change {
  readonly path: string;
  readonly before: Held;
  readonly after: Held;
  readonly gives: Change | null; // of a rename: the name that the file has got for this one
  isSafe: boolean;
}

export class FailingDisk {
  readonly events: Event[] = [];
  readonly #vault: string;
  readonly #volumes: Volumes;
  #changes: Change[] = [];
  #unsafeBytes = new Set<string>(); // in the vault
  #generation = 0;
  #left = Infinity;
  #isOver = false;

  constructor(root: string, volumes: Volumes) {
    this.#vault = `${root} vault`;
    this.#volumes = volumes;
    mkdirSync(this.#vault);
  }

  /** @param verbs that change something, or make it safe */
  endAfter(verbs: number): void {
    this.#left = verbs;
    this.#isOver = false;
  }

  /** One verb of the disk or the journal. */
  verb<T>(event: Event, act: () => T): T {
    this.#beThere();
    const result = act();
    this.events.push(event);
    this.#left -= 1;
    if (this.#left <= 0) this.#isOver = true;
    this.#beThere();
    return result;
  }

  #beThere(): void {
    if (this.#isOver) throw new Ended('the program has ended');
  }

  readonly disk: Disk = {
    ...realDisk,
    look: (path) => this.#read(() => this.#look(path)),
    fastHash: (path) => this.#read(() => hashOf(path)),
    fullHash: (path) => this.#read(() => hashOf(path)),
    list: () => Promise.reject(new Error('not in these tests')),

    makeFolder: (path) =>
      this.#verb('makeFolder', path, null, () => {
        if (existsSync(path)) return false;
        mkdirSync(path);
        this.#change(path, null, folderHeld);
        return true;
      }),
    link: (source, target) =>
      this.#verb('link', source, target, () => {
        if (isThere(target)) return 'taken';
        if (!this.#volumes.haveLinks || !this.#isOneVolume(source, target)) return 'cannot';
        linkSync(source, target);
        this.#change(target, null, this.#keep(target));
        return 'made';
      }),
    reserve: (target) =>
      this.#verb('reserve', target, null, () => {
        if (isThere(target)) return 'taken';
        writeFileSync(target, '', { flag: 'wx' });
        this.#change(target, null, this.#keep(target));
        return 'made';
      }),
    rename: (source, target) =>
      this.#verb('rename', source, target, () => {
        if (!this.#isOneVolume(source, target)) throw Object.assign(new Error('another volume'), { code: 'EXDEV' });
        this.#rename(source, target);
      }),
    copy: (source, target) =>
      this.#verb('copy', source, target, () => {
        copyFileSync(source, target, 1);
        const { atime, mtime } = lstatSync(source);
        utimesSync(target, atime, mtime);
        this.#change(target, null, this.#keep(target));
        this.#unsafeBytes.add(this.#keep(target));
        return [];
      }),
    sync: (path) => this.#verb('sync', path, null, () => void this.#unsafeBytes.delete(this.#keep(path))),
    syncFolder: (path) =>
      this.#verb('syncFolder', path, null, () => {
        for (const change of this.#changes) if (dirname(change.path) === path) this.#makeSafe(change);
      }),
    remove: (path) =>
      this.#verb('remove', path, null, () => {
        this.#change(path, this.#keep(path), null);
        rmSync(path);
      }),
    removeEmptyFolder: () => Promise.reject(new Error('not in these tests')),
    bin: (path) => this.#verb('bin', path, null, () => this.#rename(path, join(this.bin, `${this.events.length} ${basename(path)}`))),
  };

  get bin(): string {
    return `${this.#vault} bin`;
  }

  #read<T>(act: () => T): Promise<T> {
    return new Promise((resolve) => {
      this.#beThere();
      resolve(act());
    });
  }

  #look(path: string): Entry | null {
    const about = lstatSync(path, { throwIfNoEntry: false });
    if (!about) return null;
    const volume = this.#volumes.of(path);
    const generation = this.#volumes.haveLinks ? 0 : this.#generation; // volumes without hard links number their files anew each time they are opened
    const names = existsSync(join(this.#vault, String(about.ino))) ? about.nlink - 1 : about.nlink;
    const kind = about.isFile() ? 'file' : 'folder';
    const { size, mtimeMs, ino: inode } = about;
    return { kind, size, mtimeMs, inode, names, volume, identity: `${volume}:${generation}:${inode}` };
  }

  #verb<T>(verb: string, path: string, to: string | null, act: () => T): Promise<T> {
    return new Promise((resolve) => resolve(this.verb({ verb, path, to }, act)));
  }

  #isOneVolume(one: string, other: string): boolean {
    return this.#volumes.of(one) === this.#volumes.of(other);
  }

  #keep(path: string): string {
    const kept = join(this.#vault, String(lstatSync(path).ino));
    if (!existsSync(kept)) linkSync(path, kept);
    return kept;
  }

  #rename(source: string, target: string): void {
    const file = this.#keep(source);
    const replaced = isThere(target) ? this.#keep(target) : null;
    rmSync(source);
    rmSync(target, { force: true });
    mkdirSync(dirname(target), { recursive: true }); // the bin
    linkSync(file, target);
    const gives = this.#change(target, replaced, file);
    this.#change(source, file, null, gives);
  }

  #change(path: string, before: Held, after: Held, gives: Change | null = null): Change {
    const change: Change = { path, before, after, gives, isSafe: false };
    this.#changes.push(change);
    return change;
  }

  /** With what came before it under the same name. */
  #makeSafe(change: Change): void {
    for (const one of this.#changes) {
      if (one.path === change.path && !one.isSafe) {
        one.isSafe = true;
        if (one.gives) this.#makeSafe(one.gives);
      }
      if (one === change) return;
    }
  }

  /** The program is started again; everything is as it left it, and what was not safe is not yet. */
  restart(): void {
    this.endAfter(Infinity);
    this.#generation += 1;
  }

  /** The power fails; what is left is what the disk has. */
  failPower(loss: Loss): void {
    const drawn = (most: number): number => (loss === 'nothing' ? most : loss === 'everything' ? 0 : Math.floor(loss() * (most + 1)));
    const chosen = this.#choose(drawn);
    for (const file of this.#unsafeBytes) spoil(file, drawn(2));
    for (const [path, held] of [...chosen].sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (held === folderHeld) continue;
      rmSync(path, { recursive: true, force: true });
      if (held !== null && existsSync(dirname(path))) linkSync(held, path);
    }
    this.#changes = [];
    this.#unsafeBytes = new Set();
    this.restart();
  }

  /** What each name stands for after the power was cut: any of what it stood for since it was safe. */
  #choose(drawn: (most: number) => number): Map<string, Held> {
    const byPath = Map.groupBy(this.#changes, ({ path }) => path);
    const reached = new Map<Change, boolean>();
    for (const changes of byPath.values()) {
      const safe = changes.filter(({ isSafe }) => isSafe).length;
      const count = safe + drawn(changes.length - safe);
      changes.forEach((change, i) => reached.set(change, i < count));
    }
    // A rename is one change: the file has one of the two names, or both.
    for (let isWhole = false; !isWhole;) {
      isWhole = true;
      for (const change of this.#changes) {
        const { gives } = change;
        if (!gives || !reached.get(change) || reached.get(gives)) continue;
        const changes = byPath.get(gives.path)!;
        for (const one of changes.slice(0, changes.indexOf(gives) + 1)) reached.set(one, true);
        isWhole = false;
      }
    }
    return new Map(
      [...byPath].map(([path, changes]) => {
        const last = changes.findLast((one) => reached.get(one));
        return [path, last ? last.after : changes[0]!.before];
      }),
    );
  }
}

const isThere = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

/** Bytes that had not reached the disk: cut off, or nothing but zeros under the right length and time. */
function spoil(file: string, how: number): void {
  const { size, atime, mtime } = lstatSync(file);
  if (how === 0) truncateSync(file, Math.floor(size / 2));
  if (how === 1) {
    writeFileSync(file, Buffer.alloc(readFileSync(file).length));
    utimesSync(file, atime, mtime);
  }
}

/** A journal in memory of which a power cut takes what is not durable: outcomes, from the last back. */
export class FailingJournal implements Journal {
  readonly #disk: FailingDisk;
  readonly #memory: MemoryJournal;
  #settled: (readonly Settled[])[] = [];
  #safe = 0; // of those: what is durable makes all before it durable

  constructor(units: readonly Unit[], disk: FailingDisk) {
    this.#disk = disk;
    this.#memory = new MemoryJournal(units);
  }

  get memory(): MemoryJournal {
    return this.#memory;
  }

  retarget(steps: Parameters<Journal['retarget']>[0]): void {
    this.#disk.verb({ verb: 'retarget', path: steps.map(({ target }) => target).join('\0'), to: null }, () => {
      this.#memory.retarget(steps);
      this.#safe = this.#settled.length;
    });
  }

  made(steps: Parameters<Journal['made']>[0]): void {
    this.#disk.verb({ verb: 'made', path: steps.map(({ id }) => id).join(), to: null }, () => {
      this.#memory.made(steps);
      this.#safe = this.#settled.length;
    });
  }

  folder(path: string): void {
    this.#disk.verb({ verb: 'folder', path, to: null }, () => this.#memory.folder(path));
  }

  settle(settled: readonly Settled[]): void {
    this.#disk.verb({ verb: 'settle', path: settled.map(({ step }) => step.id).join(), to: null }, () => {
      this.#memory.settle(settled);
      this.#settled.push(settled);
    });
  }

  failPower(loss: Loss): void {
    const unsafe = this.#settled.length - this.#safe;
    const kept = this.#safe + (loss === 'nothing' ? unsafe : loss === 'everything' ? 0 : Math.floor(loss() * (unsafe + 1)));
    this.#settled = this.#settled.slice(0, kept);
    this.#safe = kept;
    this.#memory.settled.clear();
    for (const settled of this.#settled) this.#memory.settle(settled);
  }
}

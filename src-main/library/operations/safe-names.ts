/**
 * Which folders have names that came or went and have not reached the disk. What is done next may need them there: an old name goes only when
 * the new one is safe, and an outcome is noted only when nothing that a power cut brings back would contradict it.
 */
import { dirname } from 'node:path';
import { type Disk, codeOf } from './disk.ts';

export class Names {
  readonly disk: Disk; // the given one, which is watched here
  readonly #under: Disk;
  readonly #changed = new Set<string>();
  readonly #ways = new Set<string>(); // folders whose own names are safe, as those above them are

  constructor(disk: Disk) {
    this.#under = disk;
    this.disk = {
      ...disk,
      makeFolder: (path) => (this.changed(path), disk.makeFolder(path)),
      link: (source, target) => (this.changed(target), disk.link(source, target)),
      reserve: (target) => (this.changed(target), disk.reserve(target)),
      rename: (source, target) => (this.changed(source, target), disk.rename(source, target)),
      copy: (source, target) => (this.changed(target), disk.copy(source, target)),
      remove: (path) => (this.changed(path), disk.remove(path)),
      bin: (path) => (this.changed(path), disk.bin(path)),
    };
  }

  changed(...paths: readonly string[]): void {
    for (const path of paths) this.#changed.add(dirname(path));
  }

  /** They are safe afterwards, with the folders that they are in: somebody may have made one of those a moment ago. */
  async sync(): Promise<void> {
    for (const folder of [...this.#changed].toSorted((a, b) => a.length - b.length)) {
      await this.#syncWayTo(folder);
      await this.#syncOne(folder, ['ENOENT', 'ENOTDIR']); // one that is not there has no names
      this.#changed.delete(folder);
    }
  }

  async #syncOne(folder: string, bearable: readonly string[]): Promise<void> {
    try {
      await this.#under.syncFolder(folder);
    } catch (error) {
      if (!bearable.includes(codeOf(error))) throw error;
    }
  }

  async #syncWayTo(folder: string): Promise<void> {
    const above = dirname(folder);
    if (this.#ways.has(folder) || above === folder) return;
    await this.#syncWayTo(above);
    await this.#syncOne(above, ['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM']); // where one may not look, nobody made a folder a moment ago
    this.#ways.add(folder);
  }
}

/** Asks the disk what a plan needs to know, and plans: the names at the target, which files have the same bytes, what the volume is like. */
import { basename, dirname, join } from 'node:path';
import type { Disk, Entry } from './disk.ts';
import { type Plan, type PlanOptions, type PlannedPhoto, planSort } from './plan.ts';

export interface Gathered extends Plan {
  readonly copied: { readonly files: number; readonly bytes: number }; // those that go to another volume
  readonly space: { readonly bytes: number; readonly of: number } | null; // free on the target's volume
}

/**
 * @param photos whose files are there
 * @param isCopy of a copy everything takes room
 */
export async function gather(
  photos: readonly PlannedPhoto[],
  options: PlanOptions & { readonly isCopy: boolean },
  disk: Disk,
): Promise<Gathered> {
  const { target } = options;
  const ground = await groundOf(target, disk);
  const names = new Map<string, readonly string[]>();
  for (const { folder } of photos) if (!names.has(folder)) names.set(folder, (await disk.list(join(target, folder))) ?? []);
  const foldsCase = await foldsCaseIn(ground.path, disk);
  const same = new Sameness(disk);
  let plan: Plan;
  do {
    plan = planSort(photos, options, {
      foldsCase,
      namesIn: (folder) => names.get(folder) ?? [],
      isSame: (one, other) => same.of(one, other),
    });
  } while (await same.learn()); // what it had to guess is asked, and it is planned anew
  return {
    ...plan,
    copied: await copiedOf(plan, options.isCopy, ground.entry.volume, disk),
    space: await disk.space(ground.path).catch(() => null),
  };
}

/** The folder itself, or what is there of the way to it. */
export async function groundOf(path: string, disk: Disk): Promise<{ readonly path: string; readonly entry: Entry }> {
  const entry = await disk.look(path);
  if (entry !== null) return { path, entry };
  return groundOf(dirname(path), disk);
}

/** Whether a folder's volume takes A and a for one: asked of a name that is there. Where none can tell, yes: a number too many is no loss. */
async function foldsCaseIn(folder: string, disk: Disk): Promise<boolean> {
  const names = (await disk.list(folder)) ?? [];
  for (const name of names.slice(0, 1000)) {
    const other = swapped(name);
    if (other === name || names.includes(other)) continue;
    return (await disk.look(join(folder, other))) !== null;
  }
  const [own, others] = [basename(folder), swapped(basename(folder))];
  const [here, above] = [await disk.look(folder), await disk.look(dirname(folder))];
  if (own === others || here?.volume !== above?.volume) return true;
  return (await disk.look(join(dirname(folder), others)))?.identity === here?.identity;
}

const swapped = (name: string): string =>
  Array.from(name, (letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase())).join('');

async function copiedOf({ moves }: Plan, isCopy: boolean, volume: string, disk: Disk): Promise<Gathered['copied']> {
  const volumes = new Map<string, string | undefined>(); // by folder
  const copied = { files: 0, bytes: 0 };
  for (const { files } of moves) {
    const folder = dirname(files[0]!.path);
    if (!volumes.has(folder)) volumes.set(folder, (await disk.look(folder))?.volume);
    if (!isCopy && volumes.get(folder) === volume) continue;
    copied.files += files.length;
    for (const { size } of files) copied.bytes += size;
  }
  return copied;
}

/** Which files have the same bytes: what is not known yet counts as different until it was asked. */
class Sameness {
  readonly #disk: Disk;
  readonly #known = new Map<string, boolean>();
  readonly #hashes = new Map<string, Promise<string>>();
  #unknown = new Map<string, readonly [one: string, other: string]>();

  constructor(disk: Disk) {
    this.#disk = disk;
  }

  of(one: string, other: string): boolean {
    const pair = `${one}\0${other}`;
    const known = this.#known.get(pair);
    if (known === undefined) this.#unknown.set(pair, [one, other]);
    return known ?? false;
  }

  /** @returns whether there was anything to ask */
  async learn(): Promise<boolean> {
    const unknown = [...this.#unknown];
    this.#unknown = new Map();
    for (const [pair, [one, other]] of unknown) this.#known.set(pair, await this.#ask(one, other).catch(() => false)); // one that cannot be read is no twin
    return unknown.length > 0;
  }

  async #ask(one: string, other: string): Promise<boolean> {
    const [a, b] = [await this.#disk.look(one), await this.#disk.look(other)];
    if (a?.kind !== 'file' || b?.kind !== 'file' || a.size !== b.size) return false;
    if (a.identity === b.identity) return true;
    const hash = (how: 'fastHash' | 'fullHash', path: string): Promise<string> => {
      const key = `${how}\0${path}`;
      const known = this.#hashes.get(key) ?? this.#disk[how](path);
      this.#hashes.set(key, known);
      return known;
    };
    if ((await hash('fastHash', one)) !== (await hash('fastHash', other))) return false;
    return (await hash('fullHash', one)) === (await hash('fullHash', other));
  }
}

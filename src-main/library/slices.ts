/**
 * Long work in short slices: everything else that the process has to do gets its turn in between, some milliseconds later at most.
 * Files are looked at with synchronous calls: a call that waits for its answer in a queue costs four times the look itself. Where the disk
 * is slow to answer, and waiting is what costs, it is asked for many at once instead.
 */
import { type Stats, statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { codeOf } from './aside.ts';

const sliceMs = 3;
const slowMs = 0.2; // a file; what is in the system's memory is told in some thousandths
const atOnce = 64;

/** What the system told of a file; null where there is none. */
export type Looked = Pick<Stats, 'size' | 'mtimeMs' | 'ino'> | null | { readonly error: unknown };

export class Slices {
  #began = performance.now();

  /** After each piece of work. */
  async breathe(): Promise<void> {
    if (performance.now() - this.#began < sliceMs) return;
    await new Promise(setImmediate);
    this.#began = performance.now();
  }

  /** In the order of the paths. */
  async lookAt(paths: readonly string[]): Promise<Looked[]> {
    const looked: Looked[] = [];
    let isSlow = false;
    while (looked.length < paths.length) {
      const began = performance.now();
      const from = looked.length;
      const lot = paths.slice(from, from + (isSlow ? atOnce : 16));
      if (isSlow) looked.push(...(await Promise.all(lot.map(lookLater))));
      else for (const path of lot) looked.push(lookNow(path));
      isSlow = (performance.now() - began) / lot.length > slowMs;
      await this.breathe();
    }
    return looked;
  }
}

function lookNow(path: string): Looked {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? null;
  } catch (error) {
    return { error };
  }
}

async function lookLater(path: string): Promise<Looked> {
  try {
    return await stat(path);
  } catch (error) {
    return ['ENOENT', 'ENOTDIR'].includes(codeOf(error)) ? null : { error };
  }
}

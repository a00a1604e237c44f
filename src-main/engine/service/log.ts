/**
 * The log: what went wrong and what people may want to look up, one line each, with paths but never a picture. It stays small: when it has
 * grown to its limit it becomes the older one, in the place of that before.
 */
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inspect } from 'node:util';

const largest = 1_000_000; // bytes

export interface Log {
  readonly path: string;
  /** Never fails: a disk that cannot be written is no reason to stop. */
  write(what: unknown): void;
}

export function openLog(home: string): Log {
  const path = join(home, 'log', 'squint.log');
  return {
    path,
    write: (what) => {
      const text = what instanceof Error ? inspect(what) : String(what);
      try {
        mkdirSync(dirname(path), { recursive: true });
        if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > largest) renameSync(path, `${path}.old`);
        appendFileSync(path, `${new Date().toISOString()} ${text}\n`);
      } catch {
        // as said
      }
    },
  };
}

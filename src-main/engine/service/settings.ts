/** The person's settings: `settings.json` in Squint's home, held in memory, written whole whenever one changes. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { FileError } from '../../contract/errors.ts';
import { Settings } from '../../contract/library.ts';

export const defaults: Settings = {
  choice: { kind: 'preset', preset: 'balanced' },
  provider: 'cpu',
  watts: null,
  threads: availableParallelism(),
  cacheBytes: 2e9,
  theme: 'system',
  autoAdvance: true,
  tileWidth: 160,
  order: 'added',
};

/** What is left out, or undefined, stays as it is. */
type Changes = { readonly [K in keyof Settings]?: Settings[K] | undefined };

export interface SettingsFile {
  readonly current: Settings;
  /** @throws {FileError} `unwritable`; the change then holds until Squint ends */
  change(changes: Changes): void;
}

/** Of the reader: two more than are decoded at once where it may have all cores, so that it never waits for the next question. */
export const filesInFlight = ({ threads }: Pick<Settings, 'threads'>): number => (threads < availableParallelism() ? threads : threads + 2);

/** What is missing or makes no sense in the file has its default: one bad entry costs no other. */
export function openSettings(home: string): SettingsFile {
  const path = join(home, 'settings.json');
  let current: Settings = { ...defaults, ...knownOf(path) };
  return {
    get current() {
      return current;
    },
    change: (changes) => {
      current = {
        ...current,
        ...(Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<Settings>),
      };
      try {
        mkdirSync(home, { recursive: true });
        writeFileSync(`${path}.new`, JSON.stringify(current, null, 2));
        renameSync(`${path}.new`, path);
      } catch (cause) {
        throw new FileError(path, 'unwritable', `The settings could not be saved in ${path}.`, {
          hint: 'They hold until Squint ends. Is the disk full, or the folder not yours to write?',
          cause,
        });
      }
    },
  };
}

function knownOf(path: string): Partial<Settings> {
  let found: unknown;
  try {
    found = JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return {}; // none yet, or damaged
  }
  if (typeof found !== 'object' || found === null) return {};
  const entries: Readonly<Record<string, v.GenericSchema>> = Settings.entries;
  return Object.fromEntries(Object.entries(found).filter(([key, value]) => Object.hasOwn(entries, key) && v.is(entries[key]!, value)));
}

/**
 * One process at a time has the library: it keeps an exclusive transaction open on `lock.db`, which is a lock of the operating system and so
 * is free the moment its process dies, however that dies. `holder.json` beside it says who it is, for the message that the next one gets.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SquintError } from '../contract/errors.ts';
import { toLibraryError } from './problems-of-sqlite.ts';

export interface Hold {
  readonly afterCrash: boolean; // the last holder did not let go by itself
  release(): void;
}

const busy = 5;

/**
 * @param program who wants it, for people: "the Squint window"
 * @throws {SquintError} `library-held`, `library-read-only`
 */
export function hold(library: string, program: string): Hold {
  const holder = join(library, 'holder.json');
  const lock = open(join(library, 'lock.db'), library);
  try {
    lock.exec('pragma journal_mode = memory'); // no second file
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    if ((error as { errcode?: number }).errcode === busy) throw held(library, holder);
    throw toLibraryError(error, library);
  }
  const afterCrash = readHolder(holder) !== null;
  writeFileSync(holder, JSON.stringify({ pid: process.pid, program }));
  return {
    afterCrash,
    release: () => {
      rmSync(holder, { force: true });
      lock.close();
    },
  };
}

function open(path: string, library: string): DatabaseSync {
  try {
    return new DatabaseSync(path, { timeout: 0 });
  } catch (error) {
    throw toLibraryError(error, library);
  }
}

function held(library: string, holder: string): SquintError {
  const who = readHolder(holder);
  const by = who ? `${who.program} (process ${who.pid})` : 'another Squint';
  return new SquintError('library-held', `The library ${library} is in use by ${by}.`, {
    hint: 'Close it first. On the command line, --no-catalog classifies without the library.',
  });
}

function readHolder(path: string): { pid: number; program: string } | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as { pid: number; program: string };
  } catch {
    return null; // not there, or being written
  }
}

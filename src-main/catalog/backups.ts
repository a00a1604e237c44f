/** Copies of the catalogue in `backups/`, named by their time: one before each change of the schema and one a day, the last three kept. */
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type DatabaseSync, backup } from 'node:sqlite';

const kept = 3;
const unfinished = '.part';

const folderOf = (library: string): string => join(library, 'backups');

/** Newest last. */
function backups(library: string): string[] {
  try {
    return readdirSync(folderOf(library))
      .filter((name) => name.startsWith('catalog-') && name.endsWith('.db'))
      .sort();
  } catch {
    return []; // no folder yet, or it cannot be read: then there is none to offer
  }
}

/** Its path, or null. */
export function lastBackup(library: string): string | null {
  const name = backups(library).at(-1);
  return name === undefined ? null : join(folderOf(library), name);
}

/** At once; nothing else happens meanwhile. */
export function backUpNow(db: DatabaseSync, library: string): void {
  const { part, done } = begin(library);
  db.prepare('vacuum into ?').run(part);
  done();
}

/**
 * Once a day, beside other work.
 *
 * @returns the new copy's path, null where today's is there already
 */
export async function backUpDaily(db: DatabaseSync, library: string): Promise<string | null> {
  if (backups(library).at(-1)?.startsWith(nameOf(new Date()).slice(0, 'catalog-2026-11-25'.length))) return null;
  const { part, done } = begin(library);
  await backup(db, part, { rate: 1000 });
  return done();
}

function begin(library: string): { part: string; done: () => string } {
  mkdirSync(folderOf(library), { recursive: true });
  for (const name of readdirSync(folderOf(library))) {
    if (name.endsWith(unfinished)) rmSync(join(folderOf(library), name)); // of a Squint that died while it copied
  }
  const path = join(folderOf(library), nameOf(new Date()));
  const part = path + unfinished;
  const done = (): string => {
    renameSync(part, path);
    for (const name of backups(library).slice(0, -kept)) rmSync(join(folderOf(library), name));
    return path;
  };
  return { part, done };
}

/** `catalog-2026-11-25T08-57-15-123Z.db` */
const nameOf = (time: Date): string => `catalog-${time.toISOString().replaceAll(/[:.]/g, '-')}.db`;

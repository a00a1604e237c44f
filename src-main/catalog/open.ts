/**
 * Opens the library: lock, database, version, schema. What is damaged, newer or not writable is said and left as it is, byte for byte.
 */
import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { lastBackup } from './backups.ts';
import { type Catalog, catalogOver } from './catalog.ts';
import { hold } from './lock.ts';
import { migrate, versionOf } from './migrate.ts';
import { damaged, newer, notWritable, toLibraryError } from './problems-of-sqlite.ts';
import { migrations } from './schema.ts';

/**
 * @param folder of the library; made if it is not there
 * @param program who opens it, for the message that another process gets: "the Squint window"
 * @throws {SquintError} `library-held`, `library-damaged`, `library-damaged-no-backup`, `library-newer`, `library-read-only`
 */
export function openCatalog(folder: string, program = 'Squint'): Catalog {
  makeFolder(folder);
  const holding = hold(folder, program);
  try {
    const db = openDatabase(folder, holding.afterCrash);
    return catalogOver(db, folder, () => {
      holding.release();
    });
  } catch (error) {
    holding.release();
    throw error;
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw notWritable(folder, error);
  }
}

function openDatabase(folder: string, afterCrash: boolean): DatabaseSync {
  const path = join(folder, 'catalog.db');
  if (existsSync(path)) {
    if (statSync(path).size === 0 && lastBackup(folder) !== null) throw damaged(folder); // SQLite would take it for a new one
    if (!isWritable(path)) throw notWritable(folder);
  }
  const db = new DatabaseSync(path);
  try {
    check(db, folder, afterCrash);
    db.exec(
      'pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on; pragma cache_size = -16000; pragma wal_autocheckpoint = 4000',
    );
    migrate(db, folder, migrations);
    return db;
  } catch (error) {
    db.close();
    throw toLibraryError(error, folder);
  }
}

/** Only reads. The whole file is looked through only after a crash: it takes seconds with half a million photos. */
function check(db: DatabaseSync, folder: string, afterCrash: boolean): void {
  const version = versionOf(db);
  if (version > migrations.length) throw newer(folder, version, migrations.length);
  if (version === 0 && db.prepare('select 1 from sqlite_schema limit 1').get()) throw damaged(folder); // another program's
  if (afterCrash && db.prepare('pragma quick_check(1)').get()?.quick_check !== 'ok') throw damaged(folder);
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

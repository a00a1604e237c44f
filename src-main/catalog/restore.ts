/** Back to the last backup, on the person's word. The damaged library is moved aside, never deleted. */
import { constants, copyFileSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { SquintError } from '../contract/errors.ts';
import { lastBackup } from './backups.ts';
import { hold } from './lock.ts';

/**
 * @param folder of the library
 * @param program who asks, for the message that another process gets
 * @returns the folder that what was there lies in now
 * @throws {SquintError} `library-held`, `no-backup`
 */
export function restoreBackup(folder: string, program = 'Squint'): string {
  const holding = hold(folder, program);
  try {
    const backup = lastBackup(folder);
    if (backup === null) throw new SquintError('no-backup', 'There is no backup of the library yet.');
    const aside = join(folder, `damaged-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`);
    mkdirSync(aside);
    for (const name of readdirSync(folder)) {
      if (name.startsWith('catalog.db')) renameSync(join(folder, name), join(aside, name)); // with its -wal and -shm, which belong to it
    }
    copyFileSync(backup, join(folder, 'catalog.db'), constants.COPYFILE_EXCL);
    return aside;
  } finally {
    holding.release();
  }
}

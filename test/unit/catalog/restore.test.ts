import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openCatalog, restoreBackup } from '../../../src-main/catalog/index.ts';
import { file, scanned, temporaryFolder } from './samples.ts';

it('a damaged library goes back to its last backup, and what was damaged is kept aside', async () => {
  const folder = temporaryFolder();
  const catalog = openCatalog(folder);
  scanned(catalog, '/photos', [file('a.jpg')]);
  await catalog.backUpDaily();
  catalog.close();
  const damaged = readFileSync(join(folder, 'catalog.db')).fill(7, 0, 400);
  writeFileSync(join(folder, 'catalog.db'), damaged);
  expect(() => openCatalog(folder)).toThrow(/is damaged/);
  const aside = restoreBackup(folder);
  expect(readFileSync(join(aside, 'catalog.db')).equals(damaged)).toBe(true);
  const restored = openCatalog(folder);
  expect(restored.roots()).toMatchObject([{ path: '/photos', photos: 1 }]);
  restored.close();
});

it('one without a backup is left as it is, and it is said', () => {
  const folder = temporaryFolder();
  openCatalog(folder).close();
  const before = readFileSync(join(folder, 'catalog.db'));
  rmSync(join(folder, 'backups'), { recursive: true, force: true });
  expect(() => restoreBackup(folder)).toThrow('There is no backup of the library yet.');
  expect(readFileSync(join(folder, 'catalog.db')).equals(before)).toBe(true);
  expect(readdirSync(folder).some((name) => name.startsWith('damaged'))).toBe(false);
});

it('one that another process has open is left alone', () => {
  const folder = temporaryFolder();
  const catalog = openCatalog(folder);
  expect(() => restoreBackup(folder)).toThrow(/library/);
  catalog.close();
});

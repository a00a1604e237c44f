import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { openCatalog } from '../../../src-main/catalog/index.ts';
import { migrate } from '../../../src-main/catalog/migrate.ts';
import { migrations } from '../../../src-main/catalog/schema.ts';
import { SquintError } from '../../../src-main/contract/errors.ts';
import { allIds, file, newRun, pack, scanned, sorted, temporaryFolder, verdict } from './samples.ts';

function problemOf(folder: string): SquintError {
  try {
    openCatalog(folder).close();
  } catch (error) {
    if (error instanceof SquintError) return error;
    throw error;
  }
  throw new Error('it opened');
}

/** A library that was in use and closed. */
function usedLibrary({ files = 1 } = {}): string {
  const folder = temporaryFolder();
  const catalog = openCatalog(folder);
  scanned(
    catalog,
    '/photos',
    Array.from({ length: files }, (_, i) => file(`${i}.jpg`)),
  );
  catalog.close();
  return folder;
}

describe('the library', () => {
  it('has everything again when it is closed and opened', () => {
    const folder = temporaryFolder();
    let catalog = openCatalog(folder);
    const { root, added } = scanned(catalog, '/photos', [file('a.jpg'), file('b.jpg'), file('c.jpg')]);
    sorted(catalog, added[0]!, verdict());
    catalog.storeProblem(added[1]!, { kind: 'failed', code: 'broken', message: 'It is broken.', hint: 'Look at it.' });
    catalog.correct([added[2]!], 'cats');
    const view = () => ({
      roots: catalog.roots(),
      counts: catalog.counts(root),
      rows: catalog.rowsOf(added, 3),
      verdict: catalog.verdictOf(added[0]!, pack),
      ids: allIds(catalog, { filter: {}, order: 'name', limit: 2 }),
      runs: catalog.runs(5),
    });
    const before = view();
    catalog.close();
    catalog = openCatalog(folder);
    expect(view()).toEqual(before);
    expect(before.rows.map(({ state }) => state)).toEqual(['sorted', 'failed', 'waiting']);
    catalog.close();
  });

  it('tells of the runs that a crash left open', () => {
    const folder = temporaryFolder();
    const script = `import { openCatalog } from ${JSON.stringify(join(import.meta.dirname, '../../../src-main/catalog/index.ts'))};
      const catalog = openCatalog(${JSON.stringify(folder)});
      catalog.beginRun({ pack: { digest: 'd', preprocessing: '1' }, policy: { preset: 'full' }, provider: 'cpu', files: 9 });
      process.kill(process.pid, 'SIGKILL');`;
    spawnSync(process.execPath, ['--input-type=module-typescript', '-e', script]);
    const catalog = openCatalog(folder);
    const [run, ...others] = catalog.unfinishedRuns();
    expect(others).toEqual([]);
    expect(run).toMatchObject({ policy: { preset: 'full' }, files: 9, ended: null, summary: null });
    catalog.endRun(run!.id, 'failed', 4, { verdicts: 4 });
    expect(catalog.unfinishedRuns()).toEqual([]);
    expect(catalog.runs(1)).toMatchObject([{ state: 'failed', files: 4, summary: { verdicts: 4 } }]);
    catalog.close();
  });

  it('that is damaged is said to be, names its last backup and keeps its bytes', async () => {
    const folder = usedLibrary();
    const catalog = openCatalog(folder);
    const backup = await catalog.backUpDaily();
    catalog.close();
    writeFileSync(join(folder, 'catalog.db'), 'no database, '.repeat(1000));
    const error = problemOf(folder);
    expect(error.code).toBe('library-damaged');
    expect(error.message).toBe(`The library ${folder} is damaged. It was left as it is; your photos were not touched.`);
    expect(error.hint).toContain(`Its last backup is ${backup!}.`);
    expect(readFileSync(join(folder, 'catalog.db'), 'utf8')).toBe('no database, '.repeat(1000));
  });

  it('can be gone back to as the hint says', async () => {
    const folder = usedLibrary({ files: 3 });
    const catalog = openCatalog(folder);
    const backup = await catalog.backUpDaily();
    catalog.close();
    cpSync(backup!, join(folder, 'catalog.db'));
    const again = openCatalog(folder);
    expect(again.counts().photos).toBe(3);
    again.close();
  });

  it('that is damaged in the middle is found out after a crash', () => {
    const folder = usedLibrary({ files: 2000 });
    const path = join(folder, 'catalog.db');
    const bytes = readFileSync(path);
    bytes.fill(0xaa, bytes.length / 2, bytes.length / 2 + 8192);
    writeFileSync(path, bytes);
    writeFileSync(join(folder, 'holder.json'), '{"pid":1,"program":"one that crashed"}');
    const error = problemOf(folder);
    expect(error.code).toBe('library-damaged-no-backup');
    expect(error.hint).toContain('It has no backup yet.');
    expect(readFileSync(path).equals(bytes)).toBe(true);
  });

  it('that was emptied is not taken for a new one where it has a backup', async () => {
    const folder = usedLibrary();
    const catalog = openCatalog(folder);
    await catalog.backUpDaily();
    catalog.close();
    writeFileSync(join(folder, 'catalog.db'), '');
    expect(problemOf(folder).code).toBe('library-damaged');
    expect(statSync(join(folder, 'catalog.db')).size).toBe(0);
  });

  it('of another program is left alone', () => {
    const folder = temporaryFolder();
    const db = new DatabaseSync(join(folder, 'catalog.db'));
    db.exec('create table theirs (a)');
    db.close();
    const before = readFileSync(join(folder, 'catalog.db'));
    expect(problemOf(folder).code).toBe('library-damaged-no-backup');
    expect(readFileSync(join(folder, 'catalog.db')).equals(before)).toBe(true);
  });

  it('that a newer Squint wrote is left alone', () => {
    const folder = usedLibrary();
    const db = new DatabaseSync(join(folder, 'catalog.db'));
    db.exec('pragma user_version = 99');
    db.close();
    const before = readFileSync(join(folder, 'catalog.db'));
    const error = problemOf(folder);
    expect(error.code).toBe('library-newer');
    expect(error.message).toBe(
      `The library ${folder} was written by a newer Squint (its version is 99, this Squint knows ${migrations.length}). It was left as it is.`,
    );
    expect(readFileSync(join(folder, 'catalog.db')).equals(before)).toBe(true);
  });

  it('that cannot be written to is said to be', () => {
    const folder = usedLibrary();
    const before = readFileSync(join(folder, 'catalog.db'));
    chmodSync(join(folder, 'catalog.db'), 0o444);
    chmodSync(folder, 0o555);
    // The system's administrator may write everywhere, so that another user tries where the tests run as one.
    const script = `import { openCatalog } from ${JSON.stringify(join(import.meta.dirname, '../../../src-main/catalog/index.ts'))};
      if (process.getuid?.() === 0) process.setuid(65534);
      try { openCatalog(${JSON.stringify(folder)}); } catch (error) { console.log(error.code + ' ' + error.message + ' ' + error.hint); }`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module-typescript', '-e', script], { encoding: 'utf8' });
    chmodSync(folder, 0o755);
    expect(stdout.trim()).toBe(
      `library-read-only The library ${folder} cannot be written to. Give yourself the right to write there, or let SQUINT_HOME name another folder.`,
    );
    expect(readFileSync(join(folder, 'catalog.db')).equals(before)).toBe(true);
  });

  it('lets go of itself when it cannot be opened', () => {
    const folder = usedLibrary();
    writeFileSync(join(folder, 'catalog.db'), 'no database, '.repeat(1000));
    expect(problemOf(folder).code).toBe('library-damaged-no-backup');
    expect(problemOf(folder).code).toBe('library-damaged-no-backup'); // not library-held
    expect(existsSync(join(folder, 'holder.json'))).toBe(false);
  });
});

describe('backups', () => {
  it('are made once a day, and the last three are kept', async () => {
    const folder = usedLibrary();
    const backups = join(folder, 'backups');
    mkdirSync(backups);
    const old = [1, 2, 3, 4].map((day) => `catalog-2020-01-0${day}T00-00-00-000Z.db`);
    for (const name of old) writeFileSync(join(backups, name), '');
    writeFileSync(join(backups, 'catalog-2020-01-05T00-00-00-000Z.db.part'), 'a copy that a crash broke off');
    const catalog = openCatalog(folder);
    const today = await catalog.backUpDaily();
    expect(await catalog.backUpDaily()).toBeNull();
    catalog.close();
    expect(readdirSync(backups).map((name) => join(backups, name))).toEqual([...old.slice(2).map((name) => join(backups, name)), today]);
  });

  it('are made before the tables change, and have them as they were', () => {
    const folder = usedLibrary({ files: 5 });
    const db = new DatabaseSync(join(folder, 'catalog.db'));
    migrate(db, folder, [...migrations, 'alter table roots add column colour text']);
    expect(db.prepare('select colour from roots').all()).toHaveLength(1);
    db.close();
    const [name, ...others] = readdirSync(join(folder, 'backups'));
    expect(others).toEqual([]);
    const copy = new DatabaseSync(join(folder, 'backups', name!));
    expect(copy.prepare('pragma user_version').get()).toEqual({ user_version: migrations.length });
    expect(copy.prepare('select count(*) n from photos').get()).toEqual({ n: 5 });
    expect(() => copy.prepare('select colour from roots')).toThrow('no such column');
    copy.close();
  });

  it('of a change that fails leave the library as it was', () => {
    const folder = usedLibrary({ files: 5 });
    const db = new DatabaseSync(join(folder, 'catalog.db'));
    expect(() => {
      migrate(db, folder, [...migrations, 'alter table roots add column colour text; nonsense']);
    }).toThrow('syntax error');
    db.close();
    const catalog = openCatalog(folder);
    expect(catalog.counts().photos).toBe(5);
    newRun(catalog);
    catalog.close();
  });
});

/** What must hold after a kill and a restart, looked at from outside: the disk's files, and the database read by SQLite alone. What does not hold is a sentence. */
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { hashOf } from '../tree-of.ts';
import type { Tree } from './tree.ts';

/** Every file under its name, with its bytes and its time. */
export function asBefore(before: Tree, now: Tree): string[] {
  return [...new Set([...before.keys(), ...now.keys()])].flatMap((path) => {
    const [was, is] = [before.get(path), now.get(path)];
    return was === is ? [] : [`${path} was ${was ?? 'not there'} and is ${is ?? 'not there'}`];
  });
}

/** Every file under one name, whichever; none lost, none doubled. */
export function allThere(before: Tree, now: Tree): string[] {
  const balance = new Map<string, number>();
  for (const file of before.values()) balance.set(file, (balance.get(file) ?? 0) - 1);
  for (const file of now.values()) balance.set(file, (balance.get(file) ?? 0) + 1);
  return [...balance].flatMap(([file, more]) =>
    more === 0 ? [] : [`${file} is there ${Math.abs(more)} times too ${more > 0 ? 'often' : 'seldom'}`],
  );
}

/**
 * Files that belong together lie together, or none of them is there.
 *
 * @param groups hashes of the files of each photo
 */
export function togetherStill(groups: readonly (readonly string[])[], now: Tree): string[] {
  const at = new Map<string, Set<string>>(); // hash -> where, without endings: files of the same bytes may lie in several places
  for (const [path, file] of now) {
    const hash = file.split(' ')[0]!;
    at.set(hash, (at.get(hash) ?? new Set()).add(join(dirname(path), basename(path).replace(/\..*$/, ''))));
  }
  return notInOne(groups, at).map((places) => `these belong together: ${places}`);
}

/** @param at hash -> where a file of it is */
export function notInOne<T>(groups: readonly (readonly string[])[], at: ReadonlyMap<string, ReadonlySet<T>>): string[] {
  return groups.flatMap((group) => {
    const [first, ...others] = group.map((hash) => at.get(hash) ?? new Set<T>());
    const isOnce = [...first!].some((place) => others.every((places) => places.has(place)));
    const isNowhere = first!.size === 0 && others.every((places) => places.size === 0);
    return isOnce || isNowhere ? [] : [[first!, ...others].map((places) => `[${[...places].join(', ')}]`).join(' ')];
  });
}

export const nothingHalf = (paths: Iterable<string>): string[] =>
  [...paths].filter((path) => path.endsWith('.part')).map((path) => `${path} was left`);

export interface StoredFile {
  readonly path: string; // absolute
  readonly role: 'main' | 'companion';
  readonly photo: number;
  readonly state: 'present' | 'missing';
}

export interface StoredPhoto {
  readonly id: number;
  readonly state: string;
  readonly decided: string | null;
  readonly run: number | null; // of its verdict
}

/** A library that nobody has open. */
export interface Stored {
  readonly files: readonly StoredFile[];
  readonly photos: readonly StoredPhoto[];
  readonly verdicts: number;
  readonly findings: readonly string[]; // of what every library has to be
}

export function stored(home: string): Stored {
  const db = new DatabaseSync(join(home, 'library', 'catalog.db'), { readOnly: true });
  try {
    const all = <T>(sql: string): T[] =>
      db
        .prepare(sql)
        .all()
        .map((row) => ({ ...row })) as T[];
    const findings = [
      ...all<{ integrity_check: string }>('pragma integrity_check').flatMap(({ integrity_check: is }) =>
        is === 'ok' ? [] : [`SQLite: ${is}`],
      ),
      ...all('pragma foreign_key_check').map((row) => `a row refers to none: ${JSON.stringify(row)}`),
      ...all<{ id: number }>(`select id from operations where state = 'running'`).map(({ id }) => `operation ${id} still runs`),
      ...all<{ source: string }>(`select source from steps where state = 'intended'`).map(({ source }) => `${source} has no outcome`),
      ...all<{ operation: number; unit: number }>(
        `select operation, unit from steps where kind <> 'bin' group by operation, unit
         having count(distinct case when state <> 'left' and kind = 'copy' then 'done' else state end) > 1`,
      ).map(({ operation, unit }) => `photo ${unit} of operation ${operation} was done in part`),
      ...all<{ id: number }>(
        `select id from operations where files <> done + left_over or done <> (select count(*) from steps where operation = operations.id and state in ('done', 'undone'))
         or undone <> (select count(*) from steps where operation = operations.id and state = 'undone')`,
      ).map(({ id }) => `operation ${id} was counted wrong`),
      ...all<{ id: number }>('select id from photos where id not in (select photo from files)').map(({ id }) => `photo ${id} has no file`),
    ];
    return {
      files: all(`select roots.path || '/' || files.path path, role, photo, files.state from files join roots on roots.id = root`),
      photos: all(
        `select photos.id, state, decided, verdicts.run from photos left join verdicts on verdicts.content = photos.content order by photos.id`,
      ),
      verdicts: all<{ n: number }>('select count(*) n from verdicts')[0]!.n,
      findings,
    };
  } finally {
    db.close();
  }
}

/** The catalogue has the files that are there, each once. */
export function agrees({ files }: Stored, paths: readonly string[]): string[] {
  const known = new Map(files.filter(({ state }) => state === 'present').map(({ path, photo }) => [path, photo]));
  const there = new Set(paths);
  return [
    ...files.filter(({ state }) => state === 'missing').map(({ path }) => `the catalogue misses ${path}`),
    ...paths.filter((path) => !known.has(path)).map((path) => `the catalogue does not know ${path}`),
    ...[...known.keys()].filter((path) => !there.has(path)).map((path) => `the catalogue has ${path}, which is not there`),
  ];
}

/** Photo -> the hash of its picture and the person's word. */
export function words({ files, photos }: Stored): Map<number, string> {
  const decided = new Map(photos.map((photo) => [photo.id, photo.decided]));
  return new Map(
    files
      .filter(({ role, path }) => role === 'main' && existsSync(path))
      .map(({ photo, path }) => [photo, `${hashOf(path)} ${decided.get(photo) ?? 'undecided'}`]),
  );
}

/** The newest; of a library that nobody has open. */
export function lastOperation(home: string): number {
  const db = new DatabaseSync(join(home, 'library', 'catalog.db'), { readOnly: true });
  try {
    return Number(db.prepare('select max(id) id from operations').get()!.id);
  } finally {
    db.close();
  }
}

/** Right after a kill, without touching what it left: steps of the last operation without an outcome, and with one. */
export function inMidAir(home: string): { readonly intended: number; readonly settled: number } {
  const folder = mkdtempSync(join(tmpdir(), 'squint-kill-look-'));
  try {
    for (const name of ['catalog.db', 'catalog.db-wal']) {
      const path = join(home, 'library', name);
      if (existsSync(path)) copyFileSync(path, join(folder, name));
    }
    const db = new DatabaseSync(join(folder, 'catalog.db'));
    const row = db
      .prepare(
        `select count(*) filter (where state = 'intended') intended, count(*) filter (where state <> 'intended') settled
         from steps where operation = (select max(id) from operations where state = 'running')`,
      )
      .get() as { intended: number; settled: number };
    db.close();
    return row;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

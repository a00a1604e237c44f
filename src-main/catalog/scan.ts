/**
 * What a scan finds, against what is known. A photo's row is made with its file, before the file is read; a file whose size and time are as
 * they were is not read again. What a finished scan did not come to is missing, and kept.
 */
import { basename } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { Statement, transaction } from './database.ts';
import { nameKey } from './names.ts';
import { noVerdict } from './no-verdict.ts';

export interface FoundFile {
  readonly path: string; // relative to the root
  readonly size: number; // bytes
  readonly mtimeMs: number;
  readonly inode: number;
}

/** One scan of one root, from `beginScan` to `endScan`. */
export interface Scan {
  readonly root: number;
  readonly seen: Set<number>; // ids of files
}

/** Ids of photos. */
export interface Recorded {
  readonly added: number[];
  readonly changed: number[]; // other size or time: to be read again
  readonly back: number[]; // were missing, and are as they were
  readonly unchanged: number; // how many
}

export interface Skip {
  readonly code: string;
  readonly message: string;
  readonly count: number;
  readonly examples: readonly string[]; // names; a few are kept
}

const examplesKept = 3;

interface KnownFile {
  id: number;
  photo: number;
  size: number;
  mtime: number;
  state: 'present' | 'missing';
}

export function scanVerbs(db: DatabaseSync) {
  const forgetSkips = new Statement(db, 'delete from skips where root = ?');
  const skipOf = new Statement<{ count: number; examples: string }>(
    db,
    'select count, examples from skips where root = ? and code = ? and message = ?',
  );
  const keepSkip = new Statement(db, 'insert or replace into skips (root, code, message, count, examples) values (?, ?, ?, ?, ?)');
  const find = new Statement<KnownFile>(db, 'select id, photo, size, mtime, state from files where root = ? and path = ?');
  const addPhoto = new Statement(db, 'insert into photos (root, name, name_key) values (?, ?, ?)');
  const addFile = new Statement(db, 'insert into files (root, path, size, mtime, inode, photo) values (?, ?, ?, ?, ?, ?)');
  const changeFile = new Statement(db, `update files set size = ?, mtime = ?, inode = ?, content = null, state = 'present' where id = ?`);
  const toWaiting = new Statement(
    db,
    `update photos set content = null, state = 'waiting', code = null, message = null, hint = null, ${noVerdict} where id = ?`,
  );
  const setState = new Statement(db, 'update files set state = ? where id = ?');
  const present = new Statement<{ id: number; photo: number }>(
    db,
    `select id, photo from files where root = ? and id > ? and state = 'present' order by id limit 10000`,
  );
  const paths = new Statement<{ path: string }>(db, 'select path from files where root = ? order by path');

  const record = (
    root: number,
    seen: Set<number>,
    file: FoundFile,
    into: { added: number[]; changed: number[]; back: number[] },
  ): boolean => {
    const mtime = Math.floor(file.mtimeMs);
    const known = find.get(root, file.path);
    if (!known) {
      const name = basename(file.path).normalize('NFC');
      const photo = addPhoto.run(root, name, nameKey(name));
      seen.add(addFile.run(root, file.path, file.size, mtime, file.inode, photo));
      into.added.push(photo);
      return false;
    }
    seen.add(known.id);
    if (known.size !== file.size || known.mtime !== mtime) {
      changeFile.run(file.size, mtime, file.inode, known.id);
      toWaiting.run(known.photo);
      into.changed.push(known.photo);
      return false;
    }
    if (known.state === 'present') return true;
    setState.run('present', known.id);
    into.back.push(known.photo);
    return false;
  };

  return {
    /** What an earlier scan left aside is forgotten: this one tells anew. */
    beginScan(root: number): Scan {
      forgetSkips.run(root);
      return { root, seen: new Set() };
    },

    /** In lots of some hundred: each lot is one transaction. */
    recordFiles: ({ root, seen }: Scan, files: readonly FoundFile[]): Recorded =>
      transaction(db, () => {
        const into = { added: [] as number[], changed: [] as number[], back: [] as number[] };
        let unchanged = 0;
        for (const file of files) if (record(root, seen, file, into)) unchanged += 1;
        return { ...into, unchanged };
      }),

    /** Files and folders that are no photos, or could not be opened: counted by reason. */
    recordSkips({ root }: Scan, { code, message, count, examples }: Skip): void {
      const before = skipOf.get(root, code, message);
      const names = [...(before ? (JSON.parse(before.examples) as string[]) : []), ...examples].slice(0, examplesKept);
      keepSkip.run(root, code, message, (before?.count ?? 0) + count, JSON.stringify(names));
    },

    /** Files of the root that this scan did not come to are missing now; their photos are returned. A scan that was stopped is not ended. */
    endScan: ({ root, seen }: Scan): { missing: number[] } =>
      transaction(db, () => {
        const missing: number[] = [];
        for (let page = present.all(root, 0); page.length > 0; page = present.all(root, page.at(-1)!.id)) {
          for (const { id, photo } of page) {
            if (seen.has(id)) continue;
            setState.run('missing', id);
            missing.push(photo);
          }
        }
        return { missing };
      }),

    /** Relative, as recorded: what is looked for again where only files of a folder were named. */
    pathsIn: (root: number): string[] => paths.all(root).map(({ path }) => path),
  };
}

/**
 * What a scan finds, against what is known. A photo's row is made with its file, before the file is read; a file whose size and time are as
 * they were is not read again. What a finished scan did not come to is missing, and kept.
 */
import { basename } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { Statement, transaction } from './database.ts';
import { IdSet } from './id-set.ts';
import { merging } from './merge.ts';
import { nameKey } from './names.ts';
import { noVerdict } from './no-verdict.ts';

export interface FileFacts {
  readonly path: string; // relative to the root
  readonly size: number; // bytes
  readonly mtimeMs: number;
  readonly inode: number;
}

/** A photo's main file. */
export interface FoundFile extends FileFacts {
  readonly companions?: readonly FileFacts[];
}

/** One scan of one root, from `beginScan` to `endScan`. */
export interface Scan {
  readonly root: number;
  readonly seen: IdSet; // of files
}

/** Ids of photos. */
export interface Recorded {
  readonly added: number[];
  readonly changed: number[]; // other size or time: to be read again
  readonly back: number[]; // were missing, and are as they were
  readonly removed: number[]; // their files belong to other photos now: a RAW whose picture came
  readonly unchanged: number; // how many
}

export interface Skip {
  readonly code: string;
  readonly message: string;
  readonly count: number;
  readonly examples: readonly string[]; // names; a few are kept
}

const examplesKept = 3;
const lot = 2000; // files in a page

export interface KnownFile {
  readonly id: number;
  readonly path: string; // relative to the root
  readonly photo: number;
  readonly role: 'main' | 'companion';
  readonly size: number; // bytes
  readonly mtime: number; // whole ms
  readonly state: 'present' | 'missing';
}

/** What the paths below a folder come before. */
const endOf = (folder: string): string => (folder === '' ? '\u{10ffff}' : `${folder.slice(0, -1)}0`); // '0' comes after '/'

type Changes = { -readonly [K in Exclude<keyof Recorded, 'unchanged'>]: Recorded[K] };

export function scanVerbs(db: DatabaseSync) {
  const columns = 'id, path, photo, role, size, mtime, state';
  const forgetSkips = new Statement(db, 'delete from skips where root = ?');
  const skipOf = new Statement<{ count: number; examples: string }>(
    db,
    'select count, examples from skips where root = ? and code = ? and message = ?',
  );
  const keepSkip = new Statement(db, 'insert or replace into skips (root, code, message, count, examples) values (?, ?, ?, ?, ?)');
  const find = new Statement<KnownFile>(db, `select ${columns} from files where root = ? and path = ?`);
  const addPhoto = new Statement(db, 'insert into photos (root, name, name_key) values (?, ?, ?)');
  const addFile = new Statement(db, 'insert into files (root, path, size, mtime, inode, photo, role) values (?, ?, ?, ?, ?, ?, ?)');
  const changeFile = new Statement(
    db,
    `update files set size = ?, mtime = ?, inode = ?, photo = ?, role = ?, content = null, state = 'present' where id = ?`,
  );
  const toWaiting = new Statement(
    db,
    `update photos set content = null, state = 'waiting', code = null, message = null, hint = null, ${noVerdict} where id = ?`,
  );
  const setState = new Statement(db, 'update files set state = ? where id = ?');
  const inFolder = new Statement<KnownFile>(
    db,
    `select ${columns} from files where root = ? and folder = ? and id > ? order by id limit ${lot}`,
  );
  const below = new Statement<{ id: number }>(db, 'select id from files where root = ? and path >= ? and path < ?');
  const count = new Statement<{ files: number }>(
    db,
    `select count(*) - (select count(*) from files where root = ?1 and state = 'missing') files from files where root = ?1`,
  );
  const ofRoot = new Statement<Pick<KnownFile, 'id' | 'photo' | 'role' | 'state'>>(
    db,
    `select id, photo, role, state from files where +root = ? and id > ? order by id limit ${lot}`,
  );
  const presentIn = new Statement<Pick<KnownFile, 'id' | 'photo' | 'role'>>(
    db,
    `select id, photo, role from files where root = ? and folder = ? and state = 'present'`,
  );
  const presentBelow = new Statement<Pick<KnownFile, 'id' | 'photo' | 'role'>>(
    db,
    `select id, photo, role from files where root = ? and path >= ? and path < ? and state = 'present'`,
  );
  const paths = new Statement<{ path: string }>(db, 'select path from files where root = ? order by path');
  const photos = merging(db);

  const newPhoto = (root: number, path: string): number => {
    const name = basename(path).normalize('NFC');
    return addPhoto.run(root, name, nameKey(name));
  };

  /** @returns its photo */
  const recordMain = ({ root, seen }: Scan, { path, size, mtimeMs, inode }: FileFacts, into: Changes): number => {
    const mtime = Math.floor(mtimeMs);
    const known = find.get(root, path);
    if (known) seen.add(known.id);
    if (known?.role !== 'main') {
      const photo = newPhoto(root, path);
      if (known) {
        photos.inherit(known.photo, photo); // the picture that it belonged to is gone
        changeFile.run(size, mtime, inode, photo, 'main', known.id);
      } else seen.add(addFile.run(root, path, size, mtime, inode, photo, 'main'));
      into.added.push(photo);
      return photo;
    }
    const { id, photo } = known;
    if (known.size !== size || known.mtime !== mtime) {
      changeFile.run(size, mtime, inode, photo, 'main', id);
      toWaiting.run(photo);
      into.changed.push(photo);
    } else if (known.state === 'missing') {
      setState.run('present', id);
      into.back.push(photo);
    }
    return photo;
  };

  const recordCompanion = ({ root, seen }: Scan, { path, size, mtimeMs, inode }: FileFacts, photo: number, into: Changes): void => {
    const mtime = Math.floor(mtimeMs);
    const known = find.get(root, path);
    if (!known) {
      seen.add(addFile.run(root, path, size, mtime, inode, photo, 'companion'));
      return;
    }
    seen.add(known.id);
    if (known.role === 'main') {
      photos.merge(known.photo, photo);
      into.removed.push(known.photo);
    }
    const isAsKnown = known.role === 'companion' && known.photo === photo && known.size === size && known.mtime === mtime;
    if (!isAsKnown || known.state === 'missing') changeFile.run(size, mtime, inode, photo, 'companion', known.id);
  };

  return {
    /** What an earlier scan left aside is forgotten: this one tells anew. */
    beginScan(root: number): Scan {
      forgetSkips.run(root);
      return { root, seen: new IdSet() };
    },

    /** Of a scan that looks at some folders only, ended with `endPart` for each of them: what was left aside before stays told. */
    beginPart: (root: number): Scan => ({ root, seen: new IdSet() }),

    /** In lots of some hundred: each lot is one transaction. */
    recordFiles: (scan: Scan, files: readonly FoundFile[]): Recorded => {
      if (files.length === 0) return { added: [], changed: [], back: [], removed: [], unchanged: 0 };
      return transaction(db, () => {
        const into: Changes = { added: [], changed: [], back: [], removed: [] };
        for (const file of files) {
          const photo = recordMain(scan, file, into);
          for (const companion of file.companions ?? []) recordCompanion(scan, companion, photo, into);
        }
        return { ...into, unchanged: files.length - into.added.length - into.changed.length - into.back.length };
      });
    },

    /** Files and folders that are no photos, or could not be opened: counted by reason. */
    recordSkips({ root }: Scan, { code, message, count, examples }: Skip): void {
      const before = skipOf.get(root, code, message);
      const names = [...(before ? (JSON.parse(before.examples) as string[]) : []), ...examples].slice(0, examplesKept);
      keepSkip.run(root, code, message, (before?.count ?? 0) + count, JSON.stringify(names));
    },

    /**
     * What is known of the files of one folder, in pages.
     *
     * @param folder 'a/b/' for a/b, '' for the root itself
     * @param after 0, then the `next` of the page before
     */
    filesIn(root: number, folder: string, after: number): { files: KnownFile[]; next: number | null } {
      const files = inFolder.all(root, folder, after);
      return { files, next: files.length < lot ? null : files.at(-1)!.id };
    },

    /** Nothing can be told of the files in this folder and below it: they stay as they are. */
    keepFolder({ root, seen }: Scan, folder: string): void {
      for (const { id } of below.all(root, folder, endOf(folder))) seen.add(id);
    },

    /**
     * Files of the root that this scan did not come to are missing now; their photos are returned, in pages. A scan that was stopped is not
     * ended.
     *
     * @param after 0, then the `next` of the page before
     */
    endScan: ({ root, seen }: Scan, after = 0): { missing: number[]; next: number | null } =>
      transaction(db, () => {
        const missing: number[] = [];
        if (after === 0 && count.get(root)!.files === seen.size) return { missing, next: null }; // as most times
        const page = ofRoot.all(root, after);
        for (const { id, photo, role, state } of page) {
          if (state === 'missing' || seen.has(id)) continue;
          setState.run('missing', id);
          if (role === 'main') missing.push(photo);
        }
        return { missing, next: page.length < lot ? null : page.at(-1)!.id };
      }),

    /**
     * Files of one folder that this scan did not come to are missing now; their photos are returned.
     *
     * @param deep with the folders in it
     */
    endPart: ({ root, seen }: Scan, { within, deep }: { readonly within: string; readonly deep: boolean }): number[] =>
      transaction(db, () => {
        const missing: number[] = [];
        for (const { id, photo, role } of deep ? presentBelow.all(root, within, endOf(within)) : presentIn.all(root, within)) {
          if (seen.has(id)) continue;
          setState.run('missing', id);
          if (role === 'main') missing.push(photo);
        }
        return missing;
      }),

    /** Relative, as recorded: what is looked for again where only files of a folder were named. */
    pathsIn: (root: number): string[] => paths.all(root).map(({ path }) => path),
  };
}

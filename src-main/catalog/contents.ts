/**
 * Files and what is in them. A photo's content becomes known when its file is first read; only then can a renamed or moved file be told
 * from a new one: it takes over the photo that lost its file, with verdicts and decisions. Exact duplicates that are both there stay two
 * photos of one content.
 */
import { dirname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { Statement, transaction } from './database.ts';
import { merging } from './merge.ts';

/** What a read of the file tells; what is not known is left out. */
export interface ContentFacts {
  readonly hash: string; // of head, tail and length
  readonly width?: number; // pixels, upright
  readonly height?: number;
  readonly taken?: string; // ISO 8601 without a zone
  readonly camera?: string;
}

export interface PhotoFile {
  readonly path: string; // absolute
  readonly folder: string; // within its root; '.' for the root itself
  readonly root: number;
  readonly size: number; // bytes
  readonly mtimeMs: number; // whole
  readonly missing: boolean; // the file is gone, or its root is offline
  readonly hash: string | null; // null until it was read
  readonly width: number | null;
  readonly height: number | null;
  readonly taken: string | null;
  readonly camera: string | null;
}

/** One of the files that belong to a photo. */
export interface OwnFile {
  readonly id: number;
  readonly path: string; // absolute
  readonly size: number; // bytes
  readonly mtimeMs: number; // whole
  readonly role: 'main' | 'companion'; // main: the picture that is shown and looked at
  readonly missing: boolean; // it is gone, or its root is offline
}

interface FileRow extends Omit<PhotoFile, 'path' | 'folder' | 'missing'> {
  rootPath: string;
  relative: string;
  missing: 0 | 1;
}

export function contentVerbs(db: DatabaseSync) {
  const photos = merging(db);
  const find = new Statement<{ id: number }>(db, 'select id from contents where hash = ? order by id limit 1');
  const add = new Statement(db, 'insert into contents (hash) values (?)');
  const describe = new Statement(
    db,
    `update contents set width = coalesce(?2, width), height = coalesce(?3, height), taken = coalesce(?4, taken), camera = coalesce(?5, camera)
     where id = ?1`,
  );
  const fileOfPhoto = new Statement<{ id: number; root: number; photo: number; content: number | null; name: string; nameKey: string }>(
    db,
    `select files.id, files.root, photos.id photo, photos.content, name, name_key nameKey from files join photos on photos.id = files.photo
     where photo = ? and role = 'main'`,
  );
  const left = new Statement<{ photo: number; file: number }>(
    db,
    `select photos.id photo, files.id file from photos join files on files.photo = photos.id and files.role = 'main' join roots on roots.id = files.root
     where photos.content = ? and photos.id <> ? and (files.state = 'missing' or roots.listed = 0)
     order by files.state = 'missing' desc, photos.id limit 1`,
  );
  const setContent = new Statement(db, 'update photos set content = ? where id = ?');
  const setFileContent = new Statement(db, 'update files set content = ? where id = ?');
  const dropFile = new Statement(db, 'delete from files where id = ?');
  const dropCompanions = new Statement(
    db,
    `delete from files where photo = ? and role = 'companion' and (state = 'missing' or root in (select id from roots where listed = 0))`,
  );
  const giveFile = new Statement(db, 'update files set photo = ?, content = ? where id = ?');
  const settle = new Statement(db, 'update photos set root = ?, name = ?, name_key = ? where id = ?');
  const fileOf = new Statement<FileRow>(
    db,
    `select roots.path rootPath, files.path relative, files.root, files.size, files.mtime mtimeMs,
       files.state = 'missing' or roots.state = 'offline' missing,
       contents.hash, contents.width, contents.height, contents.taken, contents.camera
     from files join photos on photos.id = files.photo join roots on roots.id = files.root left join contents on contents.id = photos.content
     where files.photo = ? and files.role = 'main'`,
  );
  const filesOf = new Statement<Omit<OwnFile, 'missing'> & { rootPath: string; missing: 0 | 1 }>(
    db,
    `select files.id, roots.path rootPath, files.path, size, mtime mtimeMs, role, files.state = 'missing' or roots.state = 'offline' missing
     from files join roots on roots.id = files.root where photo = ? order by role = 'companion', files.path`,
  );

  /** The old photo goes on with the new photo's files; the new photo goes. */
  const takeOver = (old: { photo: number; file: number }, now: NonNullable<ReturnType<typeof fileOfPhoto.get>>, content: number): void => {
    dropFile.run(old.file);
    dropCompanions.run(old.photo);
    giveFile.run(old.photo, content, now.id);
    settle.run(now.root, now.name, now.nameKey, old.photo);
    photos.merge(now.photo, old.photo);
  };

  return {
    /**
     * Before a photo is run: afterwards `verdictOf` finds what is known of its content.
     *
     * @returns the photo that the file belongs to now, and the one that went where that is another
     */
    noteContent: (photo: number, { hash, width, height, taken, camera }: ContentFacts): { photo: number; relinkedFrom: number | null } =>
      transaction(db, () => {
        const content = find.get(hash)?.id ?? add.run(hash);
        describe.run(content, width ?? null, height ?? null, taken ?? null, camera ?? null);
        const file = fileOfPhoto.get(photo)!;
        if (file.content === content) return { photo, relinkedFrom: null };
        const old = left.get(content, photo);
        if (old) {
          takeOver(old, file, content);
          return { photo: old.photo, relinkedFrom: photo };
        }
        setContent.run(content, photo);
        setFileContent.run(content, file.id);
        return { photo, relinkedFrom: null };
      }),

    /** The main one first; none where there is no such photo. */
    filesOf: (photo: number): OwnFile[] =>
      filesOf.all(photo).map(({ rootPath, path, missing, ...rest }) => ({ ...rest, path: join(rootPath, path), missing: missing === 1 })),

    /** The main one; null where there is no such photo. */
    fileOf(photo: number): PhotoFile | null {
      const row = fileOf.get(photo);
      if (!row) return null;
      const { rootPath, relative, missing, ...rest } = row;
      return { ...rest, path: join(rootPath, relative), folder: dirname(relative), missing: missing === 1 };
    },
  };
}

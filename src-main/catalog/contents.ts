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
  readonly fullHash?: string; // of every byte, where `contentsAlike` had an answer
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

/** A content that agrees with a file in head, tail and length, and may be another one. At least one of these is known. */
export interface AlikeContent {
  readonly content: number;
  readonly fullHash: string | null;
  readonly path: string | null; // absolute, of a file that is there with this content
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
  const found = new Statement<AlikeContent & { root: string | null; file: string | null }>(
    db,
    `select contents.id content, full_hash fullHash, roots.path root, files.path file
     from contents left join files on files.id = (
       select files.id from photos join files on files.photo = photos.id and files.role = 'main' join roots on roots.id = files.root
       where photos.content = contents.id and files.state = 'present' and roots.state = 'online' and roots.listed = 1 limit 1
     ) left join roots on roots.id = files.root
     where contents.hash = ? order by contents.id`,
  );
  const add = new Statement(db, 'insert into contents (hash, full_hash) values (?, ?)');
  const setFullHash = new Statement(db, 'update contents set full_hash = ? where id = ?');
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

  const alikeTo = (hash: string): AlikeContent[] =>
    found.all(hash).map(({ content, fullHash, root, file }) => ({
      ...{ content, fullHash, path: root === null || file === null ? null : join(root, file) },
    }));

  /** Which of the known ones it is; a new one where it is none of them. */
  const contentOf = (own: number | null, hash: string, fullHash: string | undefined): number => {
    const alike = alikeTo(hash);
    const same =
      alike.find(({ content }) => content === own) ?? // what is told of a photo whose content is known
      (fullHash === undefined
        ? alike[0]
        : (alike.find((one) => one.fullHash === fullHash) ?? alike.find((one) => one.fullHash === null && one.path === null)));
    if (!same) return add.run(hash, fullHash ?? null);
    if (fullHash !== undefined && same.fullHash === null) setFullHash.run(fullHash, same.content);
    return same.content;
  };

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
     * Before a photo is run: afterwards `verdictOf` finds what is known of its content. Without a full hash, agreement in head, tail and
     * length is enough; with one, it is only where the file that had that content is gone and no one knows all of its bytes.
     *
     * @returns the photo that the file belongs to now, and the one that went where that is another
     */
    noteContent: (
      photo: number,
      { hash, fullHash, width, height, taken, camera }: ContentFacts,
    ): { photo: number; relinkedFrom: number | null } =>
      transaction(db, () => {
        const file = fileOfPhoto.get(photo);
        if (!file) return { photo, relinkedFrom: null }; // it has become a companion meanwhile
        const content = contentOf(file.content, hash, fullHash);
        describe.run(content, width ?? null, height ?? null, taken ?? null, camera ?? null);
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

    /** Those that only a hash of every byte tells from the photo's own: their files are there to be compared, or their full hash is known. */
    contentsAlike(photo: number, hash: string): AlikeContent[] {
      const own = fileOfPhoto.get(photo)?.content;
      return alikeTo(hash).filter(({ content, fullHash, path }) => content !== own && (fullHash !== null || path !== null));
    },

    noteFullHash(content: number, fullHash: string): void {
      setFullHash.run(fullHash, content);
    },

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

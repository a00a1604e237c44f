/** Photos as sorting into folders looks at them: where each would go, and what files it has. */
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { Statement } from './database.ts';

export interface PhotoToSort {
  readonly id: number;
  readonly state: 'waiting' | 'sorted' | 'failed' | 'skipped';
  readonly pile: 'collection' | 'group' | 'review' | null;
  readonly collection: string | null; // the network's
  readonly group: string | null;
  readonly decided: string | null; // the person's collection
  readonly flag: 'pick' | 'reject' | null;
  readonly taken: string | null; // ISO 8601 without a zone
  readonly root: string; // absolute
  readonly isOffline: boolean; // its root is
  readonly files: readonly FileToSort[]; // its main file first; none where that is missing, and without companions that are
}

export interface FileToSort {
  readonly id: number;
  readonly path: string; // absolute
  readonly size: number;
  readonly mtimeMs: number; // whole
  readonly hash: string | null; // of head, tail and length; null until it was read
}

interface Row extends Omit<PhotoToSort, 'files' | 'isOffline'> {
  isOffline: 0 | 1;
  role: 'main' | 'companion' | null; // null where no file is there; then the next four are too
  file: number;
  path: string;
  size: number;
  mtimeMs: number;
  hash: string | null;
}

export function toSortVerbs(db: DatabaseSync) {
  const photos = new Statement<Row>(
    db,
    `select photos.id, photos.state, pile, photos.collection, group_key "group", decided, flag, contents.taken, roots.path root,
       roots.state = 'offline' isOffline, files.id file, files.role, files.path, files.size, files.mtime mtimeMs, read.hash
     from json_each(?) ids join photos on photos.id = ids.value join roots on roots.id = photos.root
       left join contents on contents.id = photos.content
       left join files on files.photo = photos.id and files.state = 'present'
       left join contents read on read.id = files.content
     order by ids.key, files.role = 'companion', files.path`,
  );
  return {
    /** In the order asked for; ids that are gone are left out. */
    photosToSort(ids: readonly number[]): PhotoToSort[] {
      const found: (PhotoToSort & { files: FileToSort[] })[] = [];
      for (const { file, role, path, size, mtimeMs, hash, isOffline, ...photo } of photos.all(JSON.stringify(ids))) {
        if (found.at(-1)?.id !== photo.id) found.push({ ...photo, isOffline: isOffline === 1, files: [] });
        const { files } = found.at(-1)!;
        if (role === 'main' || files.length > 0) files.push({ id: file, path: join(photo.root, path), size, mtimeMs, hash });
      }
      return found;
    },
  };
}

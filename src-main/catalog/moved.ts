/** A file that Squint itself moved: its row goes along, so that its photo keeps all that is known of it. */
import { basename, isAbsolute, relative, sep } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { Statement } from './database.ts';
import { merging } from './merge.ts';
import { nameKey } from './names.ts';

interface MovedTo {
  readonly path: string; // absolute
  readonly size: number;
  readonly mtimeMs: number;
  readonly inode: number;
}

export function movedVerb(db: DatabaseSync): (file: number, to: MovedTo) => void {
  const roots = new Statement<{ id: number; path: string }>(db, 'select id, path from roots order by listed desc, length(path) desc');
  const find = new Statement<{ photo: number; role: 'main' | 'companion' }>(db, 'select photo, role from files where id = ?');
  const at = new Statement<{ id: number; photo: number }>(db, 'select id, photo from files where root = ? and path = ?');
  const drop = new Statement(db, 'delete from files where id = ?');
  const hasFiles = new Statement<{ one: 1 }>(db, 'select 1 one from files where photo = ? limit 1');
  const photos = merging(db);
  const settle = new Statement(db, `update files set root = ?, path = ?, size = ?, mtime = ?, inode = ?, state = 'present' where id = ?`);
  const rename = new Statement(db, 'update photos set root = ?, name = ?, name_key = ? where id = ?');
  const lose = new Statement(db, `update files set state = 'missing' where id = ?`);

  return (file, { path, size, mtimeMs, inode }) => {
    const row = find.get(file);
    if (!row) return; // forgotten meanwhile
    const root = roots.all().find((one) => isInside(one.path, path));
    if (!root) {
      lose.run(file);
      return;
    }
    const within = relative(root.path, path).split(sep).join('/');
    const other = at.get(root.id, within);
    if (other && other.id !== file) {
      // A scan came upon it first and took it for a new photo.
      drop.run(other.id);
      if (other.photo !== row.photo && !hasFiles.get(other.photo)) photos.merge(other.photo, row.photo);
    }
    settle.run(root.id, within, size, Math.floor(mtimeMs), inode, file);
    if (row.role === 'companion') return;
    const name = basename(path).normalize('NFC');
    rename.run(root.id, name, nameKey(name), row.photo);
  };
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

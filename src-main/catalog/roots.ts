/** The folders in the list. One that is taken from it, or that is offline, changes one row: of its photos nothing is forgotten. */
import type { DatabaseSync } from 'node:sqlite';
import { Statement } from './database.ts';

export interface Root {
  readonly id: number;
  readonly path: string; // absolute
  readonly scope: 'folder' | 'files'; // files: only those of it that were named
  readonly state: 'online' | 'offline';
  readonly volume: string | null; // on which it lay when it was seen last, as the system numbers them; null: not known
  readonly photos: number; // missing ones too
  readonly missing: number; // photos whose file is gone
}

export function rootVerbs(db: DatabaseSync) {
  const add = new Statement(
    db,
    `insert into roots (path, scope, added) values (?, ?, ?)
     on conflict (path) do update set listed = 1, scope = case when 'folder' in (scope, excluded.scope) and listed = 1 then 'folder' else excluded.scope end`,
  );
  const find = new Statement<{ id: number }>(db, 'select id from roots where path = ?');
  const list = new Statement<Root>(
    db,
    `select id, path, scope, state, volume,
       (select coalesce(sum(photos), 0) from counts where root = roots.id) photos,
       (select count(*) from files where root = roots.id and state = 'missing' and role = 'main') missing
     from roots where listed = 1 order by added, id`,
  );
  const setState = new Statement(db, 'update roots set state = ? where id = ?');
  const setVolume = new Statement(db, 'update roots set volume = ? where id = ?');
  const unlist = new Statement(db, 'update roots set listed = 0 where id = ?');

  return {
    /** The same path has the same id, also after it was taken from the list. A folder of which only files were named becomes whole when it is named itself. */
    addRoot({ path, scope }: Pick<Root, 'path' | 'scope'>): number {
      add.run(path, scope, Date.now());
      return find.get(path)!.id;
    },
    /** Those in the list, oldest first. */
    roots: (): Root[] => list.all().map((root) => ({ ...root })),
    setRootState(root: number, state: Root['state']): void {
      setState.run(state, root);
    },
    setRootVolume(root: number, volume: string): void {
      setVolume.run(volume, root);
    },
    /** From the list only: its photos leave the view, and are back, with verdicts and decisions, when it is added again. */
    removeRoot(root: number): void {
      unlist.run(root);
    },
  };
}

/** Which photos of a view a run has to take: those that wait, were seen by another pack only, or that the policy in force would take further. */
import type { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { Statement } from './database.ts';
import type { PackKey } from './packs.ts';
import type { Page, View } from './orders.ts';

export interface PhotoToRun {
  readonly id: number;
  readonly path: string; // absolute
  readonly contentKnown: boolean; // else `noteContent` comes first
}

/** Reading these files ended the reader, twice: they are not tried again but by name. */
const quarantine = `'reader-crashed', 'too-slow'`;

export function toRunVerbs(db: DatabaseSync, packId: (pack: PackKey) => number, idsOf: (view: View) => Page) {
  const columns = 'photos.id, roots.path root, files.path, photos.content is not null known';
  const joined = `from json_each(?1) ids join photos on photos.id = ids.value join files on files.photo = photos.id and files.role = 'main'
    join roots on roots.id = files.root`;
  const there = `files.state = 'present' and roots.state = 'online' and roots.listed = 1`;
  const waiting = new Statement<Stored>(
    db,
    `select ${columns} ${joined} where ${there} and (photos.state = 'waiting' or photos.state = 'sorted' and (further = 1 or pack is not ?2))
     order by ids.key`,
  );
  const named = new Statement<Stored>(db, `select ${columns} ${joined} where ${there} order by ids.key`);
  const failed = new Statement<{ id: number }>(
    db,
    `select photos.id ${joined} where ${there} and photos.state = 'failed' and code not in (${quarantine}) order by ids.key`,
  );
  const toWaiting = new Statement(
    db,
    `update photos set state = 'waiting', code = null, message = null, hint = null where id in (select value from json_each(?))`,
  );
  return {
    /** Of one page of the view those that failed wait again. @returns they */
    tryAgain(view: View): number[] {
      const ids = failed.all(JSON.stringify(idsOf(view).ids)).map(({ id }) => id);
      if (ids.length > 0) toWaiting.run(JSON.stringify(ids));
      return ids;
    },
    /** Looks through one page of the view; what is left of it may be nothing although the view goes on. Failed and skipped photos are not among them. */
    photosToRun(view: View, pack: PackKey): { photos: PhotoToRun[]; next: string | null } {
      const { ids, next } = idsOf(view);
      return { photos: waiting.all(JSON.stringify(ids), packId(pack)).map(toPhoto), next };
    },
    /** Those of these that a run has to take still: much may have happened since they were found. */
    photosStillToRun: (ids: readonly number[], pack: PackKey): PhotoToRun[] => waiting.all(JSON.stringify(ids), packId(pack)).map(toPhoto),
    /** These, whatever is known of them; those whose file is not there are left out. */
    photosNamed: (ids: readonly number[]): PhotoToRun[] => named.all(JSON.stringify(ids)).map(toPhoto),
  };
}

interface Stored {
  id: number;
  root: string;
  path: string;
  known: 0 | 1;
}

const toPhoto = ({ id, root, path, known }: Stored): PhotoToRun => ({ id, path: join(root, path), contentKnown: known === 1 });

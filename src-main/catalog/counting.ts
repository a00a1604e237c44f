/**
 * Photos counted one by one, where no kept count says how many there are. Half a million take some tenths of a second, so they are looked
 * through in slices with other work between them; what comes or goes meanwhile may be counted or not.
 */
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate as others } from 'node:timers/promises';
import { type Condition, all } from './conditions.ts';
import { Statement } from './database.ts';

const slice = 5_000; // photos: some milliseconds

export function countingVerbs(db: DatabaseSync) {
  const last = new Statement<{ id: number | null }>(db, 'select max(id) id from photos');
  const counted = (sql: string): Statement<{ photos: number }> => new Statement(db, `select count(*) photos ${sql}`);
  return {
    /** @param from where they are found, as SQL from `from` on */
    once: ({ sql, values }: Condition): number => counted(sql).get(...values)!.photos,

    /** @param root that the photos are all of; undefined where they may be of any */
    async inSlices(conditions: readonly Condition[], root: number | undefined): Promise<number> {
      const { sql, values } = all(conditions);
      const from = root === undefined ? 'photos' : 'photos indexed by photos_root';
      const count = counted(`from ${from} where photos.id > ? and photos.id <= ? and ${sql}`);
      const end = last.get()!.id ?? 0;
      let photos = 0;
      for (let at = 0; at < end; at += slice) {
        photos += count.get(at, at + slice, ...values)!.photos;
        await others();
      }
      return photos;
    },
  };
}

/** By when and with what photos were taken: how many there are, kept by triggers as the counts are. */
import type { DatabaseSync } from 'node:sqlite';
import type { Facets } from '../contract/library.ts';
import type { Wanted } from './conditions.ts';
import { Statement } from './database.ts';

export function facetVerbs(db: DatabaseSync) {
  const from = `from facets join roots on roots.id = facets.root where listed = 1 and photos > 0 and (?1 is null or facets.root = ?1)`;
  const years = new Statement<{ year: number; photos: number }>(
    db,
    `select year, sum(photos) photos ${from} and year > 0 group by year order by year desc`,
  );
  const cameras = new Statement<{ camera: string; photos: number }>(
    db,
    `select name camera, sum(photos) photos from (select camera, photos ${from} and camera > 0) taken join cameras on cameras.id = taken.camera
     group by camera order by photos desc, name`,
  );
  const count = new Statement<{ photos: number }>(
    db,
    `select coalesce(sum(photos), 0) photos ${from} and (?2 is null or year = ?2) and (?3 is null or camera = ?3)`,
  );
  const camera = new Statement<{ id: number }>(db, 'select id from cameras where name = ?');
  return {
    facets: (root?: number): Facets => ({ years: years.all(root ?? null), cameras: cameras.all(root ?? null) }),
    countTaken: ({ root, year, camera }: Pick<Wanted, 'root' | 'year' | 'camera'>): number =>
      count.get(root ?? null, year ?? null, camera ?? null)!.photos,
    /** -1 where there is none of that name. */
    cameraOf: (name: string): number => camera.get(name)?.id ?? -1,
  };
}

/** Part of a file's name: trigrams tell whether a text is rare, and find the few photos that have it. */
import type { DatabaseSync } from 'node:sqlite';
import { type Condition, all, condition } from './conditions.ts';
import { Statement } from './database.ts';
import { few } from './ranges.ts';

export function searches(db: DatabaseSync) {
  const some = new Statement<{ photos: number }>(
    db,
    `select count(*) photos from (select 1 from names where names match ? limit ${few + 1})`,
  );
  return {
    /** How many names have it; null where those are many, or it is too short for trigrams. */
    rare(text: string): number | null {
      if (Array.from(text).length < 3) return null;
      const { photos } = some.get(phrase(text))!;
      return photos > few ? null : photos;
    },
  };
}

/** Photos whose name has a text of three letters or more, as SQL from `from` on. */
export const named = (text: string, conditions: readonly Condition[]): Condition =>
  all([condition('from names cross join photos on photos.id = names.rowid where names match ?', phrase(text)), ...conditions]);

const phrase = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** What a filter asks of a photo's row, as SQL with its values. */
import type { Filter } from '../contract/library.ts';
import { placesOf } from './counts.ts';
import type { Value } from './database.ts';

export interface Condition {
  readonly sql: string; // on a row of photos
  readonly values: readonly Value[];
}

export const condition = (sql: string, ...values: readonly Value[]): Condition => ({ sql, values });

export const all = (conditions: readonly Condition[]): Condition => ({
  sql: conditions.map(({ sql }) => sql).join(' and '),
  values: conditions.flatMap(({ values }) => values),
});

/** A filter with its camera by number, and its text as what it stands for. */
export interface Wanted extends Omit<Filter, 'camera' | 'text'> {
  readonly camera?: number; // of cameras; -1: there is none of that name
  readonly name?: string; // part of it, NFC
  readonly places?: readonly string[]; // in one of these
}

/** @param but parts that need not be asked, as where the photos are looked for holds them */
export function conditionsOf(wanted: Wanted, but: readonly (keyof Wanted)[] = []): Condition[] {
  const { root, pile, exit, flag, year, camera, name, places } = wanted;
  const parts: readonly (readonly [keyof Wanted, Condition | false])[] = [
    ['root', root !== undefined && condition('photos.root = ?', root)],
    ['exit', exit !== undefined && condition('exit = ?', exit)],
    ['flag', flag !== undefined && condition('flag = ?', flag)],
    ['year', year !== undefined && condition('year = ?', year)],
    ['camera', camera !== undefined && condition('camera = ?', camera)],
    ['name', name !== undefined && condition(`photos.name like ? escape '\\'`, pattern(name))],
    ['pile', pile !== undefined && within(placesOf(pile))],
    ['places', places !== undefined && within(places)],
  ];
  return parts.flatMap(([part, asked]) => (asked && !but.includes(part) ? asked : []));
}

export const listed = condition('photos.root in (select id from roots where listed = 1)');

const within = (places: readonly string[]): Condition => condition('place in (select value from json_each(?))', JSON.stringify(places));

export const outside = (places: readonly string[]): Condition =>
  condition('place not in (select value from json_each(?))', JSON.stringify(places));

/** For `like … escape '\'`. */
const pattern = (text: string): string => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;

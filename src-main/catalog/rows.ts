/** Photos as tiles show them. */
import type { DatabaseSync } from 'node:sqlite';
import type { Row } from '../contract/library.ts';
import { Statement } from './database.ts';

interface Stored {
  id: number;
  root: number;
  name: string;
  size: number;
  mtime: number;
  width: number | null;
  height: number | null;
  state: Row['state'];
  missing: 0 | 1;
  code: string | null;
  message: string | null;
  hint: string | null;
  collection: string | null;
  decided: string | null;
  decided_how: 'confirmed' | 'corrected' | null;
  flag: Row['flag'];
  pile: Row['pile'];
  group_key: string | null;
  confidence: number | null;
  exit: number;
  exits: number | null;
  side: number | null;
  further: 0 | 1;
  damaged: 0 | 1;
  joules: number | null;
  joules_low: number;
  joules_high: number;
  joules_read: number;
  joules_network: number;
  method: 'measured' | 'modelled' | 'counted';
}

export function rowVerbs(db: DatabaseSync) {
  const rows = new Statement<Stored>(
    db,
    `select photos.*, files.size, files.mtime, contents.width, contents.height, files.state = 'missing' or roots.state = 'offline' missing
     from json_each(?) ids join photos on photos.id = ids.value join files on files.photo = photos.id and files.role = 'main'
       join roots on roots.id = photos.root left join contents on contents.id = photos.content
     where roots.listed = 1 order by ids.key`,
  );
  return {
    /**
     * In the order asked for; those that are gone are left out.
     *
     * @param exits of the pack, for photos that no network saw yet
     */
    rowsOf: (ids: readonly number[], exits: number): Row[] => rows.all(JSON.stringify(ids)).map((row) => toRow(row, exits)),
  };
}

function toRow(row: Stored, exits: number): Row {
  const { id, root, name, width, height, state, code, message, hint, decided, decided_how: how, joules } = row;
  return {
    ...{ id, root, name, width, height, state },
    version: `${row.mtime.toString(36)}-${row.size.toString(36)}`,
    missing: row.missing === 1,
    problem: code === null ? null : { code, message: message ?? '', ...(hint !== null && { hint }) },
    collection: row.collection,
    decided: decided === null || how === null ? null : { collection: decided, how },
    flag: row.flag,
    pile: row.pile,
    group: row.group_key,
    confidence: row.confidence,
    exit: row.exit === 0 ? null : row.exit,
    exits: row.exits ?? exits,
    side: row.side,
    further: row.further === 1,
    energy:
      joules === null
        ? null
        : { joules, low: row.joules_low, high: row.joules_high, method: row.method, read: row.joules_read, network: row.joules_network },
    damaged: row.damaged === 1,
  };
}

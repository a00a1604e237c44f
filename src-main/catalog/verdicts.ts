/**
 * What a network said, per content and pack, and what follows from it for a photo under the policy in force. The first is kept as the run
 * gave it, every exit that was visited; the second changes with the policy and stands in the photo's row.
 */
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { SquintError } from '../contract/errors.ts';
import type { Verdict } from '../contract/events.ts';
import { Statement } from './database.ts';
import { noVerdict } from './no-verdict.ts';
import type { PackKey } from './packs.ts';
import { verdictFromText, verdictToText } from './verdict-text.ts';

export interface StoredVerdict {
  readonly photo: number;
  readonly verdict: Verdict; // as its run gave it; `stored` is true
}

export interface PhotoProblem {
  readonly kind: 'failed' | 'skipped';
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

interface StoredRow {
  photo: number;
  root: string;
  path: string;
  verdict: string;
}

export function verdictVerbs(db: DatabaseSync, packId: (pack: PackKey) => number) {
  const contentOf = new Statement<{ content: number | null }>(db, 'select content from photos where id = ?');
  const keep = new Statement(
    db,
    `insert into verdicts (content, pack, run, verdict) values (?, ?, ?, ?)
     on conflict do update set run = excluded.run, verdict = excluded.verdict`,
  );
  const apply = new Statement(
    db,
    `update photos set state = 'sorted', code = null, message = null, hint = null, pack = ?2, pile = ?3, collection = ?4, group_key = ?5,
       confidence = ?6, exit = ?7, exits = ?8, side = ?9, further = ?10, damaged = ?11, joules = ?12, joules_low = ?13, joules_high = ?14,
       joules_read = ?15, joules_network = ?16, method = ?17
     where id = ?1`,
  );
  const fail = new Statement(db, `update photos set state = ?2, code = ?3, message = ?4, hint = ?5, ${noVerdict} where id = ?1`);
  const stored = new Statement<StoredRow>(
    db,
    `select photos.id photo, roots.path root, files.path, verdict
     from json_each(?) ids join photos on photos.id = ids.value join verdicts on verdicts.content = photos.content and verdicts.pack = ?
       join files on files.photo = photos.id and files.role = 'main' join roots on roots.id = files.root
     order by ids.key`,
  );

  return {
    /**
     * Keeps a run's verdict, in place of an earlier one of the same content and pack. The photo's state follows with `applyVerdict`.
     *
     * @throws {SquintError} `content-unknown` where `noteContent` did not come first
     */
    storeVerdict: (photo: number, run: number, pack: PackKey, verdict: Verdict): void => {
      const content = contentOf.get(photo)?.content;
      if (content === null || content === undefined) {
        throw new SquintError('content-unknown', `The content of photo ${photo} must be noted before its verdict is stored.`);
      }
      keep.run(content, packId(pack), run, verdictToText(verdict));
    },

    /**
     * Makes a verdict the photo's current state: as its run gave it, or decided again under another policy.
     *
     * @param further whether the policy in force would look closer than was looked
     */
    applyVerdict(photo: number, pack: PackKey, verdict: Verdict, further = false): void {
      const { pile, collection, group, confidence, exit, exits, damaged, energy } = verdict;
      const side = verdict.opinions.at(exit - 1)!.side;
      apply.run(
        ...[photo, packId(pack), pile, collection, group, confidence, exit, exits, side, Number(further), Number(damaged)],
        ...[energy.joules, energy.low, energy.high, energy.read, energy.network, energy.method],
      );
    },

    storeProblem(photo: number, { kind, code, message, hint }: PhotoProblem): void {
      fail.run(photo, kind, code, message, hint ?? null);
    },

    /** What is stored for the photo's content, whichever of its files was run; with this photo's path. */
    verdictOf(photo: number, pack: PackKey): Verdict | null {
      const row = stored.all(JSON.stringify([photo]), packId(pack))[0];
      return row ? fromRow(row) : null;
    },

    /** The same for many; photos without one are left out. */
    verdictsOf: (photos: readonly number[], pack: PackKey): StoredVerdict[] =>
      stored.all(JSON.stringify(photos), packId(pack)).map((row) => ({ photo: row.photo, verdict: fromRow(row) })),
  };
}

const fromRow = ({ root, path, verdict }: StoredRow): Verdict => verdictFromText(verdict, join(root, path));

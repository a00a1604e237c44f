/**
 * The person's words on collections: a list of events, never rewritten, so that undo and redo outlive a restart. What was said at once is one
 * step. A new word ends what could be redone.
 */
import type { DatabaseSync } from 'node:sqlite';
import { Statement, transaction } from './database.ts';

type How = 'confirmed' | 'corrected';

/** What an undo or redo was about. */
export interface Step {
  readonly how: How;
  readonly collections: readonly string[]; // what was said, each once
  readonly photos: readonly number[];
}

interface Word {
  id: number;
  photo: number;
  how: How;
  collection: string;
  before: string | null;
  before_how: How | null;
}

export function decisionVerbs(db: DatabaseSync) {
  const photo = new Statement<{ collection: string | null; decided: string | null; decided_how: How | null }>(
    db,
    'select collection, decided, decided_how from photos where id = ?',
  );
  const decide = new Statement(db, 'update photos set decided = ?, decided_how = ? where id = ?');
  const keep = new Statement(
    db,
    'insert into decisions (step, at, photo, how, collection, before, before_how) values (?, ?, ?, ?, ?, ?, ?)',
  );
  const lastStep = new Statement<{ step: number }>(db, 'select coalesce(max(step), 0) step from decisions');
  const toUndo = new Statement<Word>(
    db,
    `select * from decisions where state = 'stands' and step = (select max(step) from decisions where state = 'stands') order by id`,
  );
  const toRedo = new Statement<Word>(
    db,
    `select * from decisions where state = 'undone' and step = (select min(step) from decisions where state = 'undone') order by id`,
  );
  const endRedo = new Statement(db, `update decisions set state = 'past' where state = 'undone'`);
  const mark = new Statement(db, 'update decisions set state = ? where id = ?');

  /** @param wordFor null where there is nothing to say on the photo */
  const say = (ids: readonly number[], how: How, wordFor: (network: string | null) => string | null): number[] =>
    transaction(db, () => {
      const step = lastStep.get()!.step + 1;
      const said = ids.filter((id) => {
        const before = photo.get(id);
        const collection = before ? wordFor(before.collection) : null;
        if (!before || collection === null || (before.decided === collection && before.decided_how === how)) return false;
        keep.run(step, Date.now(), id, how, collection, before.decided, before.decided_how);
        decide.run(collection, how, id);
        return true;
      });
      if (said.length > 0) endRedo.run();
      return said;
    });

  const move = (words: readonly Word[], state: 'stands' | 'undone'): Step | null => {
    const [first] = words;
    if (!first) return null;
    transaction(db, () => {
      for (const { id, photo, collection, how, before, before_how } of words) {
        if (state === 'undone') decide.run(before, before_how, photo);
        else decide.run(collection, how, photo);
        mark.run(state, id);
      }
    });
    return {
      how: first.how,
      collections: [...new Set(words.map(({ collection }) => collection))],
      photos: words.map(({ photo }) => photo),
    };
  };

  return {
    /**
     * The network's collection is right, also where it was in doubt. Photos without one are left out.
     *
     * @returns the photos that changed
     */
    confirm: (photos: readonly number[]): number[] => say(photos, 'confirmed', (network) => network),
    /** It is another one. @returns the photos that changed */
    correct: (photos: readonly number[], collection: string): number[] => say(photos, 'corrected', () => collection),
    /** Takes the last step back; null where there is none. */
    undoLast: (): Step | null => move(toUndo.all(), 'undone'),
    /** Takes the last undo back. */
    redoLast: (): Step | null => move(toRedo.all(), 'stands'),
  };
}

/**
 * The person's words, on collections and by flags: a list of events, never rewritten, so that undo and redo outlive a restart. What was said
 * at once is one step. A new word ends what could be redone.
 */
import type { DatabaseSync } from 'node:sqlite';
import type { Flag } from '../contract/library.ts';
import { Statement, transaction } from './database.ts';

type HowDecided = 'confirmed' | 'corrected';
type HowFlagged = 'picked' | 'rejected' | 'unflagged';

/** What an undo or redo was about. */
export interface Step {
  readonly how: HowDecided | HowFlagged;
  readonly collections: readonly string[]; // what was said, each once; none of flags
  readonly photos: readonly number[];
}

/** An event on one photo. `before` is what stood there: a collection or a flag. */
type Word = { readonly photo: number } & (
  | { readonly how: HowDecided; readonly collection: string; readonly before: string | null; readonly before_how: HowDecided | null }
  | { readonly how: HowFlagged; readonly collection: null; readonly before: Flag | null; readonly before_how: null }
);

interface Said {
  readonly collection: string | null; // the network's
  readonly decided: string | null;
  readonly decided_how: HowDecided | null;
  readonly flag: Flag | null;
}

const flagged: Record<HowFlagged, Flag | null> = { picked: 'pick', rejected: 'reject', unflagged: null };

export function decisionVerbs(db: DatabaseSync) {
  const photo = new Statement<Said>(db, 'select collection, decided, decided_how, flag from photos where id = ?');
  const decide = new Statement(db, 'update photos set decided = ?, decided_how = ? where id = ?');
  const setFlag = new Statement(db, 'update photos set flag = ? where id = ?');
  const keep = new Statement(
    db,
    'insert into decisions (step, at, photo, how, collection, before, before_how) values (?, ?, ?, ?, ?, ?, ?)',
  );
  const lastStep = new Statement<{ step: number }>(db, 'select coalesce(max(step), 0) step from decisions');
  const toUndo = new Statement<Word & { id: number }>(
    db,
    `select * from decisions where state = 'stands' and step = (select max(step) from decisions where state = 'stands') order by id`,
  );
  const toRedo = new Statement<Word & { id: number }>(
    db,
    `select * from decisions where state = 'undone' and step = (select min(step) from decisions where state = 'undone') order by id`,
  );
  const endRedo = new Statement(db, `update decisions set state = 'past' where state = 'undone'`);
  const mark = new Statement(db, 'update decisions set state = ? where id = ?');

  const act = (word: Word): void => {
    if (word.collection === null) setFlag.run(flagged[word.how], word.photo);
    else decide.run(word.collection, word.how, word.photo);
  };
  const actBack = (word: Word): void => {
    if (word.collection === null) setFlag.run(word.before, word.photo);
    else decide.run(word.before, word.before_how, word.photo);
  };

  /** @param wordOn null where there is nothing to say on the photo */
  const say = (ids: readonly number[], wordOn: (photo: number, said: Said) => Word | null): number[] =>
    transaction(db, () => {
      const step = lastStep.get()!.step + 1;
      const changed = ids.filter((id) => {
        const said = photo.get(id);
        const word = said && wordOn(id, said);
        if (!word) return false;
        keep.run(step, Date.now(), id, word.how, word.collection, word.before, word.before_how);
        act(word);
        return true;
      });
      if (changed.length > 0) endRedo.run();
      return changed;
    });

  const onCollection = (ids: readonly number[], how: HowDecided, collectionFor: (network: string | null) => string | null): number[] =>
    say(ids, (photo, { collection: network, decided, decided_how }) => {
      const collection = collectionFor(network);
      if (collection === null || (decided === collection && decided_how === how)) return null;
      return { photo, how, collection, before: decided, before_how: decided_how };
    });

  const move = (words: readonly (Word & { id: number })[], state: 'stands' | 'undone'): Step | null => {
    const [first] = words;
    if (!first) return null;
    transaction(db, () => {
      for (const word of words) {
        if (state === 'undone') actBack(word);
        else act(word);
        mark.run(state, word.id);
      }
    });
    return {
      how: first.how,
      collections: [...new Set(words.flatMap(({ collection }) => collection ?? []))],
      photos: words.map(({ photo }) => photo),
    };
  };

  return {
    /**
     * The network's collection is right, also where it was in doubt. Photos without one are left out.
     *
     * @returns the photos that changed
     */
    confirm: (photos: readonly number[]): number[] => onCollection(photos, 'confirmed', (network) => network),
    /** It is another one. @returns the photos that changed */
    correct: (photos: readonly number[], collection: string): number[] => onCollection(photos, 'corrected', () => collection),
    /** Picked, rejected, or neither any more. @returns the photos that changed */
    flag: (photos: readonly number[], flag: Flag | null): number[] => {
      const how = flag === null ? 'unflagged' : flag === 'pick' ? 'picked' : 'rejected';
      return say(photos, (photo, { flag: before }) =>
        before === flag ? null : { photo, how, collection: null, before, before_how: null },
      );
    },
    /** Takes the last step back; null where there is none. */
    undoLast: (): Step | null => move(toUndo.all(), 'undone'),
    /** Takes the last undo back. */
    redoLast: (): Step | null => move(toRedo.all(), 'stands'),
  };
}

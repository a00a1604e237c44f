/**
 * The person's word on photos: the network's collection confirmed, or another one given; picked or rejected. Each can be undone, also after a restart. With
 * auto-advance the next photo becomes current at once, so that a row of doubtful photos is decided by one key each.
 */
import type { Flag } from '../../src-main/contract/library.ts';
import type { App } from './app.ts';
import { count } from './numbers.ts';
import { undoChord } from './operate.ts';

type Parts = Pick<App, 'client' | 'library' | 'photos' | 'screen' | 'selection' | 'toasts'>;

const topic = 'decision'; // its Undo takes back the last one, so only that has a toast
const most = 10_000; // photos in one request, as the contract has it

/** The photos that a verb acts on: the loupe's, else the selection. */
export const targetsOf = ({ screen, selection }: Parts): readonly number[] =>
  screen.view === 'loupe' ? (selection.current === null ? [] : [selection.current]) : selection.targets;

export async function confirm(app: Parts): Promise<void> {
  const { client, library, photos, toasts } = app;
  const ids = targetsOf(app).filter((id) => photos.row(id)?.collection !== null);
  if (ids.length === 0) {
    if (targetsOf(app).length > 0) toasts.add({ message: 'There is no result to confirm yet.' });
    return;
  }
  const collection = photos.row(ids[0]!)?.collection;
  const message = ids.length === 1 && collection ? `Confirmed: ${library.titleOf(collection)}.` : `Confirmed ${count(ids.length)} photos.`;
  await decide(app, ids, message, () => client.request('decisions.confirm', { ids: [...ids] }));
}

export async function correct(app: Parts, collection: string, ids = targetsOf(app)): Promise<void> {
  const title = app.library.titleOf(collection);
  const message = ids.length === 1 ? `Corrected to ${title}.` : `Corrected ${count(ids.length)} photos to ${title}.`;
  await decide(app, ids, message, () => app.client.request('decisions.correct', { ids: [...ids], collection }));
}

const flagWords = { pick: 'Picked', reject: 'Rejected' };

/** @param to null takes the flag off */
export async function flag(app: Parts, to: Flag | null): Promise<void> {
  const ids = targetsOf(app);
  const some = ids.length === 1 ? 'one photo' : `${count(ids.length)} photos`;
  const message = to === null ? `No flag on ${some} any more.` : `${flagWords[to]} ${some}.`;
  await decide(app, ids, message, () => app.client.request('decisions.flag', { ids: [...ids], flag: to }));
}

/** The network's second or third guess of the current photo. */
export async function takeGuess(app: Parts, place: 2 | 3): Promise<void> {
  const { client, toasts } = app;
  const targets = targetsOf(app);
  if (targets.length > 1) {
    toasts.add({ message: 'Guesses differ from photo to photo.', hint: 'Choose one photo, or press L to correct all that are selected.' });
    return;
  }
  const id = targets[0];
  if (id === undefined) return;
  try {
    const guess = (await client.request('photos.inspect', { id })).verdict?.opinions.at(-1)?.top[place - 1];
    if (guess) await correct(app, guess.collection, [id]);
    else toasts.add({ message: `The network has no ${place === 2 ? 'second' : 'third'} guess for this photo.` });
  } catch (error) {
    toasts.problem(error);
  }
}

export const undo = (app: Parts): Promise<void> => goBack(app, 'decisions.undo', 'There is nothing to undo.');
export const redo = (app: Parts): Promise<void> => goBack(app, 'decisions.redo', 'There is nothing to redo.');

async function decide(app: Parts, ids: readonly number[], message: string, ask: () => Promise<unknown>): Promise<void> {
  const { library, selection, toasts } = app;
  if (ids.length === 0) return;
  if (ids.length > most) {
    toasts.add({ message: `At most ${count(most)} photos are decided at once; these are ${count(ids.length)}.`, tone: 'problem' });
    return;
  }
  // At once, so that a second press of the key meets the next photo.
  if (ids.length === 1 && ids[0] === selection.current && library.state?.settings.autoAdvance) selection.move(1);
  try {
    await ask();
    toasts.add({ message, topic, action: { label: 'Undo', run: () => void undo(app), chord: undoChord } });
  } catch (error) {
    toasts.problem(error);
  }
}

async function goBack(
  { client, photos, selection, toasts }: Parts,
  verb: 'decisions.undo' | 'decisions.redo',
  none: string,
): Promise<void> {
  try {
    const done = await client.request(verb, {});
    toasts.add({ message: done?.message ?? none, topic });
    if (!done) return;
    await photos.read(); // they may be in the list again
    const id = done.ids.find((one) => photos.indexOf(one) >= 0);
    if (id !== undefined) selection.only(id);
  } catch (error) {
    toasts.problem(error);
  }
}

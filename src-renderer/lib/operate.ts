/** Sorting files and taking it back: what buttons, keys and menus do. */
import type { Filter } from '../../src-main/contract/library.ts';
import type { Operation } from '../../src-main/contract/operations.ts';
import type { App } from './app.ts';
import { count } from './numbers.ts';
import { backLabel, canGoBack, endOf, hasEnded, waitsFor } from './operation-words.ts';
import type { SortOf } from './sort.svelte.ts';

type Parts = Pick<App, 'client' | 'operations' | 'photos' | 'screen' | 'selection' | 'sort' | 'toasts'>;

const most = 10_000; // photos in one request, as the contract has it
export const undoChord = 'Mod+Z';

/** Asks how, for these photos: a folder's, else those selected where they are several, else those shown. */
export function openSort(app: Parts, filter?: Filter): void {
  const { photos, screen, selection, sort, toasts } = app;
  const isPart = selection.size > 1 && selection.size < photos.ids.length;
  const of: SortOf = filter
    ? { kind: 'filter', filter }
    : isPart
      ? { kind: 'photos', ids: selection.targets }
      : { kind: 'filter', filter: photos.filter };
  screen.over = 'sort';
  toasts.attempt(sort.open(of));
}

/** Where to sort into: by the system's dialog, or with the web host's own picker. */
export async function chooseTarget({ client, screen, sort, toasts }: Parts): Promise<void> {
  if (client.host === 'web') {
    screen.over = 'target';
    return;
  }
  try {
    const target = await client.request('host.chooseTarget', {});
    if (target) sort.take(target);
  } catch (error) {
    toasts.problem(error);
  }
}

/** Does what the plan shows. */
export async function beginSort({ client, operations, screen, sort, toasts }: Parts): Promise<void> {
  if (sort.current === null) return;
  try {
    operations.began(await client.request('sort.begin', { plan: sort.current.id }));
    screen.over = null;
    screen.history = true;
  } catch (error) {
    toasts.problem(error);
    sort.again();
  }
}

/**
 * Looks first what can be taken back: all of it goes at once, of less the person is asked.
 *
 * @param photos null: of all photos
 */
export async function takeBack(app: Parts, operation: Operation, photos: readonly number[] | null = null): Promise<void> {
  const { client, operations, screen, toasts } = app;
  if (operations.checking !== null) return;
  if (operations.now !== null) {
    toasts.add({ message: waitsFor(operations.now, 'Undo') });
    return;
  }
  if (photos !== null && photos.length > most) {
    toasts.add({ message: `At most ${count(most)} photos are put back at once; these are ${count(photos.length)}.`, tone: 'problem' });
    return;
  }
  operations.checking = operation.id;
  try {
    const check = await client.request('operations.check', { operation: operation.id, photos: photos && [...photos] });
    if (check.files > 0 && check.cannot.length === 0) await goBack(app, operation.id, photos);
    else {
      operations.question = { check, photos };
      screen.over = 'undo';
    }
  } catch (error) {
    toasts.problem(error);
  } finally {
    operations.checking = null;
  }
}

/** The person's answer to what takeBack asked. */
export async function takeBackSome(app: Parts): Promise<void> {
  const { operations, screen, toasts } = app;
  const { question } = operations;
  if (question === null) return;
  try {
    await goBack(app, question.check.operation.id, question.photos);
    screen.over = null;
  } catch (error) {
    toasts.problem(error);
  }
}

async function goBack({ client, operations }: Parts, operation: number, photos: readonly number[] | null): Promise<void> {
  operations.began(await client.request('operations.undo', { operation, photos: photos && [...photos] }));
}

/** How it stands at the start, and what the end of the last one had cut off. */
export async function takeUpOperations(app: Parts): Promise<void> {
  await app.operations.load();
  for (const operation of await app.client.request('operations.settled', {})) tellEnd(app, operation);
}

/** Says how one ended, and offers to take it back. */
export function tellEnd(app: Parts, operation: Operation): void {
  if (!hasEnded(operation)) return;
  const { toasts } = app;
  const end = endOf(operation);
  // A message that stays would take the key from decisions made long after.
  const isFirst = operation.undoes === null && end.tone === 'plain';
  toasts.add({
    ...end,
    topic: 'operation',
    ...(canGoBack(operation) && {
      action: { label: backLabel(operation), run: () => void takeBack(app, operation), ...(isFirst && { chord: undoChord }) },
    }),
    ...((operation.left > 0 || operation.state === 'failed') && { details: () => showDetails(app, operation) }),
  });
}

function showDetails({ operations, screen }: Parts, { id }: Operation): void {
  if (screen.view !== 'loupe') screen.view = 'grid';
  operations.opened = id;
  screen.history = true;
}

/** The ways in which folders and files come into the library, and what is shown of them after. */
import type { Added } from '../../src-main/contract/library.ts';
import type { App } from './app.ts';

type Parts = Pick<App, 'client' | 'library' | 'photos' | 'screen' | 'toasts'>;

/** Asks with the system's dialog, or with the web host's own. */
export async function addFolder(app: Parts): Promise<void> {
  if (app.client.host === 'web') app.screen.over = 'folders';
  else await add(app, () => app.client.request('host.addFolders', {}));
}

export const addSamples = (app: Parts): Promise<void> => add(app, () => app.client.request('samples.add', {}));

export const addPicked = (app: Parts, folder: number): Promise<void> => add(app, () => app.client.request('host.addFolder', { folder }));

export async function addDropped(app: Parts, files: readonly File[]): Promise<void> {
  if (files.length === 0) return; // a text or a link was dropped
  if (app.client.host === 'web') {
    app.toasts.add({ message: 'A browser does not tell where dropped files lie.', hint: 'Choose their folder here instead.' });
    app.screen.over = 'folders';
  } else await add(app, () => app.client.addDropped(files));
}

/** What was added, in the grid, and what there is to say about it. */
export async function showAdded({ library, photos, screen, toasts }: Parts, { root, notes }: Added): Promise<void> {
  for (const message of notes) toasts.add({ message });
  if (root === null) return;
  await library.load(); // the notice of the new root may still be under way
  screen.view = 'grid';
  await photos.show({ root });
}

async function add(app: Parts, ask: () => Promise<Added | null>): Promise<void> {
  try {
    const added = await ask();
    if (added) await showAdded(app, added);
  } catch (error) {
    app.toasts.problem(error);
  }
}

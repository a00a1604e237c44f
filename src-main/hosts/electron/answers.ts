/** What the shell answers itself: the requests of a page that need the system's dialogs, its file manager or its dock. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserWindow, app, dialog, shell } from 'electron';
import { SquintError } from '../../contract/errors.ts';
import { type Engine, type HostHandlers, ask } from '../door.ts';

/** @param windowOf the window that dialogs belong to, where one is open */
export function answersOf(engine: Engine & { restore(): void }, windowOf: () => BrowserWindow | null): HostHandlers<'electron'> {
  return {
    'host.about': () => {
      const { electron, chrome, node } = process.versions;
      return {
        host: 'electron',
        platform: process.platform,
        versions: { Squint: app.getVersion(), Electron: electron, Chromium: chrome, Node: node },
      };
    },
    'host.addFolders': async () => {
      const window = windowOf();
      const options: Electron.OpenDialogOptions = { title: 'Add folders', properties: ['openDirectory', 'multiSelections'] };
      const { canceled, filePaths } = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options));
      return canceled || filePaths.length === 0 ? null : ask(engine, 'roots.add', { paths: filePaths });
    },
    'host.chooseTarget': async () => {
      const window = windowOf();
      const options: Electron.OpenDialogOptions = {
        title: 'Sort into',
        buttonLabel: 'Sort into this folder',
        properties: ['openDirectory', 'createDirectory', 'promptToCreate'],
      };
      const { canceled, filePaths } = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options));
      const path = filePaths[0];
      return canceled || path === undefined ? null : ask(engine, 'targets.grant', { path });
    },
    'host.reveal': async (of) => {
      const path = 'root' in of ? await ask(engine, 'roots.path', of) : await ask(engine, 'photos.path', { id: of.photo });
      if (!existsSync(path))
        throw new SquintError('gone', `"${path}" is not there now.`, { hint: 'Its drive may not be connected, or it was moved.' });
      shell.showItemInFolder(path);
      return null;
    },
    'host.showLog': async () => {
      const path = await ask(engine, 'log.path', {});
      const failure = await shell.openPath(path);
      if (failure !== '') shell.showItemInFolder(path); // no program for it: the folder at least
      return null;
    },
    'host.exportCsv': async ({ filter }) => {
      const window = windowOf();
      const options: Electron.SaveDialogOptions = {
        title: 'Export as CSV',
        defaultPath: join(app.getPath('documents'), 'Squint.csv'),
        filters: [{ name: 'Comma-separated values', extensions: ['csv'] }],
      };
      const { canceled, filePath } = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options));
      if (canceled || filePath === '') return null;
      return { path: filePath, ...(await ask(engine, 'photos.csv', { path: filePath, filter })) };
    },
    'host.restoreLibrary': () => {
      engine.restore();
      return null;
    },
    'host.progress': ({ share }) => {
      windowOf()?.setProgressBar(share ?? -1); // below 0: none
      return null;
    },
  };
}

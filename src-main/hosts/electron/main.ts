/**
 * Squint's shell: Electron's main process. It opens the window, owns the engine's process and stands between the two; what is asked passes
 * through unchanged. Everything that works on photos lives in the engine.
 */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type BrowserWindow, Menu, app, dialog, nativeTheme, protocol } from 'electron';
import { toProblem } from '../../contract/errors.ts';
import type { Notice } from '../../contract/notices.ts';
import { squintHome } from '../../engine/home.ts';
import { ask, doorOf } from '../door.ts';
import { answersOf } from './answers.ts';
import { serveBridge } from './bridge.ts';
import { channels } from './channels.ts';
import { EngineProcess, givenUp } from './engine-process.ts';
import { menuOf } from './menu.ts';
import { Opened, pathsIn } from './opened.ts';
import { respondFrom, scheme } from './page.ts';
import { placesOf } from './places.ts';
import { readWindowState, writeWindowState } from './window-state.ts';
import { createWindow, refusePermissions } from './window.ts';

const home = resolve(squintHome());
const places = placesOf(app.isPackaged ? process.resourcesPath : null);
const named = pathsIn(process.argv, app.isPackaged, process.env.INIT_CWD ?? process.cwd());

app.enableSandbox();
protocol.registerSchemesAsPrivileged([scheme]);

if (!settleIn()) app.exit(1);
else if (app.requestSingleInstanceLock({ paths: named })) start();
else app.quit(); // the one that runs already is given the paths

/** Chromium's own files go into the home, so that a single instance is one for each home. */
function settleIn(): boolean {
  const profile = join(home, 'chromium');
  try {
    mkdirSync(profile, { recursive: true });
    app.setPath('userData', profile);
    return true;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    dialog.showErrorBox('Squint cannot start', `It cannot write to ${home} (${why}). SQUINT_HOME names another folder.`);
    return false;
  }
}

function start(): void {
  const stateFile = join(home, 'window.json');
  const state = readWindowState(stateFile);
  nativeTheme.themeSource = state.theme;

  let window: BrowserWindow | null = null;
  const tell = (notice: Notice): void => window?.webContents.send(channels.notice, notice);
  const tellFailure = (error: unknown): void => {
    const problem = toProblem(error);
    tell({ type: 'told', message: problem.message, problem });
  };

  const engine = new EngineProcess(
    { node: places.node, script: places.engine, resources: places.resources, version: app.getVersion() },
    {
      notice: (notice) => {
        if (notice.type === 'settings') nativeTheme.themeSource = state.theme = notice.settings.theme;
        tell(notice);
      },
      ended: (problem, again) => tell(again ? { type: 'restarted' } : givenUp(problem)),
    },
  );
  const answers = answersOf(engine, () => window);
  const opened = new Opened((paths) => {
    ask(engine, 'roots.add', { paths }).then((added) => tell({ type: 'show', added }), tellFailure);
  });
  serveBridge(engine, doorOf<'electron'>(engine, answers), () => opened.pageIsThere());

  const show = (): void => {
    if (window !== null) {
      if (window.isMinimized()) window.restore();
      window.focus();
      return;
    }
    const opening = createWindow(places.preload, state, !app.isPackaged);
    opening.on('close', () => {
      state.bounds = opening.getNormalBounds();
      state.maximised = opening.isMaximized();
      writeWindowState(stateFile, state);
    });
    opening.on('closed', () => (window = null));
    window = opening;
  };
  const take = (paths: readonly string[]): void => {
    opened.take(paths);
    if (app.isReady()) show();
  };
  const menu = menuOf(process.platform, app.isPackaged, {
    addFolders: () => {
      show();
      Promise.try(answers['host.addFolders'], {}).then((added) => added && tell({ type: 'show', added }), tellFailure);
    },
    showLog: () => void Promise.try(answers['host.showLog'], {}).catch(tellFailure),
    open: (what) => {
      show();
      tell({ type: 'open', what });
    },
  });

  opened.take(named);
  app.on('second-instance', (_event, _argv, _folder, data) => take((data as { paths: string[] }).paths));
  app.on('open-file', (event, path) => {
    event.preventDefault();
    take([path]);
  });
  app.on('activate', show);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
  let stopped = false;
  app.on('will-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    void engine.stop().then(() => {
      stopped = true;
      app.quit();
    });
  });
  void app.whenReady().then(() => {
    refusePermissions();
    protocol.handle('squint', respondFrom(places.page, engine));
    Menu.setApplicationMenu(Menu.buildFromTemplate(menu));
    show();
  });
}

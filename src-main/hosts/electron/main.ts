/**
 * Squint's shell: Electron's main process. It opens the window, owns the engine's process and stands between the two; what is asked passes
 * through unchanged. Everything that works on photos lives in the engine.
 */
import { join } from 'node:path';
import { type BrowserWindow, type IpcMainInvokeEvent, Menu, app, ipcMain, nativeTheme, protocol } from 'electron';
import type { Reply } from '../../contract/bridge.ts';
import { type Problem, toProblem } from '../../contract/errors.ts';
import type { Notice } from '../../contract/notices.ts';
import { squintHome } from '../../engine/home.ts';
import { ask, doorOf } from '../door.ts';
import { answersOf } from './answers.ts';
import { channels } from './channels.ts';
import { EngineProcess } from './engine-process.ts';
import { menuOf } from './menu.ts';
import { Opened, pathsIn } from './opened.ts';
import { origin, respondFrom, scheme } from './page.ts';
import { placesOf } from './places.ts';
import { readWindowState, writeWindowState } from './window-state.ts';
import { createWindow, refusePermissions } from './window.ts';

const home = squintHome();
const stateFile = join(home, 'window.json');
const places = placesOf(app.isPackaged ? process.resourcesPath : null);
const named = pathsIn(process.argv, app.isPackaged, process.env.INIT_CWD ?? process.cwd());

app.enableSandbox();
app.setPath('userData', join(home, 'chromium')); // of this home: also the lock of the single instance
protocol.registerSchemesAsPrivileged([scheme]);

if (app.requestSingleInstanceLock({ paths: named })) start();
else app.quit(); // the one that runs already shows what this one was given

function start(): void {
  let window: BrowserWindow | null = null;
  const state = readWindowState(stateFile);
  nativeTheme.themeSource = state.theme;

  const tell = (notice: Notice): void => window?.webContents.send(channels.notice, notice);
  const engine = new EngineProcess(
    { ...places, script: places.engine, version: app.getVersion() },
    {
      notice: (notice) => {
        if (notice.type === 'settings') nativeTheme.themeSource = state.theme = notice.settings.theme;
        tell(notice);
      },
      ended: (problem, again) => {
        if (again) tell({ type: 'restarted' });
        tell(deathNotice(problem, again));
      },
    },
  );
  const answers = answersOf(engine, () => window);
  const door = doorOf<'electron'>(engine, answers);

  const opened = new Opened((paths) => {
    ask(engine, 'roots.add', { paths }).then(
      (added) => tell({ type: 'show', added }),
      (error: unknown) => tellFailure(error),
    );
  });
  opened.take(named);

  ipcMain.handle(channels.request, (event, name: unknown, params: unknown) => {
    opened.pageIsThere(); // one that asks listens already
    return typeof name === 'string' && isOurPage(event) ? door(name, params) : refused;
  });
  ipcMain.handle(channels.dropped, (event, paths: unknown): Promise<Reply<unknown>> | Reply<unknown> => {
    if (!isOurPage(event) || !Array.isArray(paths)) return refused;
    const real = paths.filter((path) => typeof path === 'string' && path !== ''); // a picture dragged from a browser has no path
    return real.length === 0 ? nothingDropped : engine.request('host', 'roots.add', { paths: real });
  });

  const open = (): void => {
    const opening = createWindow(places.preload, state);
    opening.on('close', () => {
      state.bounds = opening.getNormalBounds();
      state.maximised = opening.isMaximized();
      writeWindowState(stateFile, state);
    });
    opening.on('closed', () => (window = null));
    window = opening;
  };
  const show = (): void => {
    if (window === null) open();
    else {
      if (window.isMinimized()) window.restore();
      window.focus();
    }
  };
  const tellFailure = (error: unknown): void => {
    const problem = toProblem(error);
    tell({ type: 'told', message: problem.message, problem });
  };
  const addFolders = async (): Promise<void> => {
    show();
    const added = await answers['host.addFolders']({});
    if (added !== null) tell({ type: 'show', added });
  };
  const showLog = async (): Promise<void> => {
    await answers['host.showLog']({});
  };

  app.on('second-instance', (_event, _argv, _folder, data) => {
    opened.take((data as { paths: string[] }).paths);
    if (app.isReady()) show();
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    opened.take([path]);
    if (app.isReady()) show();
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
    Menu.setApplicationMenu(
      Menu.buildFromTemplate(
        menuOf(process.platform, app.isPackaged, {
          addFolders: () => void addFolders().catch(tellFailure),
          showLog: () => void showLog().catch(tellFailure),
          open: (what) => {
            show();
            tell({ type: 'open', what });
          },
        }),
      ),
    );
    open();
  });
}

/** Only our own page may ask, not a frame in it nor whatever it might have been led to. */
function isOurPage({ senderFrame }: IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && senderFrame.url.startsWith(`${origin}/`);
}

const refused: Reply<never> = { ok: false, problem: { code: 'refused', message: 'Only the window of Squint may ask this.' } };
const nothingDropped: Reply<never> = {
  ok: false,
  problem: {
    code: 'no-path',
    message: 'What was dropped is not a file or folder of this computer.',
    hint: 'Save it first, then drop the file.',
  },
};

function deathNotice(problem: Problem | null, again: boolean): Notice {
  if (again)
    return {
      type: 'told',
      message:
        'The part of Squint that reads and sorts photos ended and was started again. Nothing is lost; what was running can be resumed.',
      problem: null,
    };
  const { message, hint } = problem ?? { message: 'The part of Squint that reads and sorts photos keeps ending.', hint: undefined };
  return {
    type: 'told',
    message,
    problem: {
      code: problem?.code ?? 'engine-ended',
      message,
      hint: hint ?? 'Close Squint and start it again. Your photos were not changed.',
    },
  };
}

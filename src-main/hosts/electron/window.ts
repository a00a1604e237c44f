/**
 * The window: one page in a sandbox, in a frame of its own drawing. It goes nowhere else, opens nothing, and may use none of the devices and
 * permissions that a page can ask for.
 */
import { BrowserWindow, type BrowserWindowConstructorOptions, nativeTheme, screen, session } from 'electron';
import { origin } from './page.ts';
import { type WindowState, placeOf, smallest } from './window-state.ts';

// The colours of the title bar, in both themes; tokens.css has them as --frame and --text.
const frame = { dark: { color: '#171717', symbolColor: '#ededed' }, light: { color: '#e6e6e6', symbolColor: '#191919' } };
const titleHeight = 39; // pixels; the page draws a line below it

const colours = (): { color: string; symbolColor: string } => (nativeTheme.shouldUseDarkColors ? frame.dark : frame.light);

/** The system's window buttons, over the page's own title bar. */
function frameOf(platform: NodeJS.Platform): BrowserWindowConstructorOptions {
  if (platform === 'darwin') return { titleBarStyle: 'hiddenInset' };
  return { titleBarStyle: 'hidden', titleBarOverlay: { ...colours(), height: titleHeight } };
}

export function createWindow(preload: string, state: WindowState, devTools: boolean): BrowserWindow {
  const window = new BrowserWindow({
    ...placeOf(
      state,
      screen.getAllDisplays().map(({ workArea }) => workArea),
    ),
    minWidth: smallest.width,
    minHeight: smallest.height,
    ...frameOf(process.platform),
    title: 'Squint',
    backgroundColor: colours().color,
    show: false, // until there is something to see
    webPreferences: { preload, sandbox: true, contextIsolation: true, nodeIntegration: false, spellcheck: false, devTools },
  });
  window.setMenuBarVisibility(false);
  if (state.maximised) window.maximize();
  window.once('ready-to-show', () => window.show());
  window.webContents.on('will-navigate', (event) => event.preventDefault());
  window.webContents.on('will-frame-navigate', (event) => event.preventDefault());
  window.webContents.on('will-attach-webview', (event) => event.preventDefault());
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  if (process.platform !== 'darwin') {
    const recolour = (): void => window.setTitleBarOverlay({ ...colours(), height: titleHeight });
    nativeTheme.on('updated', recolour);
    window.on('closed', () => nativeTheme.off('updated', recolour));
  }
  reloadAfterCrash(window);
  void window.loadURL(`${origin}/index.html`).catch(() => {}); // closed before it was there
  return window;
}

/** The engine holds all state, so nothing is lost. A page that does not even load is not loaded over and over. */
function reloadAfterCrash(window: BrowserWindow): void {
  let loaded = false;
  window.webContents.on('did-finish-load', () => (loaded = true));
  window.webContents.on('render-process-gone', () => {
    if (loaded) window.reload();
    loaded = false;
  });
}

export function refusePermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.defaultSession.setPermissionCheckHandler(() => false);
  session.defaultSession.setDevicePermissionHandler(() => false);
}

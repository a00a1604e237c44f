/**
 * A stand-in for the `electron` module: the parts that the shell uses, on a real Chromium. The built bundle runs on it unchanged where
 * Electron's binary is not at hand; what it cannot show (Electron's own sandbox and isolated world, native dialogs and menus, fuses) is for
 * the same journeys on the real one. A part that is missing here fails loudly, by name.
 */
import { EventEmitter } from 'node:events';
import { app } from './app.ts';
import { schemes } from './browser.ts';
import { BrowserWindow, ipcMain, session } from './window.ts';

export { BrowserWindow } from './window.ts';

/** Every part but those that are asked for by the language itself. */
function loud<T extends object>(name: string, part: T): T {
  return new Proxy(part, {
    get: (target, key) => {
      if (!(key in target) && typeof key === 'string' && key !== 'then' && key !== 'toJSON')
        throw new Error(`the Electron stand-in has no ${name}.${key}`);
      const value = Reflect.get(target, key) as unknown;
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

const protocol = {
  registerSchemesAsPrivileged() {},
  handle: (scheme: string, answer: (request: Request) => Promise<Response>) => void schemes.set(scheme, answer),
};

/** A person who cancels every dialog; journeys put other answers here, as they would on the real module. */
const dialog = {
  showOpenDialog: () => Promise.resolve({ canceled: true, filePaths: [] }),
  showSaveDialog: () => Promise.resolve({ canceled: true, filePath: '' }),
  showErrorBox: (title: string, text: string) => console.error(`${title}: ${text}`),
};

const shell = { showItemInFolder() {}, openPath: () => Promise.resolve('') };

const menus: { application: unknown } = { application: null };
const Menu = {
  buildFromTemplate: (template: readonly unknown[]) => ({ items: template }),
  setApplicationMenu: (menu: unknown) => (menus.application = menu),
  getApplicationMenu: () => menus.application,
};

class NativeTheme extends EventEmitter {
  #source = 'system';
  get themeSource(): string {
    return this.#source;
  }
  set themeSource(source: string) {
    this.#source = source;
    this.emit('updated');
  }
  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark';
  }
}
const nativeTheme = new NativeTheme();

const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 2560, height: 1440 } }] };

const parts = {
  app: loud('app', app),
  BrowserWindow,
  ipcMain: loud('ipcMain', ipcMain),
  protocol: loud('protocol', protocol),
  dialog: loud('dialog', dialog),
  shell: loud('shell', shell),
  Menu: loud('Menu', Menu),
  nativeTheme,
  screen: loud('screen', screen),
  session: { defaultSession: loud('session', session) },
};
const { app: appPart, ipcMain: ipcPart, protocol: protocolPart, dialog: dialogPart, shell: shellPart } = parts;
const { Menu: menuPart, screen: screenPart, session: sessionPart } = parts;
export {
  appPart as app,
  ipcPart as ipcMain,
  protocolPart as protocol,
  dialogPart as dialog,
  shellPart as shell,
  menuPart as Menu,
  nativeTheme,
  screenPart as screen,
  sessionPart as session,
};

/** The test's hand on the main process, as Playwright's ElectronApplication.evaluate: a function is run with this module. */
process.on('message', (question: { id: number; source: string; argument: unknown }) => {
  const f = (0, eval)(`(${question.source})`) as (electron: typeof parts, argument: unknown) => unknown;
  Promise.try(f, parts, question.argument).then(
    (value) => process.send?.({ id: question.id, value }),
    (error: unknown) => process.send?.({ id: question.id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
process.on('disconnect', () => app.quit());

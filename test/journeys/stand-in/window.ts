/** Windows of the stand-in: pages of its Chromium, with the face of Electron's BrowserWindow, its contents and their session. */
import { EventEmitter } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright';
import { app, keeps } from './app.ts';
import { browser, inward, outward } from './browser.ts';
import { type StandInPage, inPage } from './in-page.ts';

interface Bounds {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Options extends Partial<Bounds> {
  show?: boolean;
  webPreferences?: { preload?: string; sandbox?: boolean; contextIsolation?: boolean; nodeIntegration?: boolean };
}

type Handler = (event: unknown, ...parameters: unknown[]) => unknown;
const handlers = new Map<string, Handler>();

export const ipcMain = {
  handle: (channel: string, handler: Handler) => {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  },
};

/** Keeps what was set, so that a test can ask it. */
export const session = {
  permissions: {} as { request?: unknown; check?: unknown; device?: unknown },
  setPermissionRequestHandler: (handler: unknown) => (session.permissions.request = handler),
  setPermissionCheckHandler: (handler: unknown) => (session.permissions.check = handler),
  setDevicePermissionHandler: (handler: unknown) => (session.permissions.device = handler),
};

class WebContents extends EventEmitter {
  page: Page | undefined;
  readonly #opened: Promise<Page>;
  #openHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' });

  constructor(opened: Promise<Page>) {
    super();
    this.#opened = opened;
  }

  getURL(): string {
    return this.page ? inward(this.page.url()) : '';
  }

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.#openHandler = handler;
  }

  allowsPopup(url: string): boolean {
    return this.#openHandler({ url }).action !== 'deny';
  }

  send(channel: string, ...parameters: unknown[]): void {
    const crossing: [string, unknown[]] = [channel, structuredClone(parameters)];
    void this.#opened
      .then((page) => page.evaluate(([to, what]) => (globalThis as unknown as StandInPage).standIn?.emit(to, what), crossing))
      .catch(() => {}); // a page that is being closed or loaded hears nothing, on Electron neither
  }
}

const windows: BrowserWindow[] = [];
app.on('stand-in:close-windows', () => BrowserWindow.getAllWindows().forEach((window) => window.close()));

export class BrowserWindow extends EventEmitter {
  static getAllWindows(): BrowserWindow[] {
    return windows.filter((window) => !window.isDestroyed());
  }

  readonly webContents: WebContents;
  progress = -1;
  readonly #opened: Promise<Page>;
  #bounds: Bounds;
  #maximised = false;
  #closed = false;
  #shown: boolean;

  constructor({ show = true, webPreferences = {}, x = 0, y = 0, width = 800, height = 600 }: Options = {}) {
    super();
    const { sandbox = true, contextIsolation = true, nodeIntegration = false, preload } = webPreferences;
    if (!sandbox || !contextIsolation || nodeIntegration)
      throw new Error('the shell must keep sandbox and contextIsolation on and nodeIntegration off');
    this.#bounds = { x, y, width, height };
    this.#shown = show;
    this.#opened = this.#open(preload);
    this.webContents = new WebContents(this.#opened);
    windows.push(this);
  }

  async #open(preload: string | undefined): Promise<Page> {
    const context = await browser(app.getPath('userData'));
    const [first] = context.pages();
    const page = first && !windows.some((window) => window.webContents.page === first) ? first : await context.newPage();
    const contents = this.webContents;
    contents.page = page;
    await page.exposeBinding('standInInvoke', async (_source, channel: string, parameters: unknown[]) => {
      const handler = handlers.get(channel);
      if (!handler) throw new Error(`No handler registered for '${channel}'`);
      const event = { sender: contents, senderFrame: { url: contents.getURL(), parent: null } };
      return structuredClone(await handler(event, ...parameters));
    });
    const bundle = preload === undefined ? '' : await readFile(preload, 'utf8');
    await page.addInitScript(`(${inPage.toString()})(${JSON.stringify(bundle)}, ${JSON.stringify(process.platform)})`);
    await page.route(
      () => true,
      (route) => {
        // Navigation that the page asked for, not the shell's own load nor a reload.
        const request = route.request();
        const leads = request.isNavigationRequest() && request.frame() === page.mainFrame() && page.url() !== 'about:blank';
        if (!leads || request.url() === page.url()) return route.fallback();
        return keeps(contents, 'will-navigate') ? route.abort('aborted') : route.fallback();
      },
    );
    page.on('popup', (popup) => {
      if (!contents.allowsPopup(inward(popup.url()))) void popup.close();
    });
    page.on('close', () => this.#hasClosed());
    await page.setViewportSize({ width: this.#bounds.width, height: this.#bounds.height });
    return page;
  }

  #hasClosed(): void {
    this.#closed = true;
    this.emit('closed');
    if (BrowserWindow.getAllWindows().length === 0 && !app.emit('window-all-closed')) app.quit();
  }

  async loadURL(url: string): Promise<void> {
    const page = await this.#opened;
    await page.goto(outward(url));
    this.emit('ready-to-show');
  }

  close(): void {
    if (!keeps(this, 'close')) void this.#opened.then((page) => page.close());
  }

  show(): void {
    this.#shown = true;
  }

  focus(): void {
    void this.#opened.then((page) => page.bringToFront());
    this.emit('focus');
  }

  maximize(): void {
    this.#maximised = true;
  }

  setBounds(bounds: Partial<Bounds>): void {
    Object.assign(this.#bounds, bounds);
    void this.#opened.then((page) => page.setViewportSize({ width: this.#bounds.width, height: this.#bounds.height }));
  }

  setProgressBar(share: number): void {
    this.progress = share;
  }

  isVisible = (): boolean => this.#shown;
  isDestroyed = (): boolean => this.#closed;
  isMaximized = (): boolean => this.#maximised;
  isMinimized = (): boolean => false;
  getBounds = (): Bounds => this.#bounds;
  getNormalBounds = (): Bounds => this.#bounds;
  restore = (): void => {};
  setMenuBarVisibility = (): void => {};
  setTitleBarOverlay = (): void => {};
}

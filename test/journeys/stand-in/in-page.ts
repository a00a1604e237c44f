/**
 * What runs in the page before any of its scripts: the preload bundle with its `electron`, and the page with what the preload exposes. The
 * function is sent to the page as its text, so it may use nothing from outside itself.
 *
 * On the real Electron the preload has a world of its own; here it shares the page's.
 */

/** What the page of the stand-in has beyond a browser's. */
export interface StandInPage {
  standInInvoke(channel: string, parameters: unknown): Promise<unknown>;
  standIn?: { emit(channel: string, parameters: readonly unknown[]): void; willDrop(paths: readonly string[]): void };
}

/** What is used of a browser's window; this is also compiled where there is none. */
interface Page extends StandInPage {
  readonly top: unknown;
  readonly location: { readonly protocol: string };
  addEventListener(
    type: 'drop',
    listener: (event: { readonly dataTransfer: { readonly files: Iterable<File> } | null }) => void,
    options: { capture: true },
  ): void;
}

export function inPage(preload: string, platform: string): void {
  const page = globalThis as unknown as Page;
  if (page.top !== page || page.standIn || page.location.protocol === 'about:') return;

  type Listener = (event: unknown, ...parameters: unknown[]) => void;
  const listeners = new Map<string, Listener[]>();

  // A dropped file does not know its path; the test tells the paths of the coming drop, in its order.
  let coming: readonly string[] = [];
  const paths = new WeakMap<File, string>();
  page.addEventListener(
    'drop',
    ({ dataTransfer }) => [...(dataTransfer?.files ?? [])].forEach((file, i) => paths.set(file, coming[i] ?? '')),
    {
      capture: true,
    },
  );
  page.standIn = {
    emit: (channel, parameters) => listeners.get(channel)?.forEach((listener) => listener({}, ...parameters)),
    willDrop: (those) => (coming = those),
  };

  /** As contextBridge does: what crosses is a frozen copy. */
  const crossing = (value: unknown): unknown => {
    if (typeof value === 'function') {
      return (...parameters: unknown[]): unknown => {
        const result = (value as (...parameters: unknown[]) => unknown)(...parameters);
        if (result instanceof Promise) return result.then((settled: unknown) => structuredClone(settled));
        return typeof result === 'function' ? crossing(result) : structuredClone(result);
      };
    }
    if (value === null || typeof value !== 'object') return value;
    return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, part]) => [key, crossing(part)])));
  };

  const electron = {
    contextBridge: {
      exposeInMainWorld: (name: string, api: unknown) => Object.defineProperty(page, name, { value: crossing(api), enumerable: true }),
    },
    ipcRenderer: {
      invoke: (channel: string, ...parameters: unknown[]) => page.standInInvoke(channel, structuredClone(parameters)),
      on: (channel: string, listener: Listener) => void listeners.set(channel, [...(listeners.get(channel) ?? []), listener]),
      off: (channel: string, listener: Listener) =>
        void listeners.set(
          channel,
          (listeners.get(channel) ?? []).filter((other) => other !== listener),
        ),
    },
    webUtils: {
      getPathForFile: (file: unknown) => {
        if (!(file instanceof File)) throw new TypeError('getPathForFile expects a File');
        return paths.get(file) ?? '';
      },
    },
  };
  const require = (name: string): unknown => {
    if (name === 'electron') return electron;
    throw new Error(`a sandboxed preload cannot require ${name}`);
  };
  // A preload bundle is a CommonJS module.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const run = new Function('require', 'exports', 'module', 'process', preload) as (...scope: unknown[]) => void;
  run(require, {}, { exports: {} }, { platform, type: 'renderer', env: {} });
}

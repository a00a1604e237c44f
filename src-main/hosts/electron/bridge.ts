/** The shell's end of the page's bridge (preload.ts): hears our own page, and nobody else. */
import { type IpcMainInvokeEvent, ipcMain } from 'electron';
import type { Reply } from '../../contract/bridge.ts';
import type { Door, Engine } from '../door.ts';
import { channels } from './channels.ts';
import { origin } from './page.ts';

/** @param onAsk called before each answer: a page that asks is there, and hears notices */
export function serveBridge(engine: Engine, door: Door, onAsk: () => void): void {
  ipcMain.handle(channels.request, (event, name: unknown, params: unknown) => {
    if (!isOurPage(event) || typeof name !== 'string') return refused;
    onAsk();
    return door(name, params);
  });
  ipcMain.handle(channels.dropped, (event, paths: unknown) => {
    if (!isOurPage(event) || !Array.isArray(paths)) return refused;
    const real = paths.filter((path) => typeof path === 'string' && path !== ''); // a picture dragged from a browser has no path
    return real.length === 0 ? nothingDropped : engine.request('host', 'roots.add', { paths: real });
  });
}

/** Not a frame in it, nor whatever it might have been led to. */
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

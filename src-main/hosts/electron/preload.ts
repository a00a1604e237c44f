/**
 * What the page gets of the outside: `window.squint`, a few functions and no object of Electron's. Runs in the sandbox, in a world of its
 * own beside the page's. A dropped file is turned into its path here, where the page cannot name one.
 */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Bridge, Reply } from '../../contract/bridge.ts';
import type { Added } from '../../contract/library.ts';
import type { Notice } from '../../contract/notices.ts';
import { channels } from './channels.ts';
import { addressOf } from '../media-address.ts';

const bridge: Bridge = {
  host: 'electron',
  platform: process.platform,
  request: (name, params) => ipcRenderer.invoke(channels.request, name, params) as Promise<Reply<unknown>>,
  onNotice: (listener) => {
    const pass = (_event: unknown, notice: Notice): void => listener(notice);
    ipcRenderer.on(channels.notice, pass);
    return () => void ipcRenderer.off(channels.notice, pass);
  },
  addDropped: (files) =>
    ipcRenderer.invoke(
      channels.dropped,
      files.map((file) => webUtils.getPathForFile(file)),
    ) as Promise<Reply<Added>>,
  mediaUrl: addressOf,
};

contextBridge.exposeInMainWorld('squint', bridge);

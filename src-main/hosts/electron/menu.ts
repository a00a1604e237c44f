/**
 * The menus. macOS shows them, so there they hold what a person looks for; elsewhere they are hidden and only lend their keys to what the
 * system's windows usually do. The keys of Squint itself are the page's, which sees every key before a menu does.
 */
import type { MenuItemConstructorOptions } from 'electron';
import type { Notice } from '../../contract/notices.ts';

export interface MenuActions {
  addFolders(): void;
  showLog(): void;
  open(what: Extract<Notice, { type: 'open' }>['what']): void;
}

const zoom: MenuItemConstructorOptions[] = [{ role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }];

/** @param packaged without the developers' tools */
export function menuOf(platform: NodeJS.Platform, packaged: boolean, actions: MenuActions): MenuItemConstructorOptions[] {
  const tools: MenuItemConstructorOptions[] = packaged ? [] : [{ type: 'separator' }, { role: 'reload' }, { role: 'toggleDevTools' }];
  const view: MenuItemConstructorOptions = {
    label: 'View',
    submenu: [...zoom, { type: 'separator' }, { role: 'togglefullscreen' }, ...tools],
  };
  if (platform !== 'darwin') {
    return [{ label: 'File', submenu: [{ role: 'close' }, { role: 'quit', accelerator: 'Ctrl+Q' }] }, view];
  }
  return [
    {
      label: 'Squint',
      submenu: [
        { label: 'About Squint', click: () => actions.open('about') },
        { type: 'separator' },
        { label: 'Settings…', accelerator: 'Cmd+,', click: () => actions.open('settings') },
        { type: 'separator' },
        { role: 'hide' },
        { role: 'hideOthers' },
        { role: 'unhide' },
        { type: 'separator' },
        { role: 'quit' },
      ],
    },
    {
      label: 'File',
      submenu: [
        { label: 'Add Folder…', accelerator: 'Cmd+O', click: () => actions.addFolders() },
        { label: 'Sort Files…', click: () => actions.open('sort') },
        { type: 'separator' },
        { role: 'close' },
      ],
    },
    { role: 'editMenu' },
    view,
    { role: 'windowMenu' },
    {
      role: 'help',
      submenu: [
        { label: 'Keys', click: () => actions.open('keys') },
        { label: 'Show Log', click: () => actions.showLog() },
      ],
    },
  ];
}

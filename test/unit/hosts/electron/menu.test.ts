import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { menuOf } from '../../../../src-main/hosts/electron/menu.ts';

const actions = { addFolders: vi.fn(), showLog: vi.fn(), open: vi.fn() };

const itemsIn = (menu: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
  menu.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? itemsIn(item.submenu) : [])]);

describe('the menus', () => {
  it('lend keys to what windows of the system do, and none to what the page does', () => {
    const items = itemsIn(menuOf('linux', true, actions));
    expect(items.flatMap(({ role }) => role ?? [])).toEqual(['close', 'quit', 'resetZoom', 'zoomIn', 'zoomOut', 'togglefullscreen']);
    expect(items.flatMap(({ accelerator }) => accelerator ?? [])).toEqual(['Ctrl+Q']);
  });

  it('hold on macOS what a person looks for there', () => {
    const items = itemsIn(menuOf('darwin', true, actions));
    const click = (label: string): void => {
      const found = items.find((item) => item.label === label);
      (found?.click as () => void)();
    };
    click('Settings…');
    click('Keys');
    click('About Squint');
    click('Add Folder…');
    click('Sort Files…');
    click('Show Log');
    expect(actions.open.mock.calls).toEqual([['settings'], ['keys'], ['about'], ['sort']]);
    expect(actions.addFolders).toHaveBeenCalledOnce();
    expect(actions.showLog).toHaveBeenCalledOnce();
  });

  it('have the developers’ tools in a checkout only', () => {
    const has = (packaged: boolean): boolean => itemsIn(menuOf('darwin', packaged, actions)).some(({ role }) => role === 'toggleDevTools');
    expect([has(true), has(false)]).toEqual([false, true]);
  });
});

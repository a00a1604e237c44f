import { describe, expect, it } from 'vitest';
import { Screen } from '../../../../src-renderer/lib/screen.svelte.ts';

const at = (width: number): Screen => {
  const screen = new Screen();
  screen.width = width;
  return screen;
};

describe('the sidebar', () => {
  it('stands beside the grid from 1120 pixels on, and lies folded below', () => {
    expect([at(1120).sidebar, at(1119).sidebar]).toEqual([true, false]);
  });

  it('folds for the inspector below 1440 pixels', () => {
    const [narrow, wide] = [at(1439), at(1440)];
    narrow.inspector = wide.inspector = true;
    expect([narrow.sidebar, wide.sidebar]).toEqual([false, true]);
  });

  it('opened over the grid is another matter than beside it', () => {
    const screen = at(1024);
    screen.toggleSidebar();
    expect([screen.sidebar, screen.sidebarFolds]).toEqual([true, true]);
    screen.closeDrawer();
    expect(screen.sidebar).toBe(false);
    screen.width = 1280;
    expect(screen.sidebar).toBe(true);
    screen.toggleSidebar();
    expect(screen.sidebar).toBe(false);
  });
});

describe('the right of the window', () => {
  it('has the inspector or the history, and the sidebar folds for either', () => {
    const screen = at(1280);
    screen.history = true;
    expect([screen.history, screen.inspector, screen.sidebar]).toEqual([true, false, false]);
    screen.inspector = true;
    expect([screen.history, screen.inspector, screen.sidebar]).toEqual([false, true, false]);
    screen.history = false;
    expect(screen.inspector).toBe(true);
    screen.inspector = false;
    expect([screen.inspector, screen.sidebar]).toEqual([false, true]);
  });
});

describe('settings and activity', () => {
  it('lead back to the view that they were opened from', () => {
    const screen = at(1280);
    screen.view = 'loupe';
    screen.view = 'settings';
    screen.view = 'activity';
    screen.back();
    expect(screen.view).toBe('loupe');
  });
});

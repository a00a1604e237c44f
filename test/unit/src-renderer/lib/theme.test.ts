// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { applyTheme } from '../../../../src-renderer/lib/theme.ts';

const shown = (): string | undefined => document.documentElement.dataset.theme;

describe('the theme', () => {
  it('is the person’s, or follows the system as it changes', () => {
    const system = Object.assign(new EventTarget(), { matches: false });
    vi.stubGlobal('matchMedia', () => system);
    const end = applyTheme('system');
    expect(shown()).toBe('dark');
    system.matches = true;
    system.dispatchEvent(new Event('change'));
    expect(shown()).toBe('light');
    end();
    applyTheme('dark');
    system.dispatchEvent(new Event('change'));
    expect(shown()).toBe('dark');
  });
});

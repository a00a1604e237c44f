import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { placeOf, readWindowState, writeWindowState } from '../../../../src-main/hosts/electron/window-state.ts';

const display = { x: 0, y: 0, width: 1920, height: 1080 };
const second = { x: 1920, y: 0, width: 1920, height: 1080 };
const at = (x: number, y: number, width = 1400, height = 900) => ({
  bounds: { x, y, width, height },
  maximised: false,
  theme: 'dark' as const,
});

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'squint-window-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('the state of the window', () => {
  it('comes back as it was kept, also into a home that is not there yet', () => {
    const file = join(folder, 'home', 'window.json');
    writeWindowState(file, at(10, 20));
    expect(readWindowState(file)).toEqual(at(10, 20));
    expect(readdirSync(join(folder, 'home'))).toEqual(['window.json']);
  });

  it.each(['', '{"bounds":', '{"bounds":{"x":"a"},"maximised":true,"theme":"dark"}', '[]'])(
    'is the default where the file holds %j',
    (text) => {
      const file = join(folder, 'damaged.json');
      writeFileSync(file, text);
      expect(readWindowState(file)).toEqual({ bounds: null, maximised: false, theme: 'system' });
    },
  );

  it('that cannot be kept disturbs nobody', () => {
    const file = join(folder, 'a file', 'window.json');
    writeFileSync(join(folder, 'a file'), '');
    expect(() => writeWindowState(file, at(0, 0))).not.toThrow();
  });
});

describe('the place of the window', () => {
  it('is where it stood, on whichever display', () => {
    expect(placeOf(at(100, 50), [display])).toEqual({ x: 100, y: 50, width: 1400, height: 900 });
    expect(placeOf(at(2000, 50), [display, second])).toEqual({ x: 2000, y: 50, width: 1400, height: 900 });
  });

  it.each([
    ['on a display that is gone', 2000, 50],
    ['above the upper edge', 100, -60],
    ['below the lower edge', 100, 1060],
    ['too far to the left', -1350, 50],
  ])('is left to the system where it would be %s', (_, x, y) => {
    expect(placeOf(at(x, y), [display])).toEqual({ width: 1400, height: 900 });
  });

  it('is never smaller than the page can be used in', () => {
    expect(placeOf(at(0, 0, 300, 200), [display])).toEqual({ x: 0, y: 0, width: 1024, height: 640 });
  });
});

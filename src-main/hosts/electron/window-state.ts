/**
 * Where the window stood and how it looked when it was closed: `window.json` in Squint's home. The theme is kept beside it, since the window
 * has a colour before the engine can say which. A file that is damaged or missing means the defaults.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as v from 'valibot';

const Pixels = v.pipe(v.number(), v.integer());
const WindowState = v.object({
  bounds: v.nullable(v.object({ x: Pixels, y: Pixels, width: Pixels, height: Pixels })), // as it stands when not maximised; null: never moved
  maximised: v.boolean(),
  theme: v.picklist(['system', 'dark', 'light']),
});
export type WindowState = v.InferOutput<typeof WindowState>;

export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const smallest = { width: 1024, height: 640 };
const usual = { width: 1280, height: 800 };
const atFirst: WindowState = { bounds: null, maximised: false, theme: 'system' };

export function readWindowState(file: string): WindowState {
  try {
    return v.parse(WindowState, JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return atFirst;
  }
}

/** Whole or not at all. What cannot be kept is not worth a word: the window opens where it did before. */
export function writeWindowState(file: string, state: WindowState): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, JSON.stringify(state));
    renameSync(`${file}.new`, file);
  } catch {
    // A full or read-only disk.
  }
}

/**
 * Where to open it: where it stood, unless that display is gone; then in the middle, as large as before.
 *
 * @param displays work areas of the displays that are there
 */
export function placeOf({ bounds }: WindowState, displays: readonly Area[]): { width: number; height: number; x?: number; y?: number } {
  if (bounds === null) return usual;
  const width = Math.max(bounds.width, smallest.width);
  const height = Math.max(bounds.height, smallest.height);
  const { x, y } = bounds;
  return displays.some((display) => showsTitleBar(display, { x, y, width, height })) ? { x, y, width, height } : { width, height };
}

/** Whether enough of the upper edge is on the display to take hold of. */
function showsTitleBar(display: Area, window: Area): boolean {
  const across = Math.min(display.x + display.width, window.x + window.width) - Math.max(display.x, window.x);
  return across >= 100 && window.y >= display.y && window.y <= display.y + display.height - 40;
}

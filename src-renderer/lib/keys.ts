/**
 * Every key of the window, once: its chords, its name for people, where it acts, what it does. The window's handler and the key sheet are
 * both made from this table. One key, one meaning in every view; no plain chord of a browser or the system is taken.
 */
import { tick } from 'svelte';
import { addFolder } from './adding.ts';
import type { App } from './app.ts';
import { goToArea } from './areas.ts';
import { confirm, flag, redo, takeGuess, targetsOf, undo } from './decide.ts';
import { without } from './filter.ts';
import { undoChord } from './operate.ts';

/**
 * always: also while text is typed. window: otherwise, in every view. photos: in the grid and the loupe. moving: there, unless what has the
 * focus uses the key itself, as a button uses Enter and a slider the arrows.
 */
type Where = 'always' | 'window' | 'photos' | 'moving';

export interface Key {
  readonly section: 'Look' | 'Decide' | 'Window';
  readonly name: string;
  readonly chords: readonly string[]; // as chord.ts writes them
  readonly where: Where;
  readonly run: (app: App, extend: boolean) => void;
  readonly repeats?: true; // while it is held down
  readonly extends?: true; // with Shift the selection goes along
}

const panStep = 80; // pixels

export const keys: readonly Key[] = [
  move('Previous photo', 'ArrowLeft', (app, extend) => go(app, -1, 0, extend)),
  move('Next photo', 'ArrowRight', (app, extend) => go(app, 1, 0, extend)),
  move('Row above', 'ArrowUp', (app, extend) => go(app, 0, -1, extend)),
  move('Row below', 'ArrowDown', (app, extend) => go(app, 0, 1, extend)),
  move('Page up', 'PageUp', (app, extend) => goPage(app, -1, extend)),
  move('Page down', 'PageDown', (app, extend) => goPage(app, 1, extend)),
  move('First photo', 'Home', ({ selection }, extend) => selection.move(-Infinity, extend)),
  move('Last photo', 'End', ({ selection }, extend) => selection.move(Infinity, extend)),
  { section: 'Look', name: 'Select all', chords: ['Mod+A'], where: 'photos', run: ({ selection }) => selection.all() },
  { section: 'Look', name: 'Loupe, and back', chords: ['Space'], where: 'moving', run: toggleLoupe },
  { section: 'Look', name: 'Loupe', chords: ['E'], where: 'photos', run: ({ screen }) => void (screen.view = 'loupe') },
  { section: 'Look', name: 'Grid', chords: ['G'], where: 'window', run: ({ screen }) => void (screen.view = 'grid') },
  { section: 'Look', name: '1:1, and back', chords: ['Z'], where: 'photos', run: toggleFull },
  {
    section: 'Look',
    name: 'Larger photos',
    chords: ['+', '='],
    where: 'photos',
    repeats: true,
    run: ({ space }) => space.resize(space.tileWidth + 16),
  },
  {
    section: 'Look',
    name: 'Smaller photos',
    chords: ['-'],
    where: 'photos',
    repeats: true,
    run: ({ space }) => space.resize(space.tileWidth - 16),
  },
  { section: 'Look', name: 'Search', chords: ['/'], where: 'photos', run: search },
  { section: 'Look', name: 'Review, and back', chords: ['R'], where: 'photos', run: toggleReview },

  { section: 'Decide', name: 'Confirm the network’s collection', chords: ['Enter'], where: 'moving', run: (app) => void confirm(app) },
  { section: 'Decide', name: 'Its second guess', chords: ['Alt+2'], where: 'photos', run: (app) => void takeGuess(app, 2) },
  { section: 'Decide', name: 'Its third guess', chords: ['Alt+3'], where: 'photos', run: (app) => void takeGuess(app, 3) },
  { section: 'Decide', name: 'Correct to another collection', chords: ['L'], where: 'photos', run: openCorrect },
  { section: 'Decide', name: 'Pick', chords: ['P'], where: 'photos', run: (app) => void flag(app, 'pick') },
  { section: 'Decide', name: 'Reject', chords: ['X'], where: 'photos', run: (app) => void flag(app, 'reject') },
  { section: 'Decide', name: 'Neither', chords: ['U'], where: 'photos', run: (app) => void flag(app, null) },
  { section: 'Decide', name: 'Look closer', chords: ['Shift+Enter'], where: 'moving', run: askCloser },
  { section: 'Decide', name: 'Undo', chords: [undoChord], where: 'window', run: undoLast },
  { section: 'Decide', name: 'Redo', chords: ['Mod+Shift+Z'], where: 'window', run: (app) => void redo(app) },

  { section: 'Window', name: 'Pause sorting, and go on', chords: ['K'], where: 'window', run: togglePause },
  {
    section: 'Window',
    name: 'Inspector',
    chords: ['I'],
    where: 'photos',
    run: ({ screen }) => void (screen.inspector = !screen.inspector),
  },
  { section: 'Window', name: 'Sidebar', chords: ['Mod+B'], where: 'always', run: ({ screen }) => screen.toggleSidebar() },
  { section: 'Window', name: 'Add folder', chords: ['Mod+O'], where: 'always', run: (app) => void addFolder(app) },
  { section: 'Window', name: 'Settings', chords: ['Mod+,'], where: 'always', run: ({ screen }) => void (screen.view = 'settings') },
  { section: 'Window', name: 'Next area', chords: ['F6'], where: 'always', run: () => goToArea(1, document) },
  { section: 'Window', name: 'Previous area', chords: ['Shift+F6'], where: 'always', run: () => goToArea(-1, document) },
  { section: 'Window', name: 'Back, or select none', chords: ['Escape'], where: 'window', run: back },
  { section: 'Window', name: 'Keys', chords: ['?'], where: 'window', run: ({ screen }) => void (screen.over = 'keys') },
];

function move(name: string, chord: string, run: Key['run']): Key {
  return { section: 'Look', name, chords: [chord], where: 'moving', repeats: true, extends: true, run };
}

function go({ screen, selection, photos, space, zoom }: App, x: number, y: number, extend: boolean): void {
  if (screen.view === 'loupe') {
    if (zoom.isFull) zoom.pan(x * panStep, y * panStep);
    else selection.move(x);
    return;
  }
  const { position } = selection;
  const last = photos.ids.length - 1;
  const by = x + y * space.columns;
  if (y !== 0 && position >= 0) {
    const isOut = y < 0 ? position < space.columns : Math.floor(position / space.columns) === Math.floor(last / space.columns);
    if (isOut) return; // there is no row
  }
  selection.move(by, extend);
}

/** The view goes along, so that the current photo keeps its place in it. */
function goPage({ screen, selection, space }: App, pages: number, extend: boolean): void {
  if (screen.view === 'loupe') return;
  space.scrollByRows(pages * space.rowsAPage);
  selection.move(pages * space.rowsAPage * space.columns, extend);
}

function toggleLoupe({ screen }: App): void {
  screen.view = screen.view === 'loupe' ? 'grid' : 'loupe';
}

function toggleFull({ screen, zoom }: App): void {
  if (screen.view === 'loupe') zoom.toggle();
  else {
    screen.view = 'loupe';
    zoom.isFull = true;
  }
}

function search({ screen }: App): void {
  screen.view = 'grid';
  void tick().then(() => document.getElementById('search')?.focus());
}

function toggleReview({ photos, screen, toasts }: App): void {
  const { filter } = photos;
  screen.view = 'grid';
  toasts.attempt(photos.show(filter.pile?.kind === 'review' ? without(filter, 'pile') : { ...filter, pile: { kind: 'review' } }));
}

/** What has just been told, be it a decision or files that were moved; else the last decision. */
function undoLast(app: App): void {
  if (!app.toasts.press(undoChord)) void undo(app);
}

function openCorrect(app: App): void {
  if (targetsOf(app).length > 0) app.screen.over = 'correct';
}

/** The inspector says what it costs and asks. */
function askCloser({ screen, selection }: App): void {
  if (selection.current === null) return;
  screen.inspector = true;
  screen.asksCloser = selection.current;
}

function togglePause({ library, toasts }: App): void {
  const state = library.run?.state;
  if (state === 'paused') toasts.attempt(library.resume());
  else if (state === 'running' || state === 'counting') toasts.attempt(library.pause());
}

function back({ screen, selection }: App): void {
  if (screen.sidebarFolds && screen.sidebar) screen.closeDrawer();
  else if (screen.view === 'loupe') screen.view = 'grid';
  else if (screen.view === 'grid') selection.clear();
  else screen.back();
}

const byChord = new Map(keys.flatMap((key) => key.chords.map((chord) => [chord, key] as const)));

/** The key that a chord stands for, and whether it takes the selection along. */
export function keyOf(chord: string): { key: Key; extend: boolean } | null {
  const key = byChord.get(chord);
  if (key) return { key, extend: false };
  const unshifted = chord.startsWith('Shift+') ? byChord.get(chord.slice('Shift+'.length)) : undefined;
  return unshifted?.extends ? { key: unshifted, extend: true } : null;
}

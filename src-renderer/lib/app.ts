/** The state of one window, as components and verbs know it: handed down by context. create-app.ts makes it. */
import { createContext } from 'svelte';
import type { Client } from './client.ts';
import type { GridSpace } from './grid-space.svelte.ts';
import type { Library } from './library.svelte.ts';
import type { Operations } from './operations.svelte.ts';
import type { Photos } from './photos.svelte.ts';
import type { Screen } from './screen.svelte.ts';
import type { Selection } from './selection.svelte.ts';
import type { Sort } from './sort.svelte.ts';
import type { Toasts } from './toasts.svelte.ts';
import type { Zoom } from './zoom.svelte.ts';

export interface App {
  readonly client: Client;
  readonly library: Library;
  readonly photos: Photos;
  readonly space: GridSpace; // where the grid shows them
  readonly selection: Selection;
  readonly zoom: Zoom; // of the loupe
  readonly sort: Sort; // that is being chosen
  readonly operations: Operations; // changes to files
  readonly screen: Screen;
  readonly toasts: Toasts;
}

export const [useApp, provideApp] = createContext<App>();

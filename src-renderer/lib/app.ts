/** The state of one window, made over a bridge and handed to components by context. */
import { createContext } from 'svelte';
import type { Bridge } from '../../src-main/contract/bridge.ts';
import { Client } from './client.ts';
import { follow } from './follow.ts';
import { GridSpace } from './grid-space.svelte.ts';
import { Library } from './library.svelte.ts';
import { Photos } from './photos.svelte.ts';
import { Screen } from './screen.svelte.ts';
import { Selection } from './selection.svelte.ts';
import { Toasts } from './toasts.svelte.ts';
import { Zoom } from './zoom.svelte.ts';

export interface App {
  readonly client: Client;
  readonly library: Library;
  readonly photos: Photos;
  readonly space: GridSpace; // where the grid shows them
  readonly selection: Selection;
  readonly zoom: Zoom; // of the loupe
  readonly screen: Screen;
  readonly toasts: Toasts;
}

export function createApp(bridge: Bridge): App {
  const client = new Client(bridge);
  const library = new Library(client);
  const photos = new Photos(client);
  const app: App = {
    client,
    library,
    photos,
    space: new GridSpace(photos, library),
    selection: new Selection(photos),
    zoom: new Zoom(),
    screen: new Screen(),
    toasts: new Toasts(),
  };
  follow(app);
  return app;
}

export const [useApp, provideApp] = createContext<App>();

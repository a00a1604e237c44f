/** Makes the state of a window over a bridge. */
import type { Bridge } from '../../src-main/contract/bridge.ts';
import type { App } from './app.ts';
import { Client } from './client.ts';
import { follow } from './follow.ts';
import { GridSpace } from './grid-space.svelte.ts';
import { Library } from './library.svelte.ts';
import { Operations } from './operations.svelte.ts';
import { Photos } from './photos.svelte.ts';
import { Screen } from './screen.svelte.ts';
import { Selection } from './selection.svelte.ts';
import { Sort } from './sort.svelte.ts';
import { Toasts } from './toasts.svelte.ts';
import { Zoom } from './zoom.svelte.ts';

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
    sort: new Sort(client),
    operations: new Operations(client),
    screen: new Screen(),
    toasts: new Toasts(),
  };
  follow(app);
  return app;
}

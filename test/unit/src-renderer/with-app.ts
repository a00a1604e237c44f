/** Renders a component of the window over a fake engine, as App.svelte would. */
import './jsdom.ts';
import { render } from '@testing-library/svelte';
import type { Component } from 'svelte';
import type { App } from '../../../src-renderer/lib/app.ts';
import { createApp } from '../../../src-renderer/lib/create-app.ts';
import type { Fake } from '../../fake/bridge.ts';
import WithApp from './WithApp.svelte';

export async function renderWith(fake: Fake, component: Component): Promise<App> {
  const app = createApp(fake);
  await app.library.load();
  await app.photos.show({});
  render(WithApp, { app, component });
  return app;
}

/** The window over the fake engine, to be looked at in a browser: `npx vite --config test/fake/vite.config.ts`, then /?photos=60&sorted=40. */
import '@fontsource-variable/inter';
import { mount } from 'svelte';
import App from '../../src-renderer/App.svelte';
import { createApp } from '../../src-renderer/lib/create-app.ts';
import '../../src-renderer/tokens.css';
import '../../src-renderer/base.css';
import '../../src-renderer/controls.css';
import { createFake } from './bridge.ts';
import './measure.ts';
import { stream } from './stream.ts';

const query = new URLSearchParams(location.search);
const photos = Number(query.get('photos') ?? 60);
const fake = createFake({
  photos,
  sorted: Number(query.get('sorted') ?? photos),
  pictures: [
    'astronaut',
    'cat',
    'coffee',
    'dahlia',
    'dandelion',
    'dogs',
    'drum',
    'fig',
    'peaks',
    'rocket',
    'stream',
    'sunset',
    'temple',
  ].map((name) => `/${name}.jpg`),
});
fake.state.settings.theme = query.get('theme') === 'light' ? 'light' : 'dark';
Object.assign(fake, { host: query.get('host') ?? 'electron', platform: query.get('platform') ?? 'linux' });
const app = createApp(fake);
Object.assign(window, { fake, app, stream: (verdictsASecond: number) => stream(fake, verdictsASecond) });
mount(App, { target: document.getElementById('app')!, props: { app } });

/** The page: one App over the bridge that its host gave it. */
import '@fontsource-variable/inter';
import { mount } from 'svelte';
import App from './App.svelte';
import { createApp } from './lib/create-app.ts';
import './tokens.css';
import './base.css';
import './controls.css';

mount(App, { target: document.getElementById('app')!, props: { app: createApp(window.squint) } });

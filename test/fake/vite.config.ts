import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  publicDir: fileURLToPath(new URL('../../models/samples', import.meta.url)),
  plugins: [svelte({ configFile: false })],
  server: { fs: { allow: ['../..'] } },
});

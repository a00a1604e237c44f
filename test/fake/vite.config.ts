import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  publicDir: fileURLToPath(new URL('../../models/samples', import.meta.url)),
  plugins: [svelte({ configFile: false })],
  build: { rolldownOptions: { input: ['index.html', 'empty.html'].map((page) => `${import.meta.dirname}/${page}`) } },
  server: { fs: { allow: ['../..'] } },
});

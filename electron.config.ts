/**
 * What `electron-vite build` makes of the sources, in out/: the shell and the engine's processes (main), the page's bridge (preload) and the
 * page (renderer). It needs no Electron.
 *
 * Each program that is started by its file is an entry of `main` and lies flat in out/main, beside the chunks that entries share, so that
 * `./reader.mjs` means the same from wherever it is said. They are .mjs because the engine's lie unpacked in the package, with no
 * package.json beside them.
 */
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';
import { build as bundle } from 'rolldown';
import type { Plugin } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const programs: Record<string, string> = {
  index: here('src-main/hosts/electron/main.ts'),
  engine: here('src-main/hosts/electron/engine.ts'),
  cli: here('src-main/hosts/cli/main.ts'),
  reader: here('src-main/reader/main.ts'),
  'heic-worker': here('src-main/reader/heic-worker.ts'),
  network: here('src-main/network/main.ts'),
};

/**
 * The sources start a program by the URL of its source, `new URL('./main.ts', import.meta.url)`, which Node runs as it is. In the bundle the
 * same URL names the entry that was made of it. One that is no entry stops the build: it would be missing only when it is started.
 */
const startBundledPrograms: Plugin = {
  name: 'squint:start-bundled-programs',
  enforce: 'pre',
  transform(code, id) {
    return code.replace(/new URL\('(\.[^']+)', import\.meta\.url\)/g, (_, path: string) => {
      const source = resolve(dirname(id), path);
      const entry = Object.keys(programs).find((name) => programs[name] === source);
      if (entry === undefined) this.error(`${path} in ${id} is found by its place in the sources; in the bundle there is no such file.`);
      return `new URL('./${entry}.mjs', import.meta.url)`;
    });
  },
};

/**
 * The shell becomes one file with all its packages. What it shares with the engine lies unpacked in a package, where Electron does not check
 * that it is unchanged.
 */
const shellInOneFile: Plugin = {
  name: 'squint:shell-in-one-file',
  async closeBundle() {
    const shell = here('out/main/index.mjs');
    await bundle({ input: shell, external: ['electron'], platform: 'node', output: { file: shell } });
  },
};

/** The web host's bridge: a classic script, so that it stands before the page's own module runs. */
const webBridge: Plugin = {
  name: 'squint:web-bridge',
  async closeBundle() {
    await bundle({
      input: here('src-main/hosts/web/bridge.ts'),
      platform: 'browser',
      output: { file: here('out/renderer/web-bridge.js'), format: 'iife' },
    });
  },
};

const license = { fileName: 'licences.json' }; // what was bundled, for the package's notices

export default defineConfig({
  main: {
    plugins: [startBundledPrograms, shellInOneFile],
    build: {
      outDir: here('out/main'),
      license,
      rolldownOptions: { input: programs, output: { entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' } },
    },
  },
  preload: {
    build: {
      outDir: here('out/preload'),
      license,
      externalizeDeps: false, // a sandboxed preload can require nothing but electron
      rolldownOptions: {
        input: { index: here('src-main/hosts/electron/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' }, // nor can it be a module
      },
    },
  },
  renderer: {
    root: here('src-renderer'),
    plugins: [svelte({ configFile: false }), webBridge],
    build: {
      outDir: here('out/renderer'),
      license,
      assetsInlineLimit: 0, // the page's policy takes no data: URLs
      rolldownOptions: { input: here('src-renderer/index.html') },
    },
  },
});

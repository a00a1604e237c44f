/**
 * Journeys through the window, all on the built bundle: under the stand-in for Electron, and on the real Electron where its binary is. One
 * at a time, since a journey measures nothing better for sharing two cores.
 */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'playwright/test';

export default defineConfig<{ electron: 'stand-in' | 'real' }>({
  testDir: fileURLToPath(new URL('../test/journeys', import.meta.url)),
  outputDir: fileURLToPath(new URL('../out/journeys', import.meta.url)), // screenshots and traces of what failed
  workers: 1,
  fullyParallel: false,
  timeout: 120_000, // a computer that is busy with other things
  expect: { timeout: 20_000 },
  projects: [
    { name: 'stand-in', use: { electron: 'stand-in' } },
    { name: 'real Electron', use: { electron: 'real' }, testIgnore: '**/{web,offline}.spec.ts' }, // those need none
  ],
});

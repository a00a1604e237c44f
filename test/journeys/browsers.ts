/** The browsers that journeys run in, where this computer has them. Nothing is fetched. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright';

/** @returns the path of a Chromium, or null where there is none; `SQUINT_CHROMIUM` names one */
export function chromiumPath(): string | null {
  const places = [
    process.env.SQUINT_CHROMIUM,
    chromium.executablePath(), // Playwright's own
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ];
  return places.find((path) => path !== undefined && existsSync(path)) ?? null;
}

/** @returns the path of Electron's binary, or null where it was never fetched; importing `electron` would fetch it */
export function electronPath(): string | null {
  const home = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  const named = join(home, 'path.txt'); // written when the binary was unpacked
  if (!existsSync(named)) return null;
  const path = join(process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(home, 'dist'), readFileSync(named, 'utf8'));
  return existsSync(path) ? path : null;
}

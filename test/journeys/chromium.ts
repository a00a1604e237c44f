/** The Chromium that journeys run in, where this computer has one. Nothing is fetched. */
import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

/** @returns its path, or null where there is none; `SQUINT_CHROMIUM` names one */
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

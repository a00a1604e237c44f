/**
 * `npm run screenshots`: the pictures of the README, taken of the built window with the sample photographs. Nothing in them is drawn by hand:
 * another computer, another pack or another design shows in them when they are taken again.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';
import sharp from 'sharp';
import { buildBundle, bundleIsCurrent } from '../../build/bundle.ts';
import { launchStandIn } from './stand-in/launch.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'build', 'screenshots');
const size = { width: 1280, height: 800 };

if (!bundleIsCurrent() && !buildBundle()) process.exit(1);
mkdirSync(folder, { recursive: true });
const home = mkdtempSync(join(tmpdir(), 'squint-screenshots-'));
const shell = await launchStandIn(join(root, 'out', 'main', 'index.mjs'), [], { cwd: root, env: { ...process.env, SQUINT_HOME: home } });
try {
  const page = await shell.firstWindow();
  await page.setViewportSize(size);
  await show(page, 'dark');
  await take(page, 'first-run');

  await page.getByRole('button', { name: 'Try sample photos' }).click();
  await page.getByText(/^Sorted in/).waitFor({ timeout: 120_000 });
  await page.getByRole('button', { name: 'Show more' }).click();
  await take(page, 'grid');

  await page.getByRole('option', { name: /Dogs/ }).first().dblclick();
  await page.keyboard.press('i');
  await page.getByRole('table').waitFor();
  await take(page, 'inspector');
  await page.keyboard.press('i');
  await page.keyboard.press('g');

  await page.getByRole('button', { name: /Balanced/ }).click();
  await page.getByText('This is in force now.').waitFor();
  await take(page, 'power');
  await page.keyboard.press('Escape');

  await show(page, 'light');
  await take(page, 'grid-light');
} finally {
  await shell.close();
  rmSync(home, { recursive: true, maxRetries: 5 });
}

async function show(page: Page, theme: 'dark' | 'light'): Promise<void> {
  await page.evaluate((wanted) => window.squint.request('settings.set', { theme: wanted }), theme);
}

/** As WebP: a tenth of a PNG. */
async function take(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(1500); // pictures that are still being made
  await page.mouse.move(0, 0);
  await sharp(await page.screenshot())
    .webp({ quality: 85 })
    .toFile(join(folder, `${name}.webp`));
  console.log(`build/screenshots/${name}.webp`);
}

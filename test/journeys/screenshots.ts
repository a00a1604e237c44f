/**
 * `npm run screenshots`: the pictures of the README, taken of the built window with the sample photographs. Nothing in them is drawn by hand:
 * another computer, another pack or another design shows in them when they are taken again.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';
import sharp from 'sharp';
import { buildBundle, bundleIsCurrent } from '../../build/bundle.ts';
import { ask } from './ask.ts';
import { place, sampleNames } from './photos.ts';
import { begin, history, openSort } from './sorting.ts';
import type { Squint } from './squint.ts';
import { launchStandIn } from './stand-in/launch.ts';
import { said } from './window.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'build', 'screenshots');
const size = { width: 1280, height: 800 };

if (!bundleIsCurrent() && !buildBundle()) process.exit(1);
mkdirSync(folder, { recursive: true });
const temporary = mkdtempSync(join(tmpdir(), 'squint-screenshots-'));
try {
  await sitting('looking', [], looking);
  await sitting('sorting', [photosToSort(join(temporary, 'Photos'))], sorting);
} finally {
  rmSync(temporary, { recursive: true, maxRetries: 5 });
}

/** What the first run and the sample photographs show. */
async function looking({ page }: Squint): Promise<void> {
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
}

/** A sort before it is begun, and the history after one was put back and done otherwise. */
async function sorting(squint: Squint): Promise<void> {
  const { page } = squint;
  await page.getByText(/^Sorted in/).waitFor({ timeout: 120_000 });
  const target = join(temporary, 'Photos', 'Sorted');
  await page.getByRole('navigation', { name: 'Sidebar' }).getByText('All photos').click();

  const dialog = await openSort(squint, target);
  for (const name of ['Flowers & plants', 'Mountains & snow']) await dialog.getByRole('treeitem', { name }).click();
  await take(page, 'sort');

  const files = await begin(dialog, 'Move');
  await said(page, `Moved ${files} files`).getByRole('button', { name: /^Undo/ }).click();
  await said(page, `Put back ${files} files`).waitFor();
  const again = await openSort(squint, target);
  await again.getByRole('checkbox', { name: 'Include photos in Review' }).check();
  const all = await begin(again, 'Move');
  await said(page, `Moved ${all} files`).getByRole('button', { name: 'Dismiss' }).click();
  await history(page)
    .getByRole('button', { name: /^Details of: Put back/ })
    .click();
  await take(page, 'history');
}

/** The samples as a person has them: some with a RAW file and a sidecar, and two names that are in use where they go. @returns their folder */
function photosToSort(photos: string): string {
  const trip = join(photos, 'Unsorted');
  for (const name of sampleNames) place(name, join(trip, name));
  for (const name of ['peaks', 'stream', 'dogs']) {
    writeFileSync(join(trip, `${name}.xmp`), '<x:xmpmeta xmlns:x="adobe:ns:meta/"/>');
    writeFileSync(join(trip, `${name}.cr2`), Buffer.alloc(24_000_000, name));
  }
  place('cat.jpg', join(photos, 'Sorted', 'Mountains & snow', 'peaks.jpg'));
  place('dahlia.jpg', join(photos, 'Sorted', 'Flowers & plants', 'dahlia.jpg')); // the same file
  return trip;
}

/** Squint from its start to its end, with a home of its own. */
async function sitting(name: string, args: readonly string[], through: (squint: Squint) => Promise<void>): Promise<void> {
  const env = { ...process.env, SQUINT_HOME: join(temporary, `home-${name}`) };
  const shell = await launchStandIn(join(root, 'out', 'main', 'index.mjs'), args, { cwd: root, env });
  try {
    const page = await shell.firstWindow();
    await page.setViewportSize(size);
    await show(page, 'dark');
    await through({ shell, page });
  } finally {
    await shell.close();
  }
}

async function show(page: Page, theme: 'dark' | 'light'): Promise<void> {
  await ask(page, 'settings.set', { theme });
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

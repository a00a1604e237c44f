/**
 * The grid of half a million photos, scrolled by wheel, Page Down and the scrollbar while 500 verdicts a second stream in: frames that come
 * late, beside those of an empty page under the same hands in the same minute. The page is the window over the engine double of test/fake,
 * built as the product is.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright';
import { build, preview } from 'vite';
import type { Measured } from '../fake/measured.ts';
import { chromiumPath } from '../journeys/chromium.ts';

const verdictsASecond = 500;
const configFile = fileURLToPath(new URL('../fake/vite.config.ts', import.meta.url));

export async function run([photos = '500000', rounds = '3', seconds = '4']: readonly string[]): Promise<void> {
  const executablePath = chromiumPath();
  if (executablePath === null) throw new Error('This bench needs a Chromium; SQUINT_CHROMIUM names one.');
  const outDir = mkdtempSync(join(tmpdir(), 'squint-grid-'));
  await build({ configFile, logLevel: 'warn', build: { outDir, emptyOutDir: true } });
  const server = await preview({ configFile, build: { outDir }, preview: { port: 0 } });
  const browser = await chromium.launch({ executablePath, ignoreDefaultArgs: ['--hide-scrollbars'] });
  try {
    const address = server.resolvedUrls!.local[0]!;
    const open = async (path: string): Promise<Page> => {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      await page.goto(address + path);
      return page;
    };
    const empty = await open('empty.html');
    const grid = await open(`?photos=${photos}&sorted=${Math.floor(Number(photos) / 2)}`);
    await grid.waitForFunction(`app.photos.complete && app.photos.ids.length === ${photos}`);
    await grid.click('[data-photo="1"]');

    const sums: Record<string, Measured[]> = { 'empty page': [], grid: [] };
    let verdicts = 0;
    for (let round = 0; round < Number(rounds); round++) {
      for (const [name, page] of [
        ['empty page', empty],
        ['grid', grid],
      ] as const) {
        await page.bringToFront();
        await page.waitForTimeout(500);
        await page.evaluate(`window.end = window.measure()`);
        if (page === grid) await page.evaluate(`window.endStream = window.stream(${verdictsASecond})`);
        await scroll(page, Number(seconds) * 1000);
        if (page === grid) verdicts += await page.evaluate<number>('window.endStream()');
        sums[name]!.push(await page.evaluate<Measured>('window.end()'));
      }
    }
    await grid.keyboard.press('End');
    const last = await grid.waitForSelector(`[data-photo="${photos}"][aria-selected="true"]`, { timeout: 5000 });
    console.log(`${Number(photos).toLocaleString('en')} photos, ${rounds} rounds of wheel, Page Down and scrollbar, ${seconds} s each`);
    for (const [name, measured] of Object.entries(sums)) console.log(`  ${name.padEnd(12)}${told(measured)}`);
    console.log(`  verdicts streamed in: ${verdicts}; the last photo is reached: ${(await last.isVisible()) ? 'yes' : 'no'}`);
  } finally {
    await browser.close();
    await server.close();
    rmSync(outDir, { recursive: true });
  }
}

/** Wheel, Page Down, and the scrollbar's thumb dragged down, each so many milliseconds. */
async function scroll(page: Page, ms: number): Promise<void> {
  const during = async (step: (share: number) => Promise<void>): Promise<void> => {
    const began = performance.now();
    for (let now = 0; now < ms; now = performance.now() - began) await step(now / ms);
  };
  await page.mouse.move(700, 500);
  await during(async (share) => {
    await page.mouse.wheel(0, share < 0.8 ? 120 : -120);
    await page.waitForTimeout(40);
  });
  await during(async () => {
    await page.keyboard.press('PageDown');
    await page.waitForTimeout(60);
  });
  const thumb = await page.evaluate<{ x: number; y: number; last: number } | null>(`(() => {
    const scroller = document.querySelector('[role=listbox]');
    if (!scroller) return null;
    const { right, top, bottom } = scroller.getBoundingClientRect();
    scroller.scrollTop = 0;
    return { x: right - 5, y: top + 20, last: bottom - 4 }; // the thumb, below the arrow
  })()`);
  const { x, y, last } = thumb ?? { x: 1275, y: 215, last: 760 };
  await page.mouse.move(x, y);
  await page.mouse.down();
  await during(async (share) => {
    await page.mouse.move(x, y + share * (last - y));
    await page.waitForTimeout(16);
  });
  const reached = await page.evaluate<number>(`(() => {
    const scroller = document.querySelector('[role=listbox]');
    return scroller ? scroller.scrollTop / (scroller.scrollHeight - scroller.clientHeight) : 1;
  })()`);
  await page.mouse.up();
  if (reached < 0.9) throw new Error(`The scrollbar's thumb was dragged to the end, and the grid went to ${Math.round(100 * reached)} %.`);
}

function told(rounds: readonly Measured[]): string {
  const sum = (of: (measured: Measured) => number): number => rounds.reduce((total, measured) => total + of(measured), 0);
  const frames = sum((one) => one.frames);
  const late = sum((one) => one.late);
  const tasks = rounds.flatMap((one) => one.longTasks);
  const longest = Math.max(...rounds.map((one) => one.longest));
  return `${frames} frames, ${late} late (${((100 * late) / frames).toFixed(2)} %), longest ${longest.toFixed(0)} ms; ${tasks.length} long tasks, ${Math.max(0, ...tasks).toFixed(0)} ms at most`;
}

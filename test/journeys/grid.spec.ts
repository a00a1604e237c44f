/** Fifty thousand photos: the grid goes to its last one by every way there is. */
import { join } from 'node:path';
import type { Page } from 'playwright';
import { openCatalog } from '../../src-main/catalog/index.ts';
import { expect, test } from './squint.ts';
import { currentTile, photoTiles } from './window.ts';

const many = 50_000;

/** A library of photos on a drive that is not connected: so nothing looks for them, and all of them are listed. */
function fill(home: string): void {
  const catalog = openCatalog(join(home, 'library'));
  const scan = catalog.beginScan(catalog.addRoot({ path: join(home, 'drive', 'Photos'), scope: 'folder' }));
  for (let first = 1; first <= many; first += 1000) {
    const files = Array.from({ length: 1000 }, (_, i) => ({ path: `photo-${first + i}.jpg`, size: 1, mtimeMs: 1, inode: first + i }));
    catalog.recordFiles(scan, files);
  }
  catalog.endScan(scan);
  catalog.close();
}

const lastInView = (page: Page): Promise<number> =>
  photoTiles(page).evaluateAll((tiles) => {
    const { bottom } = document.querySelector('[role="listbox"]')!.getBoundingClientRect();
    const positions = tiles.filter((tile) => tile.getBoundingClientRect().bottom <= bottom).map((tile) => Number(tile.ariaPosInSet));
    return Math.max(0, ...positions);
  });
const firstInView = (page: Page): Promise<number> =>
  photoTiles(page).evaluateAll((tiles) => {
    const { top } = document.querySelector('[role="listbox"]')!.getBoundingClientRect();
    return Math.min(...tiles.filter((tile) => tile.getBoundingClientRect().top >= top).map((tile) => Number(tile.ariaPosInSet)));
  });

test('the last of fifty thousand photos is reached by key, by scrollbar and by wheel, and few of them are elements', async ({
  launch,
  home,
}) => {
  fill(home);
  const { page } = await launch();
  const grid = page.getByRole('listbox', { name: 'Photos' });
  await expect(photoTiles(page).first()).toHaveAttribute('aria-setsize', String(many));
  await expect(photoTiles(page).first()).toHaveAccessibleName(/photo-1\.jpg/);

  // By key: the current photo is the last, and is told to a screen reader.
  await grid.focus();
  await page.keyboard.press('End');
  await expect(currentTile(page)).toHaveAttribute('aria-posinset', String(many));
  await expect(currentTile(page)).toBeInViewport();
  await expect(currentTile(page)).toHaveAccessibleName(/photo-50000\.jpg/);
  await expect(grid).toHaveAttribute('aria-activedescendant', (await currentTile(page).getAttribute('id'))!);
  await expect(grid).toBeFocused();
  await page.keyboard.press('ArrowRight'); // there is no further one
  await expect(currentTile(page)).toHaveAttribute('aria-posinset', String(many));
  await page.keyboard.press('PageUp');
  const above = Number(await currentTile(page).getAttribute('aria-posinset'));
  expect(above).toBeLessThan(many);
  await expect(currentTile(page)).toBeInViewport();
  await page.keyboard.press('PageDown');
  await page.keyboard.press('Home');
  await expect(currentTile(page)).toHaveAttribute('aria-posinset', '1');
  await expect(currentTile(page)).toBeInViewport();

  // By the scrollbar: its end is the end, its middle the middle.
  const scrollTo = (share: number): Promise<void> =>
    grid.evaluate((element, to) => void (element.scrollTop = to * (element.scrollHeight - element.clientHeight)), share);
  await scrollTo(1);
  await expect.poll(() => lastInView(page)).toBe(many);
  await scrollTo(0.5);
  await expect.poll(async () => Math.abs((await firstInView(page)) / many - 0.5)).toBeLessThan(0.01);
  await scrollTo(0);
  await expect.poll(() => firstInView(page)).toBe(1);
  expect(await grid.evaluate((element) => element.scrollHeight)).toBeLessThanOrEqual(1_000_000); // browsers end at 16.7 million

  // By wheel, the last rows of the way.
  await scrollTo(0.9999);
  const box = (await grid.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  expect(await lastInView(page)).toBeLessThan(many);
  await expect(async () => {
    await page.mouse.wheel(0, 120);
    expect(await lastInView(page)).toBe(many);
  }).toPass({ intervals: [20] });
  expect(await photoTiles(page).count()).toBeLessThan(500);
  await page.mouse.wheel(0, -120);
  await expect.poll(() => lastInView(page)).toBeLessThan(many);

  // The current photo stayed the first, out of view; keys go on from there.
  await expect(currentTile(page)).toHaveCount(0);
  await page.keyboard.press('ArrowRight');
  await expect(currentTile(page)).toHaveAttribute('aria-posinset', '2');
  await expect(currentTile(page)).toBeInViewport();
});

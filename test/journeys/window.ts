/** What journeys find in the window, as people and screen readers do: by role and name. */
import type { Locator, Page } from 'playwright';
import type { RunState } from '../../src-main/contract/library.ts';
import { expect, state } from './squint.ts';

export const photoTiles = (page: Page): Locator => page.getByRole('listbox', { name: 'Photos' }).getByRole('option');
/** Names of the photos in view, in the grid's order; a tile says its photo's in the tooltip. */
export const photoNames = (page: Page): Promise<string[]> =>
  photoTiles(page).evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute('title')!.split('\n')[0]!));

export const runArea = (page: Page): Locator => page.getByRole('region', { name: 'Run' });

/** Until the run has ended, as the window tells it. @param how "Sorted" */
export async function runEnds(page: Page, how = /^(Sorted in|Nothing new to sort)/): Promise<void> {
  await expect.poll(async () => (await runOf(page))?.state, { timeout: 45_000 }).toBe('done');
  await expect(runArea(page).getByText(how)).toBeVisible();
}

/** Folders in the sidebar and how many photos each has, in its order: "Trip 2". */
export const listedFolders = async (page: Page): Promise<string[]> => {
  const library = page.getByRole('navigation', { name: 'Sidebar' }).getByRole('region', { name: 'Library' });
  const entries = await library.locator('li .place').allTextContents();
  return entries.slice(1).map((text) => /^.* [\d,]+/.exec(text.replaceAll(/\s+/g, ' ').trim())?.[0] ?? text); // the first is "All photos"
};

/** A short message over the window. */
export const said = (page: Page, words: string | RegExp): Locator => page.locator('.toast').filter({ hasText: words });

/** The run that goes or went last, as the engine has it. */
export const runOf = async (page: Page): Promise<RunState | null> => (await state(page)).run;

/** The samples, added from the empty window and sorted. */
export async function samplesSorted(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Try sample photos' }).click();
  await runEnds(page);
}

/** The photo that keys act on. */
export const currentTile = (page: Page): Locator => photoTiles(page).and(page.locator('.current'));

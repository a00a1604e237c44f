/** From adding to deciding without a mouse, and all of it still there after Squint was closed. */
import { join } from 'node:path';
import type { Page } from 'playwright';
import { place } from './photos.ts';
import { expect, state, test } from './squint.ts';
import { currentTile, photoTiles, runEnds, said } from './window.ts';

const names = ['astronaut.jpg', 'cat.jpg', 'coffee.jpg', 'dahlia.jpg', 'rocket.jpg', 'temple.jpg'];
const decided = async (page: Page): Promise<unknown> => {
  const ids = await page.evaluate(() => window.squint.request('photos.ids', { filter: {}, order: 'name', after: null, limit: 100 }));
  const rows = await page.evaluate(
    (all) => window.squint.request('photos.rows', { ids: all }),
    (ids as { value: { ids: number[] } }).value.ids,
  );
  return (rows as { value: { name: string; collection: string; decided: { how: string } | null }[] }).value.map(
    ({ name, collection, decided: word }) => [name, collection, word],
  );
};

test('by keyboard alone: photos are added, looked at, confirmed, corrected, undone; and all is there after a new start', async ({
  launch,
  folder,
}) => {
  for (const name of names) place(name, join(folder, name));
  const { page, shell } = await launch();
  const { keyboard } = page;
  await shell.evaluate(
    ({ dialog }, path) => (dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] })),
    folder,
  );
  await keyboard.press('ControlOrMeta+o');
  await expect(photoTiles(page)).toHaveCount(names.length);
  await runEnds(page);
  const { pack } = await state(page);

  // Look.
  await keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Keys' });
  await expect(keys).toContainText('Confirm the network’s collection');
  await keyboard.press('Escape');
  await expect(keys).toHaveCount(0);
  await keyboard.press('ArrowRight');
  const first = (await currentTile(page).getAttribute('title'))!.split('\n')[0]!;
  await keyboard.press('Space');
  const loupe = page.getByRole('region', { name: 'Photo', exact: true });
  await expect(loupe).toContainText(`${first}, 1 of ${names.length}`);
  await expect
    .poll(() => loupe.locator('img').evaluateAll((all) => all.some((image) => (image as HTMLImageElement).naturalWidth >= 400)))
    .toBe(true);
  await keyboard.press('ArrowRight');
  await expect(loupe).toContainText(`2 of ${names.length}`);
  await keyboard.press('ArrowLeft');

  // Decide: each goes on to the next photo.
  await keyboard.press('Enter');
  await expect(said(page, 'Confirmed:')).toBeVisible();
  await expect(loupe).toContainText(`2 of ${names.length}`);
  await keyboard.press('Space');
  await expect(loupe).toHaveCount(0);
  await keyboard.press('l');
  const correct = page.getByRole('dialog', { name: 'Correct to' });
  await expect(correct.getByRole('combobox', { name: 'Collection' })).toBeFocused();
  const other = pack!.collections.at(-1)!;
  await keyboard.type(other.title);
  await expect(correct.getByRole('option', { selected: true })).toHaveText(new RegExp(`^\\s*${other.title}`));
  await keyboard.press('Enter');
  await expect(correct).toHaveCount(0);
  await expect(said(page, `Corrected to ${other.title}.`)).toBeVisible();
  await keyboard.press('Enter'); // the third photo, confirmed by mistake
  await expect.poll(async () => JSON.stringify(await decided(page)).match(/"how"/g)?.length).toBe(3);
  await keyboard.press('ControlOrMeta+z');
  await expect.poll(async () => JSON.stringify(await decided(page)).match(/"how"/g)?.length).toBe(2);
  await expect(currentTile(page)).toHaveAttribute('aria-posinset', '3'); // back at the photo

  // Review, and back.
  await keyboard.press('r');
  await expect(page.getByRole('button', { name: 'Show not only Review' })).toBeVisible();
  await keyboard.press('r');
  await expect(page.getByRole('button', { name: 'Show not only Review' })).toHaveCount(0);
  const before = await decided(page);
  const run = (await state(page)).run!;
  await shell.close();

  // Another day.
  const again = await launch();
  await expect(photoTiles(again.page)).toHaveCount(names.length);
  await expect(photoTiles(again.page).first()).toHaveAccessibleName(/left at exit \d+.*confirmed by you/);
  await expect(photoTiles(again.page).nth(1)).toHaveAccessibleName(new RegExp(`^${other.title}, the network said .*corrected by you`));
  expect(await decided(again.page)).toEqual(before);
  await expect.poll(async () => (await state(again.page)).roots.every(({ scanning }) => !scanning)).toBe(true);
  expect((await state(again.page)).run).toEqual(run); // none came after it
  await again.page.keyboard.press('ControlOrMeta+z');
  await expect(photoTiles(again.page).nth(1)).not.toHaveAccessibleName(/corrected by you/);
  await again.page.keyboard.press('ControlOrMeta+Shift+z');
  await expect(photoTiles(again.page).nth(1)).toHaveAccessibleName(/corrected by you/);
});

test('what is typed into a field does nothing else', async ({ launch, folder }) => {
  for (const name of names.slice(0, 2)) place(name, join(folder, name));
  const { page } = await launch([folder]);
  await expect(photoTiles(page)).toHaveCount(2);
  await runEnds(page);
  await page.keyboard.press('/');
  await expect(page.getByRole('textbox', { name: 'Search in names' })).toBeFocused();
  await page.keyboard.type('cat i?l');
  await expect(page.getByRole('textbox', { name: 'Search in names' })).toHaveValue('cat i?l');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('complementary')).toHaveCount(0);
  for (let i = 0; i < 4; i++) await page.keyboard.press('Backspace');
  await expect(photoTiles(page)).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(photoTiles(page)).toHaveCount(2);
});

/** From nothing to sorted photos: the empty window and the samples. */
import { contentsOf, sampleNames, samples } from './photos.ts';
import { expect, state, test } from './squint.ts';
import { photoTiles, runEnds } from './window.ts';

test('the empty window promises the formats that are read, what happens to files, and a choice that has its price', async ({
  squint: { page },
}) => {
  const { formats, pack } = await state(page);
  await expect(page.getByRole('heading', { level: 1, name: 'Drop folders of photos here' })).toBeVisible();
  const listed = `${formats.slice(0, -1).join(', ')} and ${formats.at(-1)!}. Subfolders are included.`;
  await expect(page.getByText(listed)).toBeVisible();
  expect(formats).not.toContain('RAW');
  await expect(page.getByText('Squint never moves or changes a file until you say so. Nothing leaves this computer.')).toBeVisible();
  expect(pack?.calibrated).toBe(true);
  await expect(page.getByRole('radio')).toHaveCount(4);
  await expect(page.getByRole('radio', { checked: true })).toHaveText(/Balanced/);
  await expect(page.getByRole('radio').first()).toHaveText(/in 100 right.*J a photo/s);
});

test('sample photos appear, fill in with collection, confidence, exit and energy, and stay as they were on the disk', async ({
  squint: { page },
}) => {
  const before = contentsOf(samples);
  await page.getByRole('button', { name: 'Try sample photos' }).click();
  const tiles = photoTiles(page);
  await expect(tiles).toHaveCount(sampleNames.length);
  await runEnds(page);

  const { counts, pack } = await state(page);
  const exits = pack!.exits.length;
  expect(counts).toMatchObject({ photos: sampleNames.length, waiting: 0, failed: 0 });
  for (const tile of await tiles.all()) {
    await expect(tile).toHaveAccessibleName(new RegExp(`^.+\\d+%, left at exit \\d+ of ${exits}, about [\\d.]+ (milli)?joules`));
    await expect(tile).toContainText(new RegExp(`\\d+%\\s*\\d+/${exits}\\s*\\d+(·\\d+)?\\s*≈ [\\d.]+ m?J`));
  }
  const shown = tiles.locator('img');
  await expect
    .poll(() => shown.evaluateAll((all) => all.filter((one) => (one as HTMLImageElement).naturalWidth > 0).length))
    .toBeGreaterThanOrEqual(sampleNames.length);
  expect(contentsOf(samples)).toEqual(before);
});

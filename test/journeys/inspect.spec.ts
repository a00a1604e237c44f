/** What the network saw of one photo, and a closer look at it. */
import { expect, state, test } from './squint.ts';
import { photoTiles, runEnds, samplesSorted } from './window.ts';

test('the inspector shows the crops at their size, the grids of features, a row for each exit visited, and looks closer once it has told the cost', async ({
  squint: { page },
}) => {
  await samplesSorted(page);
  const { networks, exits } = (await state(page)).pack!;

  const early = page.getByRole('option', { name: new RegExp(`left at exit [1-${exits.length - 1}] of`) }).first();
  const name = (await early.textContent())!;
  await early.click();
  const leftAt = Number(/left at exit (\d+)/.exec(name)![1]);
  await page.keyboard.press('i');
  const inspector = page.getByRole('complementary', { name: 'What the network saw' });
  const rows = inspector.getByRole('table').getByRole('row');

  // What went in.
  const seen = exits[leftAt - 1]!.network;
  for (const [i, { side }] of networks.entries()) {
    const crop = inspector.getByAltText(`The ${side} by ${side} pixels that network ${i + 1} was given`);
    if (i + 1 <= seen) {
      await expect.poll(() => crop.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight])).toEqual([side, side]);
      const shown = (await crop.boundingBox())!.width / side;
      expect(Number.isInteger(shown) || shown < 1).toBe(true); // every pixel is as large as the next
    } else {
      await expect(crop).toHaveCount(0);
      await expect(inspector).toContainText(new RegExp(`${side} × ${side}.*not needed`));
    }
  }
  for (const [i, grid] of networks[0]!.grids.entries()) {
    const first = exits.findIndex(({ network, subNetwork }) => network === 1 && subNetwork === i + 1); // of this sub-network
    await expect(inspector.getByText(first < leftAt ? `features at ${grid} × ${grid}` : `${grid} × ${grid}, not needed`)).toBeVisible();
  }

  // What was thought of it.
  await expect(rows).toHaveCount(1 + leftAt + 1);
  await expect(rows.nth(leftAt)).toContainText(/\d+%.*leaves/s);
  if (leftAt > 1) await expect(rows.nth(1)).toContainText(/\d+%.*goes on/s);
  await expect(rows.last()).toContainText(/Not needed\s*saved/);
  await expect(inspector).toContainText(new RegExp(`Left at exit ${leftAt} of ${exits.length}: [\\d.]+ % reached its [\\d.]+ %\\.`));
  await expect(inspector).toContainText(/Read from.*Energy\s*reading [\d.]+ m?J, network [\d.]+ m?J, modelled/s);

  // A closer look.
  await inspector.getByRole('button', { name: 'Look closer' }).click();
  const left = exits.length - leftAt;
  await expect(inspector).toContainText(
    new RegExp(
      `${left === 1 ? 'The last exit' : `The ${left} remaining exits`}: about [\\d.]+ m?J \\([\\d.]+–[\\d.]+\\) more, .*The photo is read again`,
    ),
  );
  await expect(inspector.getByRole('button', { name: 'Look closer' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(rows).toHaveCount(1 + exits.length);
  await expect(rows.last()).toContainText(/leaves/);
  await expect(inspector).toContainText('Looked at closer by your wish, through every exit');
  await expect(inspector.getByRole('button', { name: 'Look closer' })).toHaveCount(0);
  await expect(photoTiles(page).and(page.locator('[aria-selected="true"]'))).toHaveAccessibleName(
    new RegExp(`left at exit ${exits.length} of ${exits.length}`),
  );
  await runEnds(page);
  expect((await state(page)).run).toMatchObject({ done: 1, stored: 0 });
});

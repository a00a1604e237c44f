/** Power against accuracy, by keyboard. */
import { expect, state, test } from './squint.ts';
import { runArea, runEnds, said, samplesSorted } from './window.ts';

test('the handle goes along the curve by keys, tells what its place means, and another place decides again at once', async ({
  squint: { page },
}) => {
  await samplesSorted(page);
  const before = (await state(page)).counts;
  const run = (await state(page)).run!.id;

  await page.getByRole('button', { name: 'Balanced' }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Power and accuracy' });
  const handle = dialog.getByRole('slider', { name: 'Power against accuracy' });
  await expect(handle).toBeFocused();
  await expect(handle).toHaveAttribute('aria-valuetext', /Balanced.*: [\d.]+ ms a photo, \d+% expected right/);
  await expect(dialog).toContainText('This is in force now.');
  await expect(dialog.getByRole('button', { name: 'Use this' })).toBeDisabled();

  // To a cheaper preset: everything is known.
  const places: number[] = [Number(await handle.getAttribute('aria-valuenow'))];
  await page.keyboard.press('PageDown');
  await expect(handle).toHaveAttribute('aria-valuetext', /Power saver/);
  places.push(Number(await handle.getAttribute('aria-valuenow')));
  expect(places[1]).toBeLessThan(places[0]!);
  await expect(dialog).toContainText(/Expected right\s*\d+\.\d%\s*\d+\.\d–\d+\.\d/);
  await expect(dialog).toContainText(/Energy a photo, mean\s*about [\d.]+ m?J/);
  await expect(dialog).toContainText(`${before.photos} of ${before.photos} photos would be decided again at once.`);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  expect((await state(page)).settings.choice).toEqual({ kind: 'preset', preset: 'balanced' }); // looking changes nothing

  // To the dearest: those that left early would have to be looked at closer.
  await page.getByRole('button', { name: 'Balanced' }).press('Enter');
  await page.keyboard.press('End');
  await expect(handle).toHaveAttribute('aria-valuetext', /Full/);
  const early = before.photos - before.exits.at(-1)!;
  await expect(dialog).toContainText(`${early} would have to be looked at closer`);
  await dialog.getByRole('button', { name: 'Use this' }).press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(said(page, 'Full is in force. What was known is decided again.')).toContainText(
    `${early} photos could be looked at closer.`,
  );
  await expect(page.getByRole('button', { name: 'Full' })).toBeVisible();
  await expect.poll(async () => (await state(page)).counts.further).toBe(early);
  expect((await state(page)).run!.id).toBe(run); // nothing was run
  await expect(runArea(page)).toContainText(`${early} photos could be looked at closer under Full`);

  await said(page, 'Full is in force').getByRole('button', { name: 'Look closer now' }).click();
  await expect.poll(async () => (await state(page)).run!.id).not.toBe(run);
  await runEnds(page);
  await expect.poll(async () => (await state(page)).counts).toMatchObject({ further: 0 });
  expect((await state(page)).counts.exits.at(-1)).toBe(before.photos);
});

test('the presets of the first run are chosen by arrows', async ({ squint: { page } }) => {
  await page.getByRole('radio', { checked: true }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('radio', { checked: true })).toHaveText(/Power saver/);
  await expect.poll(async () => (await state(page)).settings.choice).toEqual({ kind: 'preset', preset: 'saver' });
});

/** While a run goes: how it is told, steered, decided otherwise, looked at, and what becomes of it when something dies. */
import type { Page } from 'playwright';
import { placeMany } from './photos.ts';
import { descendants } from './processes.ts';
import { type Squint, dropFiles, expect, state, test } from './squint.ts';
import { photoTiles, runArea, runEnds, runOf } from './window.ts';

const many = 150;

/** Drops many photos, and waits until some are sorted and some are not. */
async function midRun({ page }: Squint, folder: string): Promise<void> {
  placeMany(folder, many);
  await page.evaluate(() => window.squint.request('settings.set', { threads: 1 })); // or a fast computer is through too soon
  await dropFiles(page, 'body', [folder]);
  await expect.poll(async () => (await runOf(page))?.done ?? 0, { intervals: [50] }).toBeGreaterThan(10);
}

/** Every photo has one verdict, and every exit's photos are those that left there. */
async function allAreSorted(page: Page): Promise<void> {
  const { counts } = await state(page);
  const sum = (n: readonly number[]): number => n.reduce((a, b) => a + b, 0);
  expect(counts).toMatchObject({ photos: many, waiting: 0, failed: 0, skipped: 0 });
  expect(sum([...Object.values(counts.collections), ...Object.values(counts.groups), counts.review])).toBe(many);
  expect(sum(counts.exits)).toBe(many);
}

test('a run tells how far it is, pauses with its reason, goes on, stops, and goes on again', async ({ squint, folder }) => {
  const { page } = squint;
  await midRun(squint, folder);
  await expect(runArea(page)).toContainText(/\d+ done/);
  await runArea(page).getByRole('button', { name: 'Pause' }).click();
  await expect(runArea(page)).toContainText(new RegExp(`Paused\\s*\\d+ of ${many} done\\s*You paused it\\.`));

  // What was under way is still finished; then it stands still.
  let before = -1;
  await expect
    .poll(
      async () => {
        const now = (await runOf(page))!.done;
        const stands = now === before;
        before = now;
        return stands;
      },
      { intervals: [2000] },
    )
    .toBe(true);
  expect(before).toBeLessThan(many);
  await expect(runArea(page).getByRole('progressbar', { name: 'Photos done' })).toHaveAttribute('aria-valuenow', String(before));

  await runArea(page).getByRole('button', { name: 'Resume' }).click();
  await expect.poll(async () => (await runOf(page))!.done).toBeGreaterThan(before);
  await runArea(page).getByRole('button', { name: 'Stop' }).click();
  await expect(runArea(page)).toContainText(/Stopped\s*\d+ left, results are kept/);
  const { done, id } = (await runOf(page))!;
  expect((await state(page)).counts.waiting).toBe(many - done);

  await runArea(page).getByRole('button', { name: 'Go on' }).click();
  await expect.poll(async () => (await runOf(page))!.id).not.toBe(id);
  await runEnds(page);
  expect(await runOf(page)).toMatchObject({ done: many - done, stored: 0 });
  await allAreSorted(page);
});

test('while photos are sorted, a click on an exit shows those that left there, and another one all', async ({ squint, folder }) => {
  const { page } = squint;
  await midRun(squint, folder);
  const exits = runArea(page).getByRole('group', { name: 'Photos by the exit that they left at' }).getByRole('button');
  await expect(exits).toHaveCount((await state(page)).pack!.exits.length);
  const first = exits.first();
  await first.click();
  await expect(first).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('button', { name: 'Show not only Exit 1' })).toBeVisible();
  await expect(photoTiles(page).first()).toHaveAccessibleName(/left at exit 1 of/);
  const shown = photoTiles(page);
  expect(await shown.evaluateAll((tiles) => tiles.filter((tile) => !/left at exit 1 of|Being fetched/.test(tile.textContent)).length)).toBe(
    0,
  );
  await first.click();
  await expect(first).toHaveAttribute('aria-pressed', 'false');
  await expect(shown.first()).toHaveAttribute('aria-setsize', String(many));
  await runEnds(page);
});

test('another choice in mid-run decides again what is sorted, and is that of what comes', async ({ squint, folder }) => {
  const { page } = squint;
  await midRun(squint, folder);
  await page.keyboard.press('k'); // or it might be through before the choice is made
  await expect(runArea(page).getByRole('button', { name: 'Resume' })).toBeVisible();
  await page.getByRole('button', { name: 'Balanced' }).click();
  await page.keyboard.press('End');
  await page.getByRole('button', { name: 'Use this' }).click();
  await expect(page.getByRole('button', { name: 'Full' })).toBeVisible();
  await runArea(page).getByRole('button', { name: 'Resume' }).click();
  await runEnds(page);
  await allAreSorted(page);
  const { counts } = await state(page);
  const last = counts.exits.at(-1)!;
  expect(counts.further).toBe(many - last); // all that left earlier, before the choice
  expect(counts.further).toBeGreaterThan(0);
  expect(last).toBeGreaterThan(0);
  await expect(runArea(page)).toContainText(`${counts.further} photos could be looked at closer under Full`);
  const { id } = (await runOf(page))!;
  await runArea(page).getByRole('button', { name: 'Look closer' }).click();
  await expect.poll(async () => (await runOf(page))!.id).not.toBe(id);
  await runEnds(page, /^Sorted in/);
  await expect
    .poll(async () => (await state(page)).counts)
    .toMatchObject({ further: 0, exits: [...counts.exits.slice(0, -1).map(() => 0), many] });
});

test('a page that is loaded again in mid-run shows the same run and the same photos', async ({ squint, folder }) => {
  const { page } = squint;
  await midRun(squint, folder);
  const { id, done } = (await runOf(page))!;
  await page.reload();
  await expect(photoTiles(page).first()).toBeVisible();
  expect((await runOf(page))!.id).toBe(id);
  expect((await runOf(page))!.done).toBeGreaterThanOrEqual(done);
  await runEnds(page);
  expect(await runOf(page)).toMatchObject({ id, done: many });
  await expect(photoTiles(page).first()).toHaveAttribute('aria-setsize', String(many));
  await expect(photoTiles(page).first()).toHaveAccessibleName(/left at exit/); // notices arrive
  await allAreSorted(page);
});

for (const name of ['reader', 'network'] as const) {
  test(`when the ${name} is killed in mid-run, another one takes over and every photo has one verdict`, async ({ squint, folder }) => {
    const { page } = squint;
    await midRun(squint, folder);
    kill(squint, name);
    await runEnds(page);
    expect(await runOf(page)).toMatchObject({ done: many, failed: 0, skipped: 0 });
    await allAreSorted(page);
  });
}

test('when the engine is killed in mid-run, the window says so, keeps what is sorted and goes on with the rest', async ({
  squint,
  folder,
}) => {
  const { page } = squint;
  await midRun(squint, folder);
  await page.keyboard.press('k'); // so that some are left
  const before = (await state(page)).counts.waiting;
  kill(squint, 'engine');
  await expect(page.getByText('was started again')).toBeVisible();
  const { counts } = await state(page);
  expect(counts.waiting).toBeLessThanOrEqual(before);
  if (counts.waiting > 0)
    await runArea(page)
      .getByRole('button', { name: /^(Go on|Sort them)$/ })
      .click();
  await runEnds(page);
  await allAreSorted(page);
  const names = await photoTiles(page).evaluateAll((tiles) => tiles.map((tile) => tile.id));
  expect(new Set(names).size).toBe(names.length);
});

function kill({ shell }: Squint, name: 'reader' | 'network' | 'engine'): void {
  const child = descendants(shell.process().pid!).find(({ command }) => command.includes(`${name}.mjs`));
  process.kill(child!.pid, 'SIGKILL');
}

/** Every screen, dark and light, narrow and wide, through axe-core: WCAG 2.1 A and AA. */
import { appendFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { place, sampleNames } from './photos.ts';
import { begin, history, openSort } from './sorting.ts';
import type { Squint } from './squint.ts';
import { expect, test } from './squint.ts';
import { runEnds, said, samplesSorted } from './window.ts';

const sizes = [
  { width: 1024, height: 720 },
  { width: 1920, height: 1080 },
];
const themes = ['dark', 'light'] as const;

/** What axe-core finds wrong with what is on screen, in each theme and size. */
async function faultsOf({ page, shell }: Squint, screen: string): Promise<string[]> {
  const faults: string[] = [];
  for (const size of sizes) {
    await shell.evaluate(({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]!.setBounds(to), size);
    for (const theme of themes) {
      await page.evaluate((to) => window.squint.request('settings.set', { theme: to }), theme);
      await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().withTags(['wcag2a', 'wcag2aa', 'wcag21aa']).analyze();
      for (const { id, nodes } of violations)
        faults.push(
          ...nodes.map(({ html, failureSummary }) => `${screen}, ${theme}, ${size.width}: ${id}: ${html}\n${failureSummary ?? ''}`),
        );
    }
  }
  return faults;
}

test('the first run is clean', async ({ squint }) => {
  await squint.page.emulateMedia({ reducedMotion: 'reduce' }); // no colour on its way to another
  await expect(squint.page.getByRole('radio', { checked: true })).toContainText('a photo');
  expect(await faultsOf(squint, 'first run')).toEqual([]);
});

test('every screen with photos is clean', async ({ squint }) => {
  const { page } = squint;
  test.slow();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await samplesSorted(page);
  await page.keyboard.press('ArrowRight');
  const faults: string[] = [];
  const look = async (screen: string): Promise<void> => void faults.push(...(await faultsOf(squint, screen)));
  const press = (key: string): Promise<void> => page.keyboard.press(key);

  await press('Enter'); // a decided photo, and a toast
  await look('grid');

  await press('i');
  await press('Space');
  await expect(page.getByRole('complementary', { name: 'What the network saw' }).getByRole('table')).toBeVisible();
  await look('loupe with inspector');

  await press('l');
  await expect(page.getByRole('combobox', { name: 'Collection' })).toBeFocused();
  await look('correct');
  await press('Escape');

  await press('?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await look('keys');
  await press('Escape');
  await press('g');
  await press('i');

  await page.getByRole('button', { name: 'Balanced' }).click();
  await expect(page.getByRole('dialog', { name: 'Power and accuracy' })).toContainText('This is in force now.');
  await look('power');
  await press('Escape');

  await press('ControlOrMeta+,');
  await expect(page.getByRole('radio').first()).toBeVisible();
  await look('settings');

  await page.getByRole('button', { name: 'About', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Licences' })).not.toBeEmpty();
  await look('about');
  await press('Escape');
  await press('Escape');

  await page.getByRole('button', { name: 'Activity' }).click();
  await expect(page.getByRole('table')).toBeVisible();
  await look('activity');
  await press('Escape');

  await press('r');
  await expect(page.getByRole('button', { name: 'Show not only Review' })).toBeVisible();
  await look('review');
  expect(faults).toEqual([]);
});

test('sorting, the question before an undo and the history are clean', async ({ launch, folder }) => {
  test.slow();
  const [trip, target] = [join(folder, 'Trip'), join(folder, 'Sorted')];
  for (const name of sampleNames.slice(0, 4)) place(name, join(trip, name));
  mkdirSync(target);
  const squint = await launch([trip]);
  const { page } = squint;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await runEnds(page);
  const faults: string[] = [];
  const look = async (screen: string): Promise<void> => void faults.push(...(await faultsOf(squint, screen)));

  const dialog = await openSort(squint, target);
  await dialog.getByRole('checkbox', { name: 'Include photos in Review' }).check();
  const folders = dialog.getByRole('tree', { name: 'Folders' }).getByRole('treeitem', { expanded: false });
  await folders.first().click();
  await expect(dialog.getByRole('treeitem', { name: /\.jpg/ }).first()).toBeVisible();
  await look('sort');

  const pattern = dialog.getByRole('combobox', { name: 'Folder name' });
  await pattern.fill('{colection}');
  await expect(dialog.getByRole('status')).toContainText('The folders cannot be named so.');
  await look('sort with a fault');
  await pattern.fill('{collection}');

  const files = await begin(dialog, 'Move');
  await expect(said(page, `Moved ${files} files`)).toBeVisible();
  const changed = readdirSync(target, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('.jpg'))!;
  appendFileSync(join(target, changed), 'changed since');
  const undo = history(page).getByRole('button', { name: /^Undo/ });
  await undo.click();
  const question = page.getByRole('dialog', { name: 'Undo' });
  await expect(question).toContainText(`${files - 1} files can be taken back.`);
  await look('undo');

  await question.getByRole('button', { name: /^Put back/ }).click();
  await expect(said(page, 'Put back')).toBeVisible();
  await history(page)
    .getByRole('button', { name: /^Details of: Put back/ })
    .click();
  await expect(history(page).getByText('as planned')).toBeVisible();
  await look('history');
  expect(faults).toEqual([]);
});

/** Every screen, dark and light, narrow and wide, through axe-core: WCAG 2.1 A and AA. */
import AxeBuilder from '@axe-core/playwright';
import type { Squint } from './squint.ts';
import { expect, test } from './squint.ts';
import { samplesSorted } from './window.ts';

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

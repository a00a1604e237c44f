/** The web host: the same window in a browser of this computer, opened by its address. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type Browser, type Page, chromium } from 'playwright';
import { chromiumPath } from './chromium.ts';
import { place, sampleNames } from './photos.ts';
import { test as base, dropFiles, expect, state } from './squint.ts';
import { listedFolders, photoTiles, runEnds } from './window.ts';

interface Fixtures {
  /** Starts `squint serve` with the journey's folder as the person's home. @returns the address that it prints */
  serve: () => Promise<string>;
  /** A browser that has never been at Squint. */
  visit: (address: string) => Promise<Page>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

const test = base.extend<Fixtures>({
  serve: async ({ home, folder }, use) => {
    let server: ChildProcess | undefined;
    await use(async () => {
      const child = spawn(process.execPath, ['src-main/hosts/cli/main.ts', 'serve'], {
        cwd: root,
        env: { ...process.env, SQUINT_HOME: home, HOME: folder, USERPROFILE: folder },
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      server = child;
      for await (const line of createInterface(child.stdout)) return line;
      throw new Error('squint serve ended before it told its address');
    });
    if (!server) return;
    const ended = new Promise((resolve) => server!.once('exit', resolve));
    server.kill('SIGINT');
    expect(await ended).toBe(0);
  },

  visit: async ({}, use, info) => {
    const executablePath = chromiumPath();
    info.skip(executablePath === null, 'there is no Chromium on this computer; SQUINT_CHROMIUM names one');
    let browser: Browser | undefined;
    const faults: string[] = [];
    await use(async (address) => {
      browser ??= await chromium.launch({ executablePath: executablePath! });
      const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
      page.on('pageerror', (error) => faults.push(error.message));
      await page.goto(address);
      return page;
    });
    await browser?.close();
    expect(faults, 'errors in the page').toEqual([]);
  },
});

test('the address opens the window; the token leaves it, and a page loaded again keeps its session', async ({ serve, visit }) => {
  const address = await serve();
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#[\w-]{32}$/);
  const page = await visit(address);
  await page.getByRole('button', { name: 'Try sample photos' }).click();
  await runEnds(page); // as notices told it
  await expect(photoTiles(page)).toHaveCount(sampleNames.length);
  await expect(photoTiles(page).first()).toHaveAccessibleName(/left at exit \d+ of \d+, about/);
  await expect
    .poll(() =>
      photoTiles(page)
        .locator('img')
        .evaluateAll((all) => all.filter((one) => (one as HTMLImageElement).naturalWidth > 0).length),
    )
    .toBeGreaterThanOrEqual(sampleNames.length);

  expect(page.url()).toBe(address.replace(/#.*/, ''));
  const [cookie] = await page.context().cookies();
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', domain: '127.0.0.1' });
  expect(address).not.toContain(cookie!.value);
  await page.reload();
  await expect(photoTiles(page)).toHaveCount(sampleNames.length);
});

test('a browser without the token is refused, with the words for it', async ({ serve, visit }) => {
  const [address] = (await serve()).split('#') as [string];
  for (const tried of [address, `${address}#${'a'.repeat(32)}`]) {
    const page = await visit(tried);
    await expect(page.getByRole('alert')).toContainText('This page was not opened from Squint.');
    await expect(page.getByRole('alert')).toContainText('Open the address that Squint printed when it started.');
    expect(await page.context().cookies()).toEqual([]);
    const statuses = await page.evaluate(async () => {
      const asked = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"name":"library.state","params":{}}' };
      return [(await fetch('/request', asked)).status, (await fetch('/media/thumb/1/1/thumb')).status, (await fetch('/notices')).status];
    });
    expect(statuses).toEqual([401, 401, 401]);
  }
});

test('folders are added by its own picker, which a drop opens as well', async ({ serve, visit, folder }) => {
  place('cat.jpg', join(folder, 'Pictures', 'Trip', 'cat.jpg'));
  place('coffee.jpg', join(folder, 'Pictures', 'Trip', 'coffee.jpg'));
  mkdirSync(join(folder, 'Music'));
  const page = await visit(await serve());

  await dropFiles(page, 'body', [join(folder, 'Pictures')]);
  await expect(page.getByText('A browser does not tell where dropped files lie.')).toBeVisible();
  const picker = page.getByRole('dialog', { name: 'Add folder' });
  await expect(picker.getByRole('list', { name: 'Folders' }).getByRole('button')).toHaveText(['The folder above', 'Music', 'Pictures']);
  await page.keyboard.press('Escape');
  await expect(picker).toHaveCount(0);

  await page.getByRole('button', { name: 'Add folder' }).click();
  await picker.getByRole('button', { name: 'Pictures' }).click();
  await picker.getByRole('button', { name: 'Trip' }).click();
  await expect(picker).toContainText('2 photos lie directly in it');
  await picker.getByRole('button', { name: 'Add this folder' }).click();
  await expect.poll(() => listedFolders(page)).toEqual(['Trip 2']);
  await runEnds(page);
  expect((await state(page)).roots.map(({ path }) => path)).toEqual([join(folder, 'Pictures', 'Trip')]);
});

test('a second browser with the address shows the same library', async ({ serve, visit, folder }) => {
  place('cat.jpg', join(folder, 'Trip', 'cat.jpg'));
  const address = await serve();
  const first = await visit(address);
  const second = await visit(address);
  await first.getByRole('button', { name: 'Add folder' }).click();
  const picker = first.getByRole('dialog', { name: 'Add folder' });
  await picker.getByRole('button', { name: 'Trip' }).click();
  await picker.getByRole('button', { name: 'Add this folder' }).click();
  for (const page of [first, second]) {
    await expect(photoTiles(page)).toHaveCount(1);
    await expect(photoTiles(page).first()).toHaveAccessibleName(/left at exit/);
  }
});

/** The shell: what the page may and may not do, and how paths come in. */
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';
import { dropFiles, expect, state, test } from './squint.ts';

const sample = (name: string): string => fileURLToPath(new URL(`../../models/samples/${name}`, import.meta.url));

test('the page has a bridge of a few functions, and nothing of Node', async ({ squint: { page } }) => {
  await expect(page).toHaveTitle('Squint');
  const found = await page.evaluate(() => [
    Object.keys(window.squint).sort(),
    Object.isFrozen(window.squint),
    ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in window),
  ]);
  expect(found).toEqual([['addDropped', 'host', 'mediaUrl', 'onNotice', 'platform', 'request'], true, []]);
});

test('the policy of the page refuses scripts, pictures and connections from elsewhere', async ({ squint: { page } }) => {
  const refused = await page.evaluate(async () => {
    const violations: string[] = [];
    addEventListener('securitypolicyviolation', ({ effectiveDirective }) => violations.push(effectiveDirective));
    const script = document.createElement('script');
    script.textContent = 'window.ran = true';
    const image = new Image();
    image.src = 'https://squint.invalid/a.png';
    document.head.append(script, image);
    await fetch('https://squint.invalid/').catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 100));
    return [[...new Set(violations)].sort(), 'ran' in window];
  });
  expect(refused).toEqual([['connect-src', 'img-src', 'script-src-elem'], false]);
});

test('the page goes nowhere and opens nothing', async ({ squint: { page, shell } }) => {
  const before = page.url();
  await page.evaluate(() => {
    location.href = 'https://squint.invalid/';
    window.open('https://squint.invalid/');
  });
  await page.waitForTimeout(500);
  expect(page.url()).toBe(before);
  expect(await page.evaluate(() => 'squint' in window)).toBe(true);
  expect(await shell.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('the page gets no permission', async ({ squint: { page, shell }, electron }) => {
  if (electron === 'real') {
    const states = await page.evaluate(() => {
      const names: PermissionName[] = ['geolocation', 'notifications', 'camera', 'microphone'];
      return Promise.all(names.map(async (name) => (await navigator.permissions.query({ name })).state));
    });
    expect(states).toEqual(Array(4).fill('denied'));
    return;
  }
  // The stand-in's Chromium asks nobody, so the shell's own handlers are asked what they would say.
  const answers = await shell.evaluate(({ session }) => {
    const { request, check, device } = (
      session.defaultSession as unknown as { permissions: Record<string, (...about: unknown[]) => unknown> }
    ).permissions;
    let asked: unknown;
    request!({}, 'media', (allowed: unknown) => (asked = allowed));
    return [asked, check!({}, 'media'), device!({})];
  });
  expect(answers).toEqual([false, false, false]);
});

test('the page cannot name a path, nor ask what only a host may', async ({ squint: { page } }) => {
  const ask = (name: string, params: unknown): Promise<unknown> =>
    page.evaluate(([n, p]) => window.squint.request(n, p), [name, params] as const);
  expect(await ask('roots.add', { paths: ['/'] })).toMatchObject({ ok: false, problem: { code: 'not-for-views' } });
  expect(await ask('media.file', { kind: 'full', id: 1 })).toMatchObject({ ok: false, problem: { code: 'not-for-views' } });
  expect(await page.evaluate(() => window.squint.addDropped([new File([''], '/etc/passwd')]))).toMatchObject({
    ok: false,
    problem: { code: 'no-path' },
  });
});

test('two dropped files of one name keep their own paths', async ({ squint: { page }, folder }) => {
  const paths = ['one', 'two'].map((name) => {
    mkdirSync(join(folder, name));
    return join(folder, name, 'photo.jpg');
  });
  copyFileSync(sample('cat.jpg'), paths[0]!);
  copyFileSync(sample('coffee.jpg'), paths[1]!);
  await dropFiles(page, 'body', paths);
  await expect.poll(() => rootsOf(page)).toEqual([join(folder, 'one'), join(folder, 'two')]);
});

test('pictures come by id, and nothing else by their scheme', async ({ squint: { page }, folder }) => {
  copyFileSync(sample('cat.jpg'), join(folder, 'cat.jpg'));
  await dropFiles(page, 'body', [folder]);
  const sizeOf = (address: string): Promise<number> =>
    page.evaluate(async (src) => {
      const image = new Image();
      image.src = src;
      return image.decode().then(
        () => image.naturalWidth,
        () => 0,
      );
    }, address);
  const thumb = await page.evaluate(async () => {
    const filter = {};
    for (;;) {
      const ids = await window.squint.request('photos.ids', { filter, order: 'added', after: null, limit: 1 });
      const [id] = ids.ok ? (ids.value as { ids: number[] }).ids : [];
      if (id !== undefined) return window.squint.mediaUrl(id, '1', { kind: 'thumb', level: 'thumb' });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });
  expect(await sizeOf(thumb)).toBeGreaterThan(100);
  for (const address of ['squint://thumb/99/thumb', 'squint://app/../../package.json', 'squint://log/1', 'squint://full/0'])
    expect(await sizeOf(address), address).toBe(0);
});

test('folders on the command line are added, relative ones from where the person stands, and a second start hands its own over', async ({
  launch,
  launchAgain,
  folder,
}) => {
  for (const name of ['first', 'second']) {
    mkdirSync(join(folder, name));
    copyFileSync(sample('cat.jpg'), join(folder, name, 'cat.jpg'));
  }
  const { page } = await launch([join(folder, 'first')]);
  await expect.poll(() => rootsOf(page)).toEqual([join(folder, 'first')]);
  expect(await launchAgain(['second'], folder)).toBe(0);
  await expect.poll(() => rootsOf(page)).toEqual([join(folder, 'first'), join(folder, 'second')]);
});

test('the window comes back where it was closed', async ({ launch }) => {
  const first = await launch();
  const bounds = { x: 120, y: 80, width: 1180, height: 700 };
  await first.shell.evaluate(({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]!.setBounds(to), bounds);
  await first.shell.close();
  const { shell } = await launch();
  expect(await shell.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.getBounds())).toEqual(bounds);
});

const rootsOf = async (page: Page): Promise<string[]> => (await state(page)).roots.map(({ path }) => path).sort();

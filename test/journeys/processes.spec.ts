/** What holds when processes end, whoever ends them. */
import { type Process, descendants, processes } from './processes.ts';
import { expect, state, test } from './squint.ts';

test.skip(process.platform === 'win32', '[other system] looks at processes with ps');

test('when the shell is killed, every process of it is gone in five seconds and the library is free', async ({ launch }) => {
  const { shell, page } = await launch();
  await page.evaluate(() => window.squint.request('samples.add', {}));
  const main = shell.process();
  await expect.poll(() => descendants(main.pid!).filter(({ command }) => /(engine|reader|network)\.mjs/.test(command)).length).toBe(3);
  const ours = descendants(main.pid!).map(({ pid }) => pid);
  main.kill('SIGKILL');
  await expect.poll(() => processes().filter(({ pid }) => ours.includes(pid)), { timeout: 5000 }).toEqual([]);
  const again = await launch();
  expect(await state(again.page)).toMatchObject({ roots: [{ name: 'samples' }] });
});

test('when the engine is killed, it is started again and the window says so', async ({ squint: { shell, page } }) => {
  await state(page);
  const engines = (): Process[] => descendants(shell.process().pid!).filter(({ command }) => command.includes('engine.mjs'));
  const [first] = engines();
  process.kill(first!.pid, 'SIGKILL');
  await expect(page.getByText('was started again')).toBeVisible();
  expect(await state(page)).toMatchObject({ roots: [] });
  expect(engines().map(({ pid }) => pid)).not.toContain(first!.pid);
});

test('when the window is closed, nothing is left', async ({ launch }) => {
  const { shell, page } = await launch();
  await state(page);
  const ours = descendants(shell.process().pid!).map(({ pid }) => pid);
  await page.close();
  await expect.poll(() => processes().filter(({ pid }) => ours.includes(pid)), { timeout: 10_000 }).toEqual([]);
});

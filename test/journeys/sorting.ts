/** Sorting into folders as a person does it in the window, and what lies on the disk before and after. */
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { expect } from 'playwright/test';
import { ask } from './ask.ts';
import { descendants } from './processes.ts';
import type { Squint } from './squint.ts';
import type { Shell } from './stand-in/launch.ts';

/** What the files are, whatever their names. */
export const bytesOf = (...trees: readonly Record<string, string>[]): string[] => trees.flatMap((tree) => Object.values(tree)).sort();

/** A folder on another volume than the temporary one, where this computer has one that can be written to. */
export function anotherVolume(): { readonly path: string; readonly remove: () => void } | null {
  const shm = '/dev/shm';
  if (!existsSync(shm) || statSync(shm).dev === statSync(tmpdir()).dev) return null;
  const path = mkdtempSync(join(shm, 'squint-volume-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export const sortDialog = (page: Page): Locator => page.getByRole('dialog', { name: 'Sort files' });
export const history = (page: Page): Locator => page.getByRole('complementary', { name: 'History' });

/** Opens the dialog and chooses where to. The system's dialog answers with the target. */
export async function openSort({ shell, page }: Squint, target: string): Promise<Locator> {
  await shell.evaluate(
    ({ dialog }, path) => (dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] })),
    target,
  );
  await page.getByRole('button', { name: 'Sort files…' }).click();
  const dialog = sortDialog(page);
  await dialog.getByRole('button', { name: 'Choose…' }).click();
  await expect(dialog.getByText(target, { exact: true })).toBeVisible();
  return dialog;
}

/** Presses the button that names the number of files. @returns that number */
export async function begin(dialog: Locator, verb: 'Move' | 'Copy'): Promise<number> {
  const button = dialog.getByRole('button', { name: new RegExp(`^${verb} [\\d,]+ files?$`) });
  await expect(button).toBeEnabled();
  const files = Number(/[\d,]+/.exec((await button.textContent())!)![0].replaceAll(',', ''));
  await button.click();
  await expect(dialog).toBeHidden();
  return files;
}

/** Gives all photos a collection by the person's word, these in turn, so that they can be sorted before they were looked at. */
export async function decideAll(page: Page, ...collections: readonly string[]): Promise<void> {
  const { ids } = await ask(page, 'photos.ids', { filter: {}, order: 'added', after: null, limit: 10_000 });
  for (const [turn, collection] of collections.entries()) {
    await ask(page, 'decisions.correct', { ids: ids.filter((_, i) => i % collections.length === turn), collection });
  }
}

/** As when the power fails: the engine and the shell end at once, without a word. */
export async function killAll(shell: Shell): Promise<void> {
  const pid = shell.process().pid!;
  for (const { pid: engine } of descendants(pid).filter(({ command }) => command.includes('engine.mjs'))) process.kill(engine, 'SIGKILL');
  shell.process().kill('SIGKILL');
  await expect.poll(() => shell.process().signalCode).toBe('SIGKILL');
}

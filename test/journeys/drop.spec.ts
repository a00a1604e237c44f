/** What people drop on the window: folders, files, several, a mix, what is there already and what is no picture. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { place } from './photos.ts';
import { dropFiles, expect, state, test } from './squint.ts';
import { listedFolders, photoNames, photoTiles, runEnds, said } from './window.ts';

const drop = (page: Page, ...paths: string[]): Promise<void> => dropFiles(page, 'body', paths);

test('a folder comes with what lies below it, is shown at once and sorted', async ({ squint: { page }, folder }) => {
  place('cat.jpg', join(folder, 'Iceland', 'cat.jpg'));
  place('coffee.jpg', join(folder, 'Iceland', 'south', 'coffee.jpg'));
  place('dogs.jpg', join(folder, 'not dropped.jpg'));
  await drop(page, join(folder, 'Iceland'));
  await expect.poll(() => listedFolders(page)).toEqual(['Iceland 2']);
  await expect(page.getByRole('button', { name: /^Iceland,? 2 photos/ })).toHaveAttribute('aria-current', 'true');
  await runEnds(page);
  expect((await photoNames(page)).sort()).toEqual(['cat.jpg', 'coffee.jpg']);
});

test('several folders come together, also two of one name', async ({ squint: { page }, folder }) => {
  const folders = ['one', 'two', 'three'].map((parent) => join(folder, parent, parent === 'three' ? 'Lake' : 'Trip'));
  place('cat.jpg', join(folders[0]!, 'a.jpg'));
  place('coffee.jpg', join(folders[1]!, 'a.jpg'));
  place('dogs.jpg', join(folders[2]!, 'a.jpg'));
  await drop(page, ...folders);
  await expect.poll(() => listedFolders(page)).toEqual(['Trip 1', 'Trip 1', 'Lake 1']);
  expect((await state(page)).roots.map(({ path }) => path)).toEqual(folders);
  await expect(photoTiles(page)).toHaveCount(3);
  await runEnds(page);
  expect((await state(page)).counts).toMatchObject({ photos: 3, waiting: 0, failed: 0 });
});

test('single files come without their neighbours, also two of one name', async ({ squint: { page }, folder }) => {
  const files = [place('cat.jpg', join(folder, 'one', 'photo.jpg')), place('coffee.jpg', join(folder, 'two', 'photo.jpg'))];
  place('dogs.jpg', join(folder, 'one', 'neighbour.jpg'));
  await drop(page, ...files);
  await expect.poll(() => listedFolders(page)).toEqual(['Single files in one 1', 'Single files in two 1']);
  await expect(photoTiles(page)).toHaveCount(2);
  await runEnds(page);
});

test('of a mix everything comes that can, and what cannot is told', async ({ squint: { page }, folder }) => {
  place('cat.jpg', join(folder, 'Trip', 'cat.jpg'));
  writeFileSync(join(folder, 'Trip', 'diary.txt'), 'It rained.');
  const photo = place('coffee.jpg', join(folder, 'others', 'coffee.jpg'));
  const text = join(folder, 'others', 'letter.txt');
  writeFileSync(text, 'Dear Anna');
  const nothing = join(folder, 'Empty');
  mkdirSync(nothing);
  await drop(page, join(folder, 'Trip'), photo, text, nothing);
  await expect(said(page, 'letter.txt is no picture.')).toBeVisible();
  await expect.poll(() => listedFolders(page)).toEqual(['Trip 1', 'Empty 0', 'Single files in others 1']);
  await runEnds(page);
  await page.getByRole('button', { name: 'Activity' }).click();
  await expect(page.getByRole('main', { name: 'Activity' })).toContainText(/Files named \.txt are no pictures\..*diary\.txt/s);
});

test('a folder inside one that is there is told and shown, and one around it takes it in', async ({ squint: { page }, folder }) => {
  const inner = join(folder, 'Photos', 'Iceland');
  const photo = place('cat.jpg', join(inner, 'cat.jpg'));
  place('coffee.jpg', join(folder, 'Photos', 'coffee.jpg'));
  await drop(page, inner);
  await runEnds(page);
  await drop(page, join(folder, 'Photos'));
  await expect(said(page, 'Iceland is now part of Photos.')).toBeVisible();
  await expect.poll(() => listedFolders(page)).toEqual(['Photos 2']);
  await runEnds(page);
  expect((await state(page)).run).toMatchObject({ done: 2, stored: 1 }); // the cat is known by its content

  await drop(page, inner);
  await expect(said(page, 'Iceland is already in the library, inside Photos.')).toBeVisible();
  await drop(page, photo);
  await expect(said(page, 'cat.jpg is already in the library, inside Photos.')).toBeVisible();
  await expect.poll(() => listedFolders(page)).toEqual(['Photos 2']);
});

test('a drop of nothing that can be added leaves the window as it was, and says why', async ({ squint: { page }, folder }) => {
  const text = join(folder, 'letter.txt');
  writeFileSync(text, 'Dear Anna');
  await drop(page, text);
  await expect(said(page, 'letter.txt is no picture.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Try sample photos' })).toBeVisible();
});

test('"Add folder" adds what is chosen in the system’s dialog, and nothing where that is cancelled', async ({
  squint: { page, shell },
  folder,
}) => {
  place('cat.jpg', join(folder, 'cat.jpg'));
  await page.getByRole('button', { name: 'Add folder' }).click(); // the dialog is cancelled
  await expect(page.getByRole('button', { name: 'Try sample photos' })).toBeVisible();
  await shell.evaluate(
    ({ dialog }, path) => (dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] })),
    folder,
  );
  await page.getByRole('button', { name: 'Add folder' }).click();
  await expect(photoTiles(page)).toHaveCount(1);
  await runEnds(page);
});

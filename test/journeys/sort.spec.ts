/** Photos are sorted into folders, put back, and nothing is lost, whatever happens meanwhile. */
import { existsSync, mkdirSync, readdirSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { place, placeMany, sampleNames } from './photos.ts';
import { anotherVolume, begin, bytesOf, decideAll, history, killAll, openSort } from './sorting.ts';
import { treeOf } from '../tree-of.ts';
import { expect, state, test } from './squint.ts';
import { listedFolders, photoTiles, runEnds, said } from './window.ts';

test('photos are sorted into folders, put back, and sorted again', async ({ launch, folder }) => {
  const trip = join(folder, 'Trip');
  for (const name of sampleNames) place(name, join(trip, name));
  writeFileSync(join(trip, sampleNames[0]!.replace('.jpg', '.xmp')), '<x:xmpmeta xmlns:x="adobe:ns:meta/"/>');
  const target = join(folder, 'Sorted');
  mkdirSync(target);
  const squint = await launch([trip]);
  const { page } = squint;
  await runEnds(page);
  const before = treeOf(trip);

  const dialog = await openSort(squint, target);
  await expect(dialog.getByRole('heading', { name: 'Preview, nothing has been moved' })).toBeVisible();
  await expect(dialog.getByText('1 set', { exact: true })).toBeVisible();
  const files = await begin(dialog, 'Move');
  await expect(said(page, `Moved ${files} files to`)).toBeVisible();
  const left = treeOf(trip);
  const moved = treeOf(target);
  expect(Object.keys(moved)).toHaveLength(files);
  expect(bytesOf(left, moved)).toEqual(bytesOf(before));
  expect(Object.keys(moved).every((path) => path.includes('/'))).toBe(true);
  // What went has left the folder that is shown; it is in the library all the same.
  await expect(photoTiles(page)).toHaveCount(Object.keys(left).filter((path) => path.endsWith('.jpg')).length);
  expect((await state(page)).counts.photos).toBe(sampleNames.length);

  await said(page, `Moved ${files} files to`).getByRole('button', { name: /^Undo/ }).click();
  await expect(said(page, `Put back ${files} files`)).toBeVisible();
  expect(treeOf(trip)).toEqual(before);
  expect(readdirSync(target)).toEqual([]);

  await history(page)
    .getByRole('button', { name: /^Do again/ })
    .first()
    .click();
  await expect(said(page, `Moved ${files} files to`)).toBeVisible();
  expect(treeOf(target)).toEqual(moved);
  expect(treeOf(trip)).toEqual(left);
});

test('copies leave their originals alone, and names that are in use get a number', async ({ launch, folder }) => {
  const trip = join(folder, 'Trip');
  for (const name of sampleNames.slice(0, 4)) place(name, join(trip, name));
  const target = join(folder, 'Sorted');
  const squint = await launch([trip]);
  const { page } = squint;
  await runEnds(page);
  await decideAll(page, 'cats');
  const { pack } = await state(page);
  const cats = pack!.collections.find(({ key }) => key === 'cats')!.title;
  mkdirSync(join(target, cats), { recursive: true });
  writeFileSync(join(target, cats, sampleNames[0]!), 'a file of somebody else');
  place(sampleNames[1]!, join(target, cats, sampleNames[1]!));
  const before = treeOf(trip);

  const dialog = await openSort(squint, target);
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(dialog.getByText('the same file is there already', { exact: false })).toBeVisible();
  expect(await begin(dialog, 'Copy')).toBe(3);
  await expect(said(page, 'Copied 3 files to')).toBeVisible();
  expect(treeOf(trip)).toEqual(before);
  const numbered = sampleNames[0]!.replace('.jpg', ' (2).jpg');
  expect(readdirSync(join(target, cats)).sort()).toEqual([...sampleNames.slice(0, 4), numbered].sort());
});

test('a kill in the middle of a move loses nothing, the next start says what it settled, and all of it can be put back', async ({
  launch,
  folder,
}) => {
  test.skip(process.platform === 'win32', '[other system] looks at processes with ps');
  const other = anotherVolume();
  test.skip(other === null, '[other system] this computer has no second volume to move to');
  try {
    const trip = join(folder, 'Trip');
    placeMany(trip, 300);
    mkdirSync(join(other!.path, 'Cats'));
    writeFileSync(join(other!.path, 'Cats', 'photo-0001.jpg'), 'a file of somebody else');
    utimesSync(join(trip, 'photo-0007.jpg'), 1_234_567_890.5, 1_234_567_890.5);
    const squint = await launch([trip]);
    const { page, shell } = squint;
    await expect.poll(async () => (await state(page)).counts.photos).toBe(300);
    await page.evaluate(() => window.squint.request('run.stop', {}));
    await decideAll(page, 'cats');
    const before = [treeOf(trip), treeOf(other!.path)] as const;

    const dialog = await openSort(squint, other!.path);
    expect(await begin(dialog, 'Move')).toBe(300);
    await expect.poll(() => readdirSync(trip).length, { intervals: [5] }).toBeLessThan(300); // the first of them are moved
    await killAll(shell);

    const again = await launch();
    await expect(said(again.page, 'Squint ended before it was done').first()).toBeVisible();
    const halfway = [treeOf(trip), treeOf(other!.path)] as const;
    expect(bytesOf(...halfway)).toEqual(bytesOf(...before));
    expect(Object.keys(halfway[0]).length).toBeGreaterThan(0);
    expect(Object.keys(halfway[0]).length).toBeLessThan(300);
    await again.page.getByRole('button', { name: 'History' }).click();
    await history(again.page).getByRole('button', { name: /^Undo/ }).first().click();
    await expect(said(again.page, 'Put back')).toBeVisible();
    expect([treeOf(trip), treeOf(other!.path)]).toEqual(before);
  } finally {
    other!.remove();
  }
});

test('a folder that is taken away is offline, keeps its photos, and is back by itself', async ({ launch, folder }) => {
  const trip = join(folder, 'Trip');
  for (const name of sampleNames.slice(0, 3)) place(name, join(trip, name));
  const { page } = await launch([trip]);
  await runEnds(page);
  renameSync(trip, join(folder, 'elsewhere'));
  const sidebar = page.getByRole('navigation', { name: 'Sidebar' });
  await expect(sidebar.getByText('offline')).toBeVisible();
  await expect(photoTiles(page)).toHaveCount(3);
  expect((await state(page)).counts).toMatchObject({ photos: 3, failed: 0 });
  renameSync(join(folder, 'elsewhere'), trip);
  await expect(sidebar.getByText('offline')).toBeHidden();
  expect(existsSync(trip)).toBe(true);
  await expect.poll(() => listedFolders(page)).toEqual(['Trip 3']);
});

/**
 * A thousand photos sorted in the window to another volume where names are taken, killed on the way, started again, sorted to the end, and all
 * of it put back. Buttons are pressed as a person would, and what lies on the disk is looked at from outside: hashes, names and times.
 */
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright';
import { buildBundle, bundleIsCurrent } from '../../build/bundle.ts';
import type { Operation } from '../../src-main/contract/operations.ts';
import { ask } from '../journeys/ask.ts';
import { placeMany } from '../journeys/photos.ts';
import { anotherVolume, begin, bytesOf, decideAll, history, killAll, openSort } from '../journeys/sorting.ts';
import { treeOf } from '../tree-of.ts';
import { type Shell, launchStandIn } from '../journeys/stand-in/launch.ts';

interface Squint {
  readonly shell: Shell;
  readonly page: Page;
}

/** What lies on both volumes. */
interface Disks {
  readonly photos: Record<string, string>;
  readonly target: Record<string, string>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const inFolder = 250; // photos; each folder has the same names
const taken = 40; // names of photos that other files have in every folder of the target

export async function run([photos = '1000', kills = '1']: readonly string[]): Promise<void> {
  if (!bundleIsCurrent() && !buildBundle()) throw new Error('There is no bundle to start: what electron-vite says of it is above.');
  const other = anotherVolume();
  if (other === null) throw new Error('This computer has no second volume that can be written to.');
  const folder = mkdtempSync(join(tmpdir(), 'squint-sort-'));
  try {
    await sortAndUndo(folder, other.path, Number(photos), Number(kills));
  } finally {
    other.remove();
    rmSync(folder, { recursive: true, maxRetries: 5 });
  }
}

async function sortAndUndo(folder: string, target: string, count: number, kills: number): Promise<void> {
  const home = join(folder, 'home');
  const photos = join(folder, 'Photos');
  plantPhotos(photos, count);
  let squint = await launch(home, [photos]);
  await until(async () => (await ask(squint.page, 'library.state', {})).counts.photos === count);
  await ask(squint.page, 'run.stop', {});
  const { pack } = await ask(squint.page, 'library.state', {});
  const collections = pack!.collections.slice(0, 6);
  await decideAll(squint.page, ...collections.map(({ key }) => key));
  plantStrangers(
    photos,
    collections.map(({ title }) => join(target, title)),
  );
  const look = (): Disks => ({ photos: treeOf(photos), target: treeOf(target) });
  const before = look();
  const files = Object.keys(before.photos).length;
  const strangers = Object.keys(before.target);
  row('files', `${files}: ${count} photos of ${Math.ceil(count / inFolder)} folders with equal names, a tenth with RAW and sidecar`);
  row('bytes', megabytes(bytesBelow(photos)));
  row('names taken at the target', `${strangers.length}, half of them by the same bytes`);

  let differences = 0;
  let seconds = 0;
  for (let round = 0; round <= kills; round++) {
    const left = filesBelow(photos);
    const dialog = await sortOf(squint, target);
    const earlier = await newest(squint.page);
    const planned = await begin(dialog, 'Move');
    const began = performance.now();
    row(round === 0 ? 'the button' : 'the button, after that', `Move ${planned} files`);
    if (round < kills) {
      const enough = left - planned / (kills + 1 - round);
      await until(() => filesBelow(photos) <= enough);
      seconds += (performance.now() - began) / 1000;
      await killAll(squint.shell);
      const killed = look();
      squint = await launch(home);
      const told = squint.page.locator('.toast').filter({ hasText: 'Squint ended before it was done' }).first();
      await told.waitFor();
      const halfway = look();
      row('moved before the kill', `${left - Object.keys(killed.photos).length} of ${planned} files`);
      row('names that the restart settled', `${namesThatDiffer(killed, halfway)}, of these ${temporaryNames(killed)} temporary`);
      row('what it told', (await told.innerText()).replaceAll(/\s+/g, ' '));
      differences += tell('differences after the restart', lost(before, halfway) + touched(before, halfway));
    } else {
      await ended(squint.page, earlier);
      seconds += (performance.now() - began) / 1000;
    }
  }

  const sorted = look();
  const moved = files - Object.keys(sorted.photos).length;
  const movedBytes = bytesBelow(target) - strangers.reduce((sum, path) => sum + statSync(join(target, path)).size, 0);
  const numbered = Object.keys(sorted.target).filter((path) => / \(\d+\)\./.test(path)).length;
  row('moved in all', `${moved} files, ${numbered} of them numbered; ${files - moved} stay, the same file is there`);
  row('time to move', `${seconds.toFixed(1)} s: ${(moved / seconds).toFixed(0)} files/s, ${megabytes(movedBytes / seconds)}/s`);
  differences += tell('differences after the sort', lost(before, sorted) + touched(before, sorted));

  const backSeconds: number[] = []; // the history stands open since the sort
  const undo = history(squint.page).getByRole('button', { name: /^Undo/ });
  for (let offered = await undo.count(); offered > 0; offered = await undo.count()) {
    const earlier = await newest(squint.page);
    const began = performance.now();
    await undo.first().click();
    await ended(squint.page, earlier);
    backSeconds.push((performance.now() - began) / 1000);
    await until(async () => (await undo.count()) < offered);
  }
  const after = look();
  row('undone, newest first', `${backSeconds.length} operations in ${backSeconds.map((s) => s.toFixed(1)).join(' + ')} s`);
  differences += tell('hashes, names and times that differ', namesThatDiffer(before, after));
  await squint.shell.close();
  row('differences', String(differences));
  if (differences > 0) process.exitCode = 1;
}

/** Folders with equal names; each photo with a time of its own, a tenth of them with a RAW file and a sidecar. */
function plantPhotos(folder: string, count: number): void {
  placeMany(folder, count);
  for (const [i, name] of readdirSync(folder).sort().entries()) {
    const into = join(folder, `Trip ${1 + Math.floor(i / inFolder)}`);
    const stem = `IMG_${String(1 + (i % inFolder)).padStart(4, '0')}`;
    mkdirSync(into, { recursive: true });
    renameSync(join(folder, name), join(into, `${stem}.jpg`));
    if (i % 10 === 9) {
      writeFileSync(join(into, `${stem}.CR2`), `the sensor's own picture, ${i}`);
      writeFileSync(join(into, `${stem}.xmp`), `<x:xmpmeta xmlns:x="adobe:ns:meta/"/><!-- ${i} -->`);
    }
  }
  for (const [i, path] of Object.keys(treeOf(folder)).entries()) {
    const at = 1_234_567_890 + i * 86_400.125; // seconds
    utimesSync(join(folder, path), at, at);
  }
}

/** Files of somebody else under names of photos: every second has the bytes of the first folder's. */
function plantStrangers(photos: string, folders: readonly string[]): void {
  const names = readdirSync(join(photos, 'Trip 1')).sort().slice(0, taken);
  for (const folder of folders) {
    mkdirSync(folder, { recursive: true });
    for (const [i, name] of names.entries()) {
      const path = join(folder, name);
      if (i % 2 === 0) copyFileSync(join(photos, 'Trip 1', name), path);
      else writeFileSync(path, `a file of somebody else, ${path}`);
    }
  }
}

async function launch(home: string, args: readonly string[] = []): Promise<Squint> {
  const shell = await launchStandIn(join(root, 'out', 'main', 'index.mjs'), args, {
    cwd: root,
    env: { ...process.env, SQUINT_HOME: home },
  });
  return { shell, page: await shell.firstWindow() };
}

/** The dialog for the folder with the photos: what lies at the target is not asked for. */
async function sortOf(squint: Squint, target: string): Promise<Locator> {
  await squint.page
    .getByRole('navigation', { name: 'Sidebar' })
    .getByRole('button', { name: /^Photos/ })
    .click();
  return openSort(squint, target);
}

/** The operation that was begun last. */
const newest = async (page: Page): Promise<Operation | undefined> => (await ask(page, 'operations.list', { before: null, limit: 1 }))[0];

/** Until another operation than that one has been begun, and has ended; the window shows it. */
async function ended(page: Page, before: Operation | undefined): Promise<void> {
  await until(async () => {
    const operation = await newest(page);
    return operation !== undefined && operation.id !== before?.id && operation.state !== 'running' && operation.state !== 'stopping';
  });
  await history(page).getByRole('region', { name: 'Under way' }).waitFor({ state: 'detached' });
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 300_000;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error(`It did not come about in five minutes: ${String(isSo)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const pathsBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
const filesBelow = (folder: string): number => pathsBelow(folder).length;
const bytesBelow = (folder: string): number => pathsBelow(folder).reduce((sum, path) => sum + statSync(path).size, 0);

/** Files whose bytes or time are nowhere, or that are more than they were. */
function lost(before: Disks, after: Disks): number {
  const [was, is] = [before, after].map(({ photos, target }) => Map.groupBy(bytesOf(photos, target), (bytes) => bytes));
  const all = new Set([...was!.keys(), ...is!.keys()]);
  return [...all].reduce((sum, bytes) => sum + Math.abs((was!.get(bytes)?.length ?? 0) - (is!.get(bytes)?.length ?? 0)), 0);
}

/** Files of somebody else that are not as they were. */
const touched = (before: Disks, after: Disks): number =>
  Object.entries(before.target).filter(([path, bytes]) => after.target[path] !== bytes).length;

const namesThatDiffer = (one: Disks, other: Disks): number => differing(one.photos, other.photos) + differing(one.target, other.target);
const differing = (one: Record<string, string>, other: Record<string, string>): number =>
  [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((path) => one[path] !== other[path]).length;
const temporaryNames = ({ target }: Disks): number => Object.keys(target).filter((path) => path.endsWith('.part')).length;

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
const row = (what: string, found: string): void => console.log(`  ${what.padEnd(42)}${found}`);
/** Of a kind of which there must be none. @returns how many */
function tell(what: string, found: number): number {
  row(what, String(found));
  return found;
}

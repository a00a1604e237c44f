/** What is left when the disk refuses the last step: a folder that cannot take its name. */
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeEach, expect, it, vi } from 'vitest';
import { loadPack, replacePack } from '../../../src-main/packs/index.ts';
import { calibrated, colourDraft, colourFiles, temporaryFolder, writeColours } from './made.ts';

let refusing = false;
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  const rename: typeof real.rename = async (from, to) => {
    const takesItsName = basename(to as string) === 'colours' && !(from as string).endsWith('-before');
    if (refusing && takesItsName) throw Object.assign(new Error('refused'), { code: 'EACCES', syscall: 'rename' });
    await real.rename(from, to);
  };
  return { ...real, rename };
});

const place = temporaryFolder();
const to = join(place, 'colours');
beforeEach(() => {
  refusing = false;
});

it('a new pack leaves nothing behind', async () => {
  refusing = true;
  await expect(writeColours(to)).rejects.toThrow(`${to} could not be written (EACCES); nothing was changed.`);
  expect(readdirSync(place)).toEqual([]);
});

it('a pack that was to be replaced is in its place again, as it was', async () => {
  await writeColours(to);
  const before = readFileSync(join(to, 'pack.json'), 'utf8');
  refusing = true;
  await expect(replacePack(to, colourDraft(calibrated()), colourFiles(), '')).rejects.toThrow(
    'could not be written (EACCES); nothing was changed.',
  );
  expect(readdirSync(place)).toEqual(['colours']);
  expect(readFileSync(join(to, 'pack.json'), 'utf8')).toBe(before);
  await expect(loadPack(to)).resolves.toMatchObject({ calibrated: false });
});

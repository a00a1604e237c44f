/**
 * Writing a folder all at once: everything goes into a temporary folder beside it, which takes its name at the end. What fails on the way
 * leaves nothing behind, and what is there already is never written over.
 */
import { randomUUID } from 'node:crypto';
import { lstat, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { FileError } from '../contract/errors.ts';
import { aboutFile, card } from './card.ts';
import { sha256 } from './files.ts';
import type { ManifestDraft } from './manifest.ts';
import { parseManifest } from './parse-manifest.ts';

/** Files by name, with slashes for those in a folder inside. */
export type Files = ReadonlyMap<string, Uint8Array | string>;

/** @throws {FileError} `target-exists` */
export async function refuseExisting(to: string): Promise<void> {
  const found = await lstat(to).catch(() => null);
  if (found === null) return;
  throw new FileError(to, 'target-exists', `${to} is there already; it is not written over.`, { hint: 'Give another folder to --to.' });
}

/**
 * Makes the folder `to` with these files, or nothing.
 *
 * @throws {FileError} `target-exists`, `unwritable`
 */
export async function writeFolder(to: string, files: Files): Promise<void> {
  await refuseExisting(to);
  await failingAs(to, async () => {
    const temporary = await fill(to, files);
    await orRemove(temporary, () => rename(temporary, to));
  });
}

/**
 * A pack's folder from its parts; its card and the sums are added.
 *
 * @param files all but pack.json and README.md
 * @throws {FileError} as writeFolder; {PackError} where the parts contradict each other
 */
export async function writePack(to: string, draft: ManifestDraft, files: Files): Promise<void> {
  await writeFolder(to, packFiles(to, draft, files, ''));
}

/**
 * A pack in the place of the one that is there, which is put aside until the new one has its name.
 *
 * @param files all of the new pack but pack.json and README.md
 * @param figures for its card, see there
 */
export async function replacePack(folder: string, draft: ManifestDraft, files: Files, figures: string): Promise<void> {
  await failingAs(folder, async () => {
    const temporary = await fill(folder, packFiles(folder, draft, files, figures));
    const aside = `${temporary}-before`;
    await orRemove(temporary, () => rename(folder, aside));
    try {
      await rename(temporary, folder);
    } catch (cause) {
      await rename(aside, folder);
      await rm(temporary, { recursive: true, force: true });
      throw cause;
    }
    await rm(aside, { recursive: true, force: true });
  });
}

function packFiles(where: string, draft: ManifestDraft, files: Files, figures: string): Files {
  const about = Buffer.from(files.get(aboutFile) ?? '').toString();
  const all = new Map([...files, ['README.md', card(draft, about, figures)]]);
  const sums: Record<string, string> = {};
  for (const [name, content] of all) sums[name] = sha256(content);
  const manifest = parseManifest({ ...draft, files: sums }, where);
  return all.set('pack.json', `${JSON.stringify(manifest, null, 2)}\n`);
}

/** A temporary folder beside `to`, filled; removed again where that fails. */
async function fill(to: string, files: Files): Promise<string> {
  const target = resolve(to);
  const temporary = join(dirname(target), `.${basename(target)}-${randomUUID().slice(0, 8)}`);
  await mkdir(temporary);
  await orRemove(temporary, async () => {
    for (const [name, content] of files) {
      const path = join(temporary, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
    }
  });
  return temporary;
}

async function orRemove(temporary: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (cause) {
    await rm(temporary, { recursive: true, force: true });
    throw cause;
  }
}

async function failingAs(to: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (cause) {
    if (!(cause instanceof Error && 'syscall' in cause)) throw cause;
    const { code } = cause as NodeJS.ErrnoException;
    const hint = code === 'ENOENT' ? `Make the folder ${dirname(resolve(to))} first.` : undefined;
    throw new FileError(to, 'unwritable', `${to} could not be written (${code ?? 'unknown'}); nothing was changed.`, {
      cause,
      ...(hint !== undefined && { hint }),
    });
  }
}

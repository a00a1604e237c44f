/** The packs in a folder, by their pack.json alone. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Problem, toProblem } from '../contract/errors.ts';
import { readManifest } from './files.ts';
import type { Manifest } from './manifest.ts';

export type Listed =
  | { readonly folder: string; readonly manifest: Manifest }
  | { readonly folder: string; readonly manifest: null; readonly problem: Problem };

/** @returns by name; none where the folder is not there. What is no pack is left out, one whose pack.json is damaged is not. */
export async function listPacks(folder: string): Promise<Listed[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(({ name }) => name);
  const listed = await Promise.all(
    names.sort().map(async (name): Promise<Listed> => {
      const inside = join(folder, name);
      try {
        return { folder: inside, manifest: (await readManifest(inside)).manifest };
      } catch (error) {
        return { folder: inside, manifest: null, problem: toProblem(error) };
      }
    }),
  );
  return listed.filter((pack) => pack.manifest !== null || pack.problem.code !== 'no-pack');
}

/** Under which licences Squint and its parts stand: the notices that a package ships with, and what the pack says of itself. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pack } from '../../packs/index.ts';

const own = `Squint stands under the Apache License 2.0. It is built on Node.js, onnxruntime, sharp with libvips, libheif, SQLite, Electron and
Svelte, and on further packages, each under its own licence; packages of Squint carry all of them in THIRD-PARTY-NOTICES.txt, and a checkout has
them in node_modules.`;

/** @param resources the folder that holds models/ */
export async function licences(resources: string, pack: Pack | null): Promise<string> {
  const text = (path: string): Promise<string | null> => readFile(path, 'utf8').catch(() => null);
  const parts = [
    (await text(join(resources, 'THIRD-PARTY-NOTICES.txt'))) ?? own,
    pack && `The pack "${pack.manifest.title}"\n\n${pack.manifest.licence}`,
    pack && (await text(join(pack.folder, 'NOTICE'))),
    await text(join(resources, 'models', 'samples', 'README.md')),
  ];
  return parts.filter((part) => part !== null).join('\n\n\n');
}

/** Where the packs that ship are: the nearest folder above this file that has them, in a checkout, in its bundle and in a package alike. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of packs. Where none is found, the one beside this file, so that the message names a place to look at. */
export const models = modelsAbove(dirname(fileURLToPath(import.meta.url)));
export const shippedPack = join(models, 'photos');

function modelsAbove(start: string): string {
  for (let folder = start; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'models', 'photos', 'pack.json'))) return join(folder, 'models');
  }
  return join(start, 'models');
}

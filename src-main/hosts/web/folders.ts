/**
 * The web host's own picker of folders, for a browser gives no paths. The page walks from the home folder by ids, which stand for what it
 * was shown and for nothing else.
 */
import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, extname, join, parse } from 'node:path';
import { FileError, SquintError } from '../../contract/errors.ts';
import type { Result } from '../../contract/requests.ts';
import { pictureNames } from '../../reader/index.ts';
import { faultOfName } from './folder-name.ts';

const natural = new Intl.Collator('en', { numeric: true });

export class Folders {
  readonly #paths: string[] = []; // by id - 1
  readonly #ids = new Map<string, number>();

  /** @throws {SquintError} `no-such-folder` for an id that was never shown */
  pathOf(id: number): string {
    const path = this.#paths[id - 1];
    if (path === undefined) throw new SquintError('no-such-folder', 'This folder was never shown.', { hint: 'Open the picker once more.' });
    return path;
  }

  /**
   * The path of a folder that is to be made in one that was shown.
   *
   * @throws {SquintError} `no-such-folder`, or `bad-folder-name`
   */
  pathIn(id: number, name: string): string {
    const folder = this.pathOf(id);
    const fault = faultOfName(name, process.platform);
    if (fault !== null) throw new SquintError('bad-folder-name', fault, { hint: 'Choose another name for the folder.' });
    return join(folder, name);
  }

  /**
   * @param id null: where it begins
   * @throws {FileError} `folder-not-readable`
   */
  async list(id: number | null): Promise<Result<'host.folders'>> {
    const path = id === null ? homedir() : this.pathOf(id);
    const listing = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
      throw new FileError(path, 'folder-not-readable', `The folder ${path} could not be opened.`, { cause: error });
    });
    const shown = listing.filter(({ name }) => !name.startsWith('.'));
    const folders = shown.filter((entry) => entry.isDirectory()).sort((a, b) => natural.compare(a.name, b.name));
    return {
      folder: this.#idOf(path),
      path,
      parent: path === parse(path).root ? null : this.#idOf(dirname(path)),
      folders: folders.map(({ name }) => ({ folder: this.#idOf(join(path, name)), name })),
      photos: shown.filter((entry) => entry.isFile() && pictureNames.has(extname(entry.name).toLowerCase())).length,
    };
  }

  #idOf(path: string): number {
    const known = this.#ids.get(path);
    if (known !== undefined) return known;
    this.#paths.push(path);
    this.#ids.set(path, this.#paths.length);
    return this.#paths.length;
  }
}

/** A folder that is to be sorted: it joins the library, is looked through, and its photos are classified as far as the choice in force wants. */
import { realpath, stat } from 'node:fs/promises';
import { sep } from 'node:path';
import { FileError, SquintError } from '../../contract/errors.ts';
import type { Root, RunState } from '../../contract/library.ts';
import type { SortRequest } from '../../contract/operations.ts';
import type { Io } from './io.ts';
import type { Library } from './library.ts';
import { count } from './present/numbers.ts';
import { looking } from './present/run.ts';

const page = 20_000; // ids at once
const mostPhotos = 100_000; // that a sort takes by their ids

/** Without symbolic links. @throws {FileError} `input-missing`, `no-folder` */
export async function realFolder(path: string): Promise<string> {
  const about = await stat(path).catch((cause: unknown) => {
    throw new FileError(path, 'input-missing', `There is no folder ${path}.`, { hint: 'A path with spaces needs quotation marks.', cause });
  });
  if (!about.isDirectory())
    throw new FileError(path, 'no-folder', `${path} is no folder.`, { hint: 'Name the folder that holds the photos.' });
  return realpath(path);
}

/**
 * Until all that can be known of the folder's photos is known.
 *
 * @param folder real path
 * @returns the root that shows it
 * @throws {SquintError} `stopped`; why nothing can be classified
 */
export async function sortedIn(folder: string, library: Library, io: Io): Promise<Root> {
  const signal = io.stopSignal();
  const { pack, packProblem } = await library.ask('library.state', {});
  if (!pack)
    throw new SquintError(packProblem!.code, packProblem!.message, packProblem!.hint === undefined ? {} : { hint: packProblem!.hint });
  io.tell(looking([folder], io.err));
  const { root: id, notes } = await library.ask('roots.add', { paths: [folder] });
  if (id === null) throw new SquintError('not-added', notes.join(' '));

  const progress = io.progress('photos');
  const look = async (): Promise<{ root: Root; run: RunState | null }> => {
    const { roots, run } = await library.ask('library.state', {});
    if (run && isGoing(run)) progress.update(run.done, run.files);
    return { root: roots.find((root) => root.id === id)!, run };
  };
  try {
    await library.until(async () => ((await look()).root.scanning ? null : true), signal);
    await library.ask('run.start', { filter: { root: id } }); // those that were known before, where the choice wants more of them
    const { root, run } = await library.until(async () => {
      const now = await look();
      return now.run && isGoing(now.run) ? null : now;
    }, signal);
    if (run?.state === 'failed') {
      throw new SquintError('run-failed', run.reason ?? 'The photos could not be classified.', run.hint === null ? {} : { hint: run.hint });
    }
    return root;
  } finally {
    progress.end();
  }
}

/** No photo: no file's name has a slash. */
export const ofNobody: SortRequest['of'] = { kind: 'filter', filter: { text: '/' } };

/** All photos of the root, or only those in the folder where that is part of it. @throws {SquintError} `too-many` */
export async function photosIn(folder: string, root: Root, library: Library): Promise<SortRequest['of']> {
  const filter = { root: root.id };
  if (root.path === folder) return { kind: 'filter', filter };
  const ids: number[] = [];
  for (let after: string | null = null; ;) {
    const found: { ids: number[]; next: string | null } = await library.ask('photos.ids', { filter, order: 'name', after, limit: page });
    for (const id of found.ids) {
      const path = await library.ask('photos.path', { id });
      if (path.startsWith(folder + sep)) ids.push(id);
    }
    if (found.next === null) break;
    after = found.next;
  }
  if (ids.length > mostPhotos) {
    throw new SquintError(
      'too-many',
      `${folder} has ${count(ids.length)} photos; of a folder inside another one that is in the library, ${count(mostPhotos)} can be sorted at once.`,
      {
        hint: `Sort ${root.path}, or a folder further inside.`,
      },
    );
  }
  return ids.length === 0 ? ofNobody : { kind: 'photos', ids };
}

const isGoing = ({ state }: RunState): boolean => ['counting', 'running', 'paused', 'stopping'].includes(state);

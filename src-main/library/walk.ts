/** The folders of a root, one after the other: what is in each, without a look at the files. No more than the ways ahead are held in memory. */
import { dirname, relative, sep } from 'node:path';
import { type Aside, codeOf, folderNotReadable } from './aside.ts';
import type { Together } from './companions.ts';
import { type Listing, below, list } from './listing.ts';
import { inNaturalOrder } from './order.ts';
import { holds } from './places.ts';

/** One folder. */
export interface Visited {
  readonly path: string; // absolute
  readonly within: string; // the root: 'a/b/' for a/b, '' for the root itself
  readonly photos: readonly Together[]; // names, in no order
  readonly aside: readonly (Aside & { readonly name: string })[];
  readonly known: boolean; // false: it could not be opened, so of the files in it nothing is known
}

/**
 * A folder's files come before the folders in it; these in natural order.
 *
 * @param root absolute, real
 * @param except a folder that is passed over with all that is in it
 * @param from where in the root it begins, as `Visited.within`
 */
export async function* walk(root: string, except: string, from = ''): AsyncGenerator<Visited> {
  const ahead = [{ path: from === '' ? root : below(root, from.slice(0, -1)), within: from }];
  const hasExcept = holds(root, except);
  for (let folder = ahead.pop(); folder; folder = ahead.pop()) {
    const { path, within } = folder;
    if (hasExcept && holds(except, path)) continue;
    try {
      const { photos, folders, aside } = await list(path, root);
      yield { path, within, photos, aside, known: true };
      for (const name of folders.toSorted(inNaturalOrder).reverse()) ahead.push({ path: below(path, name), within: `${within}${name}/` });
    } catch (error) {
      const name = within === '' ? path : within.slice(0, -1);
      yield { path, within, photos: [], aside: [{ name, ...folderNotReadable(error) }], known: isGone(error) };
    }
  }
}

/** One folder without those in it. @param within as `Visited.within` */
export async function visitOne(root: string, within: string): Promise<Visited> {
  const path = within === '' ? root : below(root, within.slice(0, -1));
  try {
    const { photos, aside } = await list(path, root);
    return { path, within, photos, aside, known: true };
  } catch (error) {
    return { path, within, photos: [], aside: [], known: isGone(error) };
  }
}

/**
 * Only the photos that have one of these files.
 *
 * @param files absolute; those that a listing leaves out, as hidden ones, are photos of their own
 */
export async function* visitNamed(root: string, files: Iterable<string>): AsyncGenerator<Visited> {
  for (const [path, paths] of Map.groupBy(files, dirname)) {
    const way = relative(root, path).split(sep).join('/');
    const within = way === '' ? '' : `${way}/`;
    const wanted = new Set(paths.map((file) => file.slice(below(path, '').length)));
    let listing: Pick<Listing, 'photos'> = { photos: [] };
    let known = true;
    try {
      listing = await list(path, root);
    } catch (error) {
      known = isGone(error);
    }
    const listed = listing.photos.filter(({ main, companions }) => wanted.has(main) || companions.some((name) => wanted.has(name)));
    for (const { main, companions } of listed) for (const name of [main, ...companions]) wanted.delete(name);
    const photos = [...listed, ...[...wanted].map((main) => ({ main, companions: [] }))];
    yield { path, within, photos, aside: [], known };
  }
}

const isGone = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(codeOf(error));

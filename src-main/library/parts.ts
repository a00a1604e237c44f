/** Where in a root has to be looked after something changed: folders for themselves, and folders with all that is in them. */
import { lstat } from 'node:fs/promises';
import { relative, sep } from 'node:path';
import { holds } from './places.ts';

/** 'a/b/' for a/b in the root, '' for the root itself; none of the folders lies in one of the trees. */
export interface Parts {
  readonly folders: readonly string[];
  readonly trees: readonly string[];
}

/**
 * A folder that came is looked at with all that is in it, and so is what is gone: it may have been one.
 *
 * @param paths absolute; those outside the root are left out
 */
export async function partsOf(root: string, paths: readonly string[]): Promise<Parts> {
  const folders = new Set<string>();
  const trees = new Set<string>();
  for (const path of paths) {
    if (!holds(root, path)) continue;
    const within = withinOf(root, path);
    if (within !== '') folders.add(within.slice(0, within.lastIndexOf('/', within.length - 2) + 1));
    const about = await lstat(path).catch(() => null);
    if (!about || about.isDirectory()) trees.add(within);
  }
  const isIn = (tree: string, within: string): boolean => within.startsWith(tree);
  const outermost = [...trees].filter((tree) => ![...trees].some((other) => other !== tree && isIn(other, tree)));
  return { folders: [...folders].filter((folder) => !outermost.some((tree) => isIn(tree, folder))), trees: outermost };
}

function withinOf(root: string, path: string): string {
  const way = relative(root, path);
  return way === '' ? '' : `${way.split(sep).join('/')}/`;
}

/** Whether a folder in the list is there. One that is not is offline: nothing of it is forgotten, and nothing counts as deleted or damaged. */
import { readdir, stat } from 'node:fs/promises';
import type { Root } from '../../catalog/index.ts';
import type { Context } from './context.ts';

/** Looks, and notes what it found. */
export async function isThere({ catalog, notices }: Pick<Context, 'catalog' | 'notices'>, id: number): Promise<boolean> {
  const root = catalog.roots().find((one) => one.id === id);
  if (!root) return false;
  const volume = await volumeOf(root);
  if (volume !== null && root.volume !== volume) catalog.setRootVolume(id, volume);
  const state = volume === null ? 'offline' : 'online';
  if (root.state !== state) {
    catalog.setRootState(id, state);
    notices.roots();
    notices.changed();
  }
  return state === 'online';
}

/** Null where it is not there. An empty folder on another volume than before is where one was mounted that is away. */
async function volumeOf({ path, volume }: Root): Promise<string | null> {
  try {
    const about = await stat(path);
    if (!about.isDirectory()) return null;
    const now = String(about.dev);
    return volume !== null && volume !== now && (await readdir(path)).length === 0 ? null : now;
  } catch {
    return null;
  }
}

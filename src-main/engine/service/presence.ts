/** Whether a folder in the list is there. One that is not is offline: nothing of it is forgotten, and nothing counts as deleted or damaged. */
import { stat } from 'node:fs/promises';
import type { Context } from './context.ts';

/** Looks, and notes what it found. */
export async function isThere({ catalog, notices }: Pick<Context, 'catalog' | 'notices'>, id: number): Promise<boolean> {
  const root = catalog.roots().find((one) => one.id === id);
  if (!root) return false;
  const there = await stat(root.path).then(
    (about) => about.isDirectory(),
    () => false,
  );
  const state = there ? 'online' : 'offline';
  if (root.state !== state) {
    catalog.setRootState(id, state);
    notices.roots();
    notices.changed();
  }
  return there;
}

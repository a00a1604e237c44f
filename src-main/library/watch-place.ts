/**
 * Tells when a folder may have come or gone, with a volume or a folder above it too: hears what happens to each name on the way to it.
 * Nothing is told of a volume that is mounted over an empty folder; who waits for one has to look now and then.
 */
import { type FSWatcher, watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/** @param perhaps is called when it is worth to look @returns ends it */
export function watchPlace(path: string, perhaps: () => void): () => void {
  let watchers: FSWatcher[] = [];
  let isEnded = false;
  const end = (): void => {
    for (const watcher of watchers) watcher.close();
    watchers = [];
  };
  const aim = (): void => {
    end();
    for (let [step, folder] = [path, dirname(path)]; folder !== step; [step, folder] = [folder, dirname(folder)]) {
      const names = [basename(step), basename(folder)]; // a folder's own end has its own name
      const heard = (event: string, name: string | null): void => {
        if (isEnded || event === 'change' || (name !== null && !names.includes(name))) return;
        aim();
        perhaps();
      };
      try {
        const watcher = watch(folder, heard);
        watcher.on('error', () => heard('rename', null)); // as on Windows, when the folder is removed
        watchers.push(watcher);
      } catch {
        // It is not there, or may not be watched: then those above it tell, or who looks now and then finds out.
      }
    }
  };
  aim();
  return () => {
    isEnded = true;
    end();
  };
}

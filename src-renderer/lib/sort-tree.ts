/** The folders of a plan as a tree, each with the files in it and below. */
import type { SortPlan } from '../../src-main/contract/operations.ts';

export interface Branch {
  readonly path: string; // below the target; '' is the target itself
  readonly name: string;
  readonly files: number; // in it and below
  readonly bytes: number;
  readonly own: number; // files in it
  readonly branches: readonly Branch[];
}

interface Growing {
  readonly path: string;
  readonly name: string;
  files: number;
  bytes: number;
  own: number;
  readonly branches: Growing[];
}

/** @param folders in the order in which they are shown */
export function treeOf(folders: SortPlan['folders'], name: string): Branch {
  const root: Growing = { path: '', name, files: 0, bytes: 0, own: 0, branches: [] };
  const byPath = new Map<string, Growing>([['', root]]);
  for (const { path, files, bytes } of folders) {
    let at = root;
    const parts = path === '' ? [] : path.split('/');
    add(at, files, bytes);
    for (const [i, part] of parts.entries()) {
      const to = parts.slice(0, i + 1).join('/');
      let next = byPath.get(to);
      if (!next) {
        next = { path: to, name: part, files: 0, bytes: 0, own: 0, branches: [] };
        byPath.set(to, next);
        at.branches.push(next);
      }
      add(next, files, bytes);
      at = next;
    }
    at.own += files;
  }
  return root;
}

function add(branch: Growing, files: number, bytes: number): void {
  branch.files += files;
  branch.bytes += bytes;
}

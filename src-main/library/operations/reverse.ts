/**
 * Taking an operation back: the steps that lead back, and which of them the disk still allows. A move goes back; a copy goes to the system's
 * bin, for Squint deletes nothing; what went to the bin that way can be copied again.
 */
import { holds } from '../places.ts';
import { type Disk, isAsTold } from './disk.ts';
import type { Reason, Step } from './steps.ts';

/** A step that was done, as the journal has it: size and time are those of the file that it left. */
export type DoneStep = Pick<Step, 'kind' | 'source' | 'target' | 'size' | 'mtimeMs' | 'hash'>;

const back = { move: 'move', copy: 'bin', bin: 'copy' } as const;

export function reversed<T extends DoneStep>(step: T): T {
  return { ...step, kind: back[step.kind], source: step.target, target: step.source };
}

export interface Checked<T> {
  readonly can: readonly T[];
  readonly cannot: readonly { readonly unit: T; readonly reason: Reason }[];
}

/**
 * By what lies on the disk now. Hashes are left for when it is done: that reads the files.
 *
 * @param units of steps that lead back
 * @param grounds folders that have to be there
 */
export async function check<T extends readonly DoneStep[]>(
  units: readonly T[],
  grounds: readonly string[],
  disk: Disk,
): Promise<Checked<T>> {
  const gone = await goneOf(grounds, disk);
  const can: T[] = [];
  const cannot: { unit: T; reason: Reason }[] = [];
  for (const unit of units) {
    const reason = await obstacle(unit, gone, disk);
    if (reason) cannot.push({ unit, reason });
    else can.push(unit);
  }
  return { can, cannot };
}

/** Those of some folders that are not there. */
export async function goneOf(folders: readonly string[], disk: Disk): Promise<string[]> {
  const found = await Promise.all(folders.map(async (folder) => ({ folder, isThere: (await disk.look(folder))?.kind === 'folder' })));
  return found.filter(({ isThere }) => !isThere).map(({ folder }) => folder);
}

async function obstacle(unit: readonly DoneStep[], gone: readonly string[], disk: Disk): Promise<Reason | null> {
  for (const { kind, source, target, size, mtimeMs } of unit) {
    if (gone.some((folder) => holds(folder, target) || holds(folder, source)))
      return { code: 'folder-gone', message: 'the folder or drive is not there' };
    const now = await disk.look(source);
    if (now === null) return { code: 'missing', message: 'moved or deleted since' };
    if (now.kind !== 'file' || !isAsTold(now, { size, mtimeMs })) return { code: 'changed', message: 'edited or replaced since' };
    if (kind !== 'bin' && (await disk.look(target))) return { code: 'name-taken', message: 'another file has the old name now' };
  }
  return null;
}

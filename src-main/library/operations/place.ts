/**
 * One file's names: a copy gets its own, a file goes from one to another, a moved file goes back. A name that something has is never taken,
 * and no name goes before another one of the same bytes is there.
 */
import { dirname, join } from 'node:path';
import type { Disk, Entry } from './disk.ts';
import { Refusal } from './reasons.ts';
import { type Journal, type Lost, type Step, heldSource, heldTarget, notHeld } from './steps.ts';

export interface Placing {
  readonly disk: Disk;
  readonly journal: Journal;
  readonly token: string; // in the names of temporary files: they are this operation's
}

/** Beside the name that a copy is to get. */
export const temporaryName = (id: number, path: string, token: string): string => join(dirname(path), `.squint-${token}-${id}.part`);

/** On the way back it is the source that a copy is made for. */
export const temporariesOf = ({ id, source, target }: Step, token: string): string[] => [
  ...new Set([temporaryName(id, target, token), temporaryName(id, source, token)]),
];

/** To a temporary name, where its bytes are safe and the same. @throws {Refusal} `copy-differs` */
export async function copyTo(temporary: string, source: string, disk: Disk): Promise<readonly Lost[]> {
  const lost = await disk.copy(source, temporary);
  await disk.sync(temporary);
  if (!(await haveSameBytes(source, temporary, disk)))
    throw new Refusal({ code: 'copy-differs', message: 'the copy did not come out as the original is' });
  return lost;
}

export async function haveSameBytes(one: string, other: string, disk: Disk): Promise<boolean> {
  const [a, b] = await Promise.all([disk.fullHash(one), disk.fullHash(other)]);
  return a === b;
}

export async function isOneVolume(file: string, place: string, disk: Disk): Promise<boolean> {
  const [there, folder] = [await disk.look(file), await disk.look(dirname(place))];
  return there !== null && there.volume === folder?.volume;
}

/** A whole copy gets its name. @returns false where that is in use */
export async function place(
  temporary: string,
  step: Step,
  held: typeof heldSource | typeof heldTarget,
  placing: Placing,
): Promise<boolean> {
  const { disk } = placing;
  const to = held === heldTarget ? step.target : step.source;
  const linked = await disk.link(temporary, to);
  if (linked === 'cannot') return claim(temporary, step, held, placing);
  if (linked === 'taken') return false;
  try {
    await disk.remove(temporary);
  } catch (error) {
    await disk.remove(to);
    throw error;
  }
  return true;
}

/** From one name to another without hard links: an empty file holds the name first, so that a file of somebody else is never replaced. */
export async function claim(
  from: string,
  { id, source, target }: Step,
  held: typeof heldSource | typeof heldTarget,
  { disk, journal }: Placing,
): Promise<boolean> {
  const to = held === heldTarget ? target : source;
  if (await disk.look(to)) return false;
  journal.made([{ id, made: held }]); // before it is there: an empty file that a crash leaves is known as ours
  if ((await disk.reserve(to)) === 'taken') {
    journal.made([{ id, made: notHeld }]);
    return false;
  }
  const reserved = (await disk.look(to))!;
  try {
    await disk.rename(from, to);
    return true;
  } catch (error) {
    const there = await disk.look(to);
    if (there?.identity === reserved.identity && there.size === 0) await disk.remove(to);
    throw error;
  }
}

/** The empty file that held a name for a photo; an empty photo is told from it by its time. */
export const isPlaceholder = ({ kind, size, mtimeMs }: Entry, step: Step): boolean =>
  kind === 'file' && size === 0 && (step.size > 0 || Math.abs(mtimeMs - step.mtimeMs) > 2000); // FAT has steps of two seconds

/** A moved file gets its old name back, and loses the new one. @returns false where something else has the old name now */
export async function putBack(step: Step, placing: Placing): Promise<boolean> {
  const { disk, token } = placing;
  const { id, source, target } = step;
  const linked = await disk.link(target, source);
  if (linked === 'taken') return false;
  if (linked === 'cannot') {
    if (await isOneVolume(target, source, disk)) {
      await disk.syncFolder(dirname(target)); // or the empty file that held the target may come back, of which nobody knows from here on
      return claim(target, step, heldSource, placing);
    }
    const temporary = temporaryName(id, source, token);
    await copyTo(temporary, target, disk);
    if (!(await place(temporary, step, heldSource, placing))) {
      await disk.remove(temporary);
      return false;
    }
  }
  await disk.syncFolder(dirname(source));
  await disk.remove(target);
  return true;
}

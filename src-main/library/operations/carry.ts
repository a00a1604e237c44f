/**
 * Does what was planned and journalled, in lots. The order is what keeps every byte under one of its names, whatever instant the power fails:
 *
 *   intent durable → for each photo every new name or copy is made → bytes and names durable → the old names go → outcome noted
 *
 * On one volume a file gets its second name by a hard link, where the volume has such. To another volume it is copied to a temporary name,
 * made durable and compared with the source by a hash of every byte; then the journal learns which file that is; only then does it get its
 * name. No name that is in use is ever taken. What is unfinished after a crash, settle.ts finishes or rolls back.
 */
import { dirname, join } from 'node:path';
import { holds } from '../places.ts';
import type { Disk } from './disk.ts';
import { numbered } from './names.ts';
import { Refusal, isFatal, reasonOf } from './reasons.ts';
import type { Journal, Lost, Reason, Settled, Step, Unit } from './steps.ts';

export interface Carrying {
  readonly disk: Disk;
  readonly journal: Journal;
  readonly token: string; // in the names of temporary files: they are this operation's
  readonly grounds: readonly string[]; // folders are made below these only: one that is gone may be a drive that was taken away
  readonly collisions: 'number' | 'skip'; // with a name that came into use after the plan was made
  readonly signal: AbortSignal; // ends it after the lot under way
  readonly progress: (about: { readonly now: string | null; readonly bytes: number; readonly settled: number }) => void; // bytes copied since the last call
}

/** How the whole ended. `stopped`: the person's wish. */
export type Ending = { readonly how: 'done' | 'stopped' } | { readonly how: 'failed'; readonly reason: Reason };

const lotSteps = 64;
const lotBytes = 64 * 1024 * 1024;

export const temporaryName = (step: Pick<Step, 'id' | 'target'>, token: string): string =>
  join(dirname(step.target), `.squint-${token}-${step.id}.part`);

/** What was made for one step. */
interface Made {
  readonly step: Step; // with the target that it got
  readonly way: 'link' | 'rename' | 'copy' | 'bin';
  readonly lost: readonly Lost[];
  readonly hash: string | null;
  placed: boolean; // it has its name
}

export async function carryOut(units: readonly Unit[], carrying: Carrying): Promise<Ending> {
  const { journal, signal, progress } = carrying;
  const folders = new Folders(carrying);
  for (const lot of lotsOf(units)) {
    if (signal.aborted) return { how: 'stopped' };
    const settled: Settled[] = [];
    const ending = await carryLot(lot, carrying, folders, settled);
    journal.settle(settled);
    progress({ now: null, bytes: 0, settled: settled.length });
    if (ending) return ending;
  }
  return { how: 'done' };
}

function* lotsOf(units: readonly Unit[]): Generator<Unit[]> {
  let lot: Unit[] = [];
  let steps = 0;
  let bytes = 0;
  for (const unit of units) {
    lot.push(unit);
    steps += unit.length;
    bytes += unit.reduce((sum, { size }) => sum + size, 0);
    if (steps < lotSteps && bytes < lotBytes) continue;
    yield lot;
    [lot, steps, bytes] = [[], 0, 0];
  }
  if (lot.length > 0) yield lot;
}

/** @param settled receives what became of each step that was come to */
async function carryLot(lot: readonly Unit[], carrying: Carrying, folders: Folders, settled: Settled[]): Promise<Ending | null> {
  const { disk, journal, progress } = carrying;
  let ending: Ending | null = null;
  let made: Made[][] = [];
  for (const unit of lot) {
    progress({ now: unit[0]!.target, bytes: 0, settled: 0 });
    const result = await makeUnit(unit, carrying, folders);
    if ('made' in result) made.push(result.made);
    else {
      leave(unit, result.reason, settled);
      if (!isFatal(result.reason)) continue;
      ending = { how: 'failed', reason: result.reason };
      break;
    }
  }
  const copies = made.flat().filter(({ way }) => way === 'copy');
  if (copies.length > 0) {
    const found = await Promise.all(
      copies.map(async ({ step }) => ({ id: step.id, made: (await disk.look(temporaryName(step, carrying.token)))!.identity })),
    );
    journal.made(found);
  }
  made = await keepThose(made, (unit) => placeUnit(unit, carrying), carrying, settled);
  await folders.sync(made.flat().map(({ step }) => dirname(step.target)));
  made = await keepThose(made, (unit) => removeSources(unit, disk), carrying, settled);
  for (const { step, hash, lost } of made.flat()) settled.push(await doneOf(step, hash, lost, disk));
  return ending;
}

/** Of each photo all that `act` asks for is done, or what was made for it is taken back. */
async function keepThose(
  units: readonly Made[][],
  act: (unit: Made[]) => Promise<Reason | null>,
  carrying: Carrying,
  settled: Settled[],
): Promise<Made[][]> {
  const kept: Made[][] = [];
  for (const unit of units) {
    const reason = await act(unit);
    if (reason === null) kept.push(unit);
    else {
      await takeBack(unit, carrying);
      leave(
        unit.map(({ step }) => step),
        reason,
        settled,
      );
    }
  }
  return kept;
}

/** Everything of a photo that can be made before its old names go. Numbers it where a name came into use since it was planned. */
async function makeUnit(
  planned: Unit,
  carrying: Carrying,
  folders: Folders,
): Promise<{ readonly made: Made[] } | { readonly reason: Reason }> {
  let unit = planned;
  const made: Made[] = [];
  try {
    for (const step of unit) {
      const reason = await objection(step, carrying.disk);
      if (reason) return { reason };
    }
    for (let number = 2; !(await makeAll(unit, made, carrying, folders)); number += 1) {
      await takeBack(made.splice(0), carrying);
      const reason = await standing(unit, carrying);
      if (reason) return { reason };
      const main = unit[0]!;
      unit = unit.map((step) => ({ ...step, target: join(dirname(step.target), numbered(step.source, main.source, number)) }));
      carrying.journal.retarget(unit);
    }
    return { made };
  } catch (error) {
    await takeBack(made, carrying);
    return { reason: reasonOf(error) };
  }
}

/** @returns false where a name is in use */
async function makeAll(unit: Unit, made: Made[], carrying: Carrying, folders: Folders): Promise<boolean> {
  for (const step of unit) {
    if (step.kind === 'bin') {
      made.push({ step, way: 'bin', lost: [], hash: step.hash, placed: true });
      continue;
    }
    await folders.make(dirname(step.target));
    const one = await makeOne(step, carrying);
    if (one === 'taken') return false;
    made.push(one);
  }
  return true;
}

async function makeOne(step: Step, carrying: Carrying): Promise<Made | 'taken'> {
  const { disk } = carrying;
  const { source, target } = step;
  if (step.kind === 'copy' || !(await isOneVolume(source, target, disk))) {
    return (await disk.look(target)) ? 'taken' : copied(step, carrying); // asked again when it gets its name
  }
  const hash = step.hash ?? (await disk.fastHash(source));
  const linked = await disk.link(source, target);
  if (linked === 'made') return { step, way: 'link', lost: [], hash, placed: true };
  return linked === 'taken' || (await disk.look(target)) ? 'taken' : { step, way: 'rename', lost: [], hash, placed: false };
}

/** To a temporary name, where its bytes are safe and the same. */
async function copied(step: Step, carrying: Carrying): Promise<Made> {
  const { disk, token, progress } = carrying;
  const temporary = temporaryName(step, token);
  const made: Made = { step, way: 'copy', lost: [], hash: null, placed: false };
  try {
    const lost = await disk.copy(step.source, temporary);
    await disk.sync(temporary);
    const [original, copy] = await Promise.all([disk.fullHash(step.source), disk.fullHash(temporary)]);
    if (original !== copy) throw new Refusal({ code: 'copy-differs', message: 'the copy did not come out as the original is' });
    const changed = await objection(step, disk); // while it was read
    if (changed) throw new Refusal(changed);
    progress({ now: null, bytes: step.size, settled: 0 });
    return { ...made, lost, hash: step.hash ?? (await disk.fastHash(temporary)) };
  } catch (error) {
    await takeBack([made], carrying);
    throw error;
  }
}

async function isOneVolume(source: string, target: string, disk: Disk): Promise<boolean> {
  const [file, folder] = [await disk.look(source), await disk.look(dirname(target))];
  return file !== null && file.volume === folder?.volume;
}

/** Whether a source is what it was when it was planned. */
async function objection({ source, size, mtimeMs, hash }: Step, disk: Disk): Promise<Reason | null> {
  const now = await disk.look(source);
  if (now === null) return { code: 'missing', message: 'the file is not there any more' };
  if (now.kind === 'link') return { code: 'link', message: 'it is a link to a file elsewhere' };
  if (now.kind !== 'file') return { code: 'not-a-file', message: 'there is something else of that name' };
  const isAsItWas = now.size === size && Math.abs(now.mtimeMs - mtimeMs) < 1 && (hash === null || hash === (await disk.fastHash(source)));
  return isAsItWas ? null : { code: 'changed', message: 'the file was changed since' };
}

/** Why a photo stays where a name is in use: because numbers are not wished for, or because files of its bytes have all its names already. */
async function standing(unit: Unit, { disk, collisions }: Carrying): Promise<Reason | null> {
  const there = await Promise.all(unit.map((step) => isThere(step, disk)));
  if (there.every((how) => how === 'itself')) return { code: 'in-place', message: 'it lies there already' };
  if (there.every((how) => how !== null)) return { code: 'already-there', message: 'the same file is there already' };
  return collisions === 'skip' ? { code: 'name-taken', message: 'another file has its name there' } : null;
}

async function isThere({ source, target, size }: Step, disk: Disk): Promise<'itself' | 'its bytes' | null> {
  const [file, there] = [await disk.look(source), await disk.look(target)];
  if (!file || there?.kind !== 'file') return null;
  if (file.identity === there.identity) return 'itself';
  return there.size === size && (await disk.fullHash(source)) === (await disk.fullHash(target)) ? 'its bytes' : null;
}

/** Copies get their names; files on a volume without hard links are renamed. */
async function placeUnit(unit: readonly Made[], { disk, journal, token }: Carrying): Promise<Reason | null> {
  try {
    for (const made of unit) {
      if (made.placed) continue;
      const { step, way } = made;
      const isPlaced =
        way === 'copy'
          ? await place(temporaryName(step, token), step.target, step.id, disk, journal)
          : await claim(step.source, step.target, step.id, disk, journal);
      if (!isPlaced) return { code: 'name-taken', message: 'another file has its name there' };
      made.placed = true;
    }
    return null;
  } catch (error) {
    return reasonOf(error);
  }
}

/** A whole copy gets its name. @returns false where that is in use */
async function place(temporary: string, target: string, step: number, disk: Disk, journal: Journal): Promise<boolean> {
  const linked = await disk.link(temporary, target);
  if (linked === 'cannot') return claim(temporary, target, step, disk, journal);
  if (linked === 'made') await disk.remove(temporary);
  return linked === 'made';
}

/** A moved file gets its old name back, unless something else has it now. */
export async function putBack({ id, source, target }: Step, disk: Disk, journal: Journal): Promise<void> {
  const linked = await disk.link(target, source);
  if (linked === 'cannot') await claim(target, source, id, disk, journal);
  if (linked !== 'made') return;
  await disk.syncFolder(dirname(source));
  await disk.remove(target);
}

/** From one name to another without hard links: an empty file holds the name first, so that a file of somebody else is never replaced. */
async function claim(from: string, to: string, step: number, disk: Disk, journal: Journal): Promise<boolean> {
  if ((await disk.reserve(to)) === 'taken') return false;
  const reserved = (await disk.look(to))!;
  journal.made([{ id: step, made: reserved.identity }]); // so that an empty file that a crash leaves is known as ours
  try {
    await disk.rename(from, to);
    return true;
  } catch (error) {
    const there = await disk.look(to);
    if (there?.identity === reserved.identity && there.size === 0) await disk.remove(to);
    throw error;
  }
}

/** The old names go: only if they still stand for what the new ones do. */
async function removeSources(unit: readonly Made[], disk: Disk): Promise<Reason | null> {
  try {
    for (const { step, way } of unit) {
      const reason = step.kind === 'move' && way !== 'rename' ? await objection(step, disk) : null;
      if (reason) return reason;
      if (way === 'link' && (await disk.look(step.source))?.identity !== (await disk.look(step.target))?.identity) {
        return { code: 'changed', message: 'the file was changed since' };
      }
    }
    for (const { step, way } of unit) {
      if (way === 'bin') await disk.bin(step.source);
      else if (step.kind === 'move' && way !== 'rename') await disk.remove(step.source);
    }
    return null;
  } catch (error) {
    return reasonOf(error);
  }
}

/** What was made for a photo goes again, and an old name that went comes back. */
async function takeBack(made: readonly Made[], carrying: Carrying): Promise<void> {
  const { disk, journal, token } = carrying;
  for (const { step, way, placed } of made.toReversed()) {
    if (way === 'bin') continue;
    if (way === 'copy' && !placed) {
      if (await disk.look(temporaryName(step, token))) await disk.remove(temporaryName(step, token));
      continue;
    }
    if (!placed) continue;
    const there = await disk.look(step.source);
    if (there === null) await putBack(step, disk, journal);
    else await disk.remove(step.target);
  }
}

function leave(unit: Unit, reason: Reason, settled: Settled[]): void {
  for (const step of unit) settled.push({ step, state: 'left', reason });
}

export async function doneOf(step: Step, hash: string | null, lost: readonly Lost[], disk: Disk): Promise<Settled> {
  const now = step.kind === 'bin' ? null : await disk.look(step.target);
  const { size, mtimeMs, inode } = now ?? { ...step, inode: 0 };
  return { step, state: 'done', target: step.target, size, mtimeMs, inode, hash, lost };
}

/** Makes folders, each once, and remembers whose names have to reach the disk. */
class Folders {
  readonly #carrying: Pick<Carrying, 'disk' | 'journal' | 'grounds'>;
  readonly #there = new Set<string>();
  readonly #unsynced = new Set<string>();

  constructor(carrying: Pick<Carrying, 'disk' | 'journal' | 'grounds'>) {
    this.#carrying = carrying;
  }

  async make(path: string): Promise<void> {
    if (this.#there.has(path)) return;
    const { disk, journal, grounds } = this.#carrying;
    if ((await disk.look(path)) === null) {
      if (!grounds.some((ground) => ground !== path && holds(ground, path))) {
        throw new Refusal({ code: 'folder-gone', message: `the folder ${path} is not there any more` });
      }
      await this.make(dirname(path));
      if (await disk.makeFolder(path)) {
        journal.folder(path);
        this.#unsynced.add(dirname(path));
      }
    }
    this.#there.add(path);
  }

  /** @param folders that got names, beside those that got folders */
  async sync(folders: readonly string[]): Promise<void> {
    for (const path of new Set([...folders, ...this.#unsynced])) await this.#carrying.disk.syncFolder(path);
    this.#unsynced.clear();
  }
}

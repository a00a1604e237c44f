/**
 * Does what was planned and journalled, in lots. The order is what keeps every byte under one of its names, whatever instant the power fails:
 *
 *   intent durable → for each photo every new name or copy is made → bytes and names durable → the old names go, durably → outcome noted
 *
 * On one volume a file gets its second name by a hard link, where the volume has such. To another volume it is copied to a temporary name,
 * made durable and compared with the source by a hash of every byte; then the journal learns which file that is; only then does it get its
 * name. No name that is in use is ever taken. What is unfinished after a crash, settle.ts finishes or rolls back.
 */
import { dirname, join } from 'node:path';
import { holds } from '../places.ts';
import { type Disk, isAsTold } from './disk.ts';
import { numberedNames } from './names.ts';
import { type Placing, claim, copyTo, haveSameBytes, isOneVolume, place, putBack, temporaryName } from './place.ts';
import { Refusal, alreadyThere, changedSince, isFatal, reasonOf } from './reasons.ts';
import { Names } from './safe-names.ts';
import { type Lost, type Reason, type Settled, type Step, type Unit, heldTarget } from './steps.ts';

export interface Carrying extends Placing {
  readonly grounds: readonly string[]; // folders are made below these only: one that is gone may be a drive that was taken away
  readonly checksHashes: boolean; // a file must still have the bytes that the journal knows; costs a read of head and tail
  readonly collisions: 'number' | 'skip'; // with a name that came into use after the plan was made
  readonly signal: AbortSignal; // ends it after the lot under way
  readonly progress: (about: { readonly now: string | null; readonly bytes: number; readonly settled: number }) => void; // bytes copied since the last call
}

/** How the whole ended. `stopped`: the person's wish. */
export type Ending = { readonly how: 'done' | 'stopped' } | { readonly how: 'failed'; readonly reason: Reason };

const lotSteps = 64;
const lotBytes = 64 * 1024 * 1024;

const nameTaken: Reason = { code: 'name-taken', message: 'another file has its name there' };

/** What was made for one step. */
interface Made {
  readonly step: Step; // with the target that it got
  readonly way: 'link' | 'rename' | 'copy' | 'bin';
  readonly lost: readonly Lost[];
  readonly hash: string | null;
  isPlaced: boolean; // it has its name
  isGone: boolean; // from its old one
}

/** With the folders that it makes, and those whose names have to reach the disk. */
interface Under extends Carrying {
  readonly folders: Folders;
  readonly names: Names;
  readonly promised: Set<string>; // targets of this lot that are not there yet: no other photo gets them
}

export async function carryOut(units: readonly Unit[], given: Carrying): Promise<Ending> {
  const names = new Names(given.disk);
  const carrying: Under = { ...given, names, disk: names.disk, folders: new Folders({ ...given, disk: names.disk }), promised: new Set() };
  const { journal, signal, progress } = carrying;
  for (const lot of lotsOf(units)) {
    if (signal.aborted) return { how: 'stopped' };
    const settled: Settled[] = [];
    const ending = await carryLot(lot, carrying, settled);
    await names.sync().catch(() => undefined); // what fails has no worse end than an old name that comes back
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
async function carryLot(lot: readonly Unit[], carrying: Under, settled: Settled[]): Promise<Ending | null> {
  const { disk, journal, names, progress, token } = carrying;
  const fatal: Reason[] = [];
  const leave = (unit: Unit, reason: Reason): void => {
    for (const step of unit) settled.push({ step, state: 'left', reason });
    if (isFatal(reason)) fatal.push(reason);
  };
  /** Of each photo all that `act` asks for is done, or what was made for it is taken back. */
  const keepThose = async (units: readonly Made[][], act: (unit: Made[]) => Promise<Reason | null>): Promise<Made[][]> => {
    const kept: Made[][] = [];
    for (const unit of units) {
      const reason = await act(unit).catch(reasonOf);
      if (reason === null) {
        kept.push(unit);
        continue;
      }
      await takeBack(unit, carrying);
      leave(stepsOf(unit), reason);
    }
    return kept;
  };

  let made: Made[][] = [];
  carrying.promised.clear();
  for (const unit of lot) {
    progress({ now: unit[0]!.target, bytes: 0, settled: 0 });
    const result = await makeUnit(unit, carrying);
    if ('made' in result) made.push(result.made);
    else leave(unit, result.reason);
    if (fatal.length > 0) break;
  }
  const copies = made.flat().filter(({ way }) => way === 'copy');
  if (copies.length > 0) {
    const identity = async ({ id, target }: Step): Promise<string> => (await disk.look(temporaryName(id, target, token)))!.identity;
    journal.made(await Promise.all(copies.map(async ({ step }) => ({ id: step.id, made: await identity(step) }))));
  }
  const safe = (): Promise<Reason | null> => names.sync().then(() => null, reasonOf);
  // A rename takes the old name in the same moment: it goes into folders that are safe.
  let unsafe = made.flat().some(({ way }) => way === 'rename') ? await safe() : null;
  made = await keepThose(made, async (unit) => unsafe ?? placeUnit(unit, carrying));
  unsafe = await safe();
  made = await keepThose(made, async (unit) => unsafe ?? removeSources(unit, carrying));
  for (const { step, hash, lost } of made.flat()) settled.push(await doneOf(step, hash, lost, disk));
  return fatal[0] ? { how: 'failed', reason: fatal[0] } : null;
}

const stepsOf = (unit: readonly Made[]): Step[] => unit.map(({ step }) => step);

/** Everything of a photo that can be made before its old names go. Numbers it where a name came into use since it was planned. */
async function makeUnit(planned: Unit, carrying: Under): Promise<{ readonly made: Made[] } | { readonly reason: Reason }> {
  let unit = planned;
  const made: Made[] = [];
  try {
    for (const step of unit) {
      const reason = await objection(step, carrying);
      if (reason) return { reason };
    }
    for (let number = 2; !(await makeAll(unit, made, carrying)); number += 1) {
      await takeBack(made.splice(0), carrying);
      const reason = await standing(unit, carrying);
      if (reason) return { reason };
      const names = numberedNames(
        unit.map(({ source }) => source),
        number,
      );
      unit = unit.map((step, i) => ({ ...step, target: join(dirname(step.target), names[i]!) }));
      await carrying.names.sync(); // or names that it forgets here come back
      carrying.journal.retarget(unit);
    }
    for (const { step, isPlaced } of made) if (!isPlaced) carrying.promised.add(step.target);
    return { made };
  } catch (error) {
    await takeBack(made, carrying);
    return { reason: reasonOf(error) };
  }
}

/** @returns false where a name is in use */
async function makeAll(unit: Unit, made: Made[], carrying: Under): Promise<boolean> {
  for (const step of unit) {
    if (step.kind === 'bin') {
      made.push({ step, way: 'bin', lost: [], hash: step.hash, isPlaced: true, isGone: false });
      continue;
    }
    await carrying.folders.make(dirname(step.target));
    const one = await makeOne(step, carrying);
    if (one === 'taken') return false;
    made.push(one);
  }
  return true;
}

async function makeOne(step: Step, carrying: Under): Promise<Made | 'taken'> {
  const { disk, promised } = carrying;
  const { source, target } = step;
  if (promised.has(target)) return 'taken';
  if (step.kind === 'copy' || !(await isOneVolume(source, target, disk))) {
    return (await disk.look(target)) ? 'taken' : copied(step, carrying); // asked again when it gets its name
  }
  const linked = await disk.link(source, target);
  const made = { step, lost: [], hash: step.hash, isGone: false };
  if (linked === 'made') return { ...made, way: 'link', isPlaced: true };
  return linked === 'taken' || (await disk.look(target)) ? 'taken' : { ...made, way: 'rename', isPlaced: false };
}

async function copied(step: Step, carrying: Carrying): Promise<Made> {
  const { disk, token, progress } = carrying;
  const temporary = temporaryName(step.id, step.target, token);
  const made: Made = { step, way: 'copy', lost: [], hash: null, isPlaced: false, isGone: false };
  try {
    const lost = await copyTo(temporary, step.source, disk);
    const changed = await objection(step, carrying); // while it was read
    if (changed) throw new Refusal(changed);
    progress({ now: null, bytes: step.size, settled: 0 });
    return { ...made, lost, hash: step.hash ?? (await disk.fastHash(temporary)) };
  } catch (error) {
    await takeBack([made], carrying);
    throw error;
  }
}

/** Whether a source is what it was when it was planned. */
async function objection(
  { source, size, mtimeMs, hash }: Step,
  { disk, checksHashes }: Pick<Carrying, 'disk' | 'checksHashes'>,
): Promise<Reason | null> {
  const now = await disk.look(source);
  if (now === null) return { code: 'missing', message: 'the file is not there any more' };
  if (now.kind === 'link') return { code: 'link', message: 'it is a link to a file elsewhere' };
  if (now.kind !== 'file') return { code: 'not-a-file', message: 'there is something else of that name' };
  const isAsItWas = isAsTold(now, { size, mtimeMs }) && (!checksHashes || hash === null || hash === (await disk.fastHash(source)));
  return isAsItWas ? null : changedSince;
}

/** Why a photo stays where a name is in use: because numbers are not wished for, or because files of its bytes have all its names already. */
async function standing(unit: Unit, { disk, collisions }: Carrying): Promise<Reason | null> {
  const there = await Promise.all(unit.map((step) => isThere(step, disk)));
  if (there.every((how) => how === 'itself')) return { code: 'in-place', message: 'it lies there already' };
  if (there.every((how) => how !== null)) return alreadyThere;
  return collisions === 'skip' ? nameTaken : null;
}

async function isThere({ source, target, size }: Step, disk: Disk): Promise<'itself' | 'its bytes' | null> {
  const [file, there] = [await disk.look(source), await disk.look(target)];
  if (!file || there?.kind !== 'file') return null;
  if (file.identity === there.identity) return 'itself';
  return there.size === size && (await haveSameBytes(source, target, disk)) ? 'its bytes' : null;
}

/** Copies get their names; files on a volume without hard links are renamed. */
async function placeUnit(unit: readonly Made[], carrying: Carrying): Promise<Reason | null> {
  for (const made of unit) {
    if (made.isPlaced) continue;
    const { step, way } = made;
    made.isPlaced =
      way === 'copy'
        ? await place(temporaryName(step.id, step.target, carrying.token), step, heldTarget, carrying)
        : await claim(step.source, step, heldTarget, carrying);
    if (!made.isPlaced) return nameTaken;
    made.isGone = way === 'rename';
  }
  return null;
}

/** The old names go: only if they still stand for what the new ones do. */
async function removeSources(unit: readonly Made[], carrying: Carrying): Promise<Reason | null> {
  const { disk } = carrying;
  for (const { step, way } of unit) {
    if (step.kind !== 'move') continue;
    const reason = way === 'rename' ? null : await objection(step, carrying);
    if (reason) return reason;
    const there = await disk.look(step.target);
    if (there === null || (way === 'link' && there.identity !== (await disk.look(step.source))?.identity)) return changedSince;
  }
  for (const made of unit) {
    const { step, way } = made;
    if (way === 'bin') await disk.bin(step.source);
    else if (step.kind === 'move' && way !== 'rename') await disk.remove(step.source);
    else continue;
    made.isGone = true;
  }
  return null;
}

/** What was made for a photo goes again, and an old name that went comes back. */
async function takeBack(unit: readonly Made[], carrying: Carrying): Promise<void> {
  const { disk, token } = carrying;
  for (const { step, way, isPlaced, isGone } of unit.toReversed()) {
    if (way === 'bin') continue;
    const temporary = way === 'copy' && !isPlaced ? temporaryName(step.id, step.target, token) : null;
    if (temporary !== null && (await disk.look(temporary))) await disk.remove(temporary);
    if (!isPlaced) continue;
    if (isGone || !(await disk.look(step.source))) await putBack(step, carrying);
    else if (await disk.look(step.target)) await disk.remove(step.target);
  }
}

export async function doneOf(step: Step, hash: string | null, lost: readonly Lost[], disk: Disk): Promise<Settled> {
  const now = step.kind === 'bin' ? null : await disk.look(step.target);
  const { size, mtimeMs, inode } = now ?? { ...step, inode: 0 };
  return { step, state: 'done', target: step.target, size, mtimeMs, inode, hash, lost };
}

/** Makes folders, each once. */
class Folders {
  readonly #carrying: Pick<Carrying, 'disk' | 'journal' | 'grounds'>;
  readonly #there = new Set<string>();

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
      if (await disk.makeFolder(path)) journal.folder(path);
    }
    this.#there.add(path);
  }
}

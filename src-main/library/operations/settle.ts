/**
 * What a crash or a power cut left of an operation: the disk tells how far each photo had come. One whose new names are all there, with all
 * their bytes, is finished; any other is rolled back to its old names. What was not come to stays where it is. Between crash and start people
 * and programs may have been at the files: no name goes here unless another one is seen to have its bytes.
 */
import { doneOf } from './carry.ts';
import type { Disk, Entry } from './disk.ts';
import { type Placing, haveSameBytes, isPlaceholder, putBack, temporariesOf, temporaryName } from './place.ts';
import { reasonOf } from './reasons.ts';
import { Names } from './safe-names.ts';
import { type Reason, type Settled, type Step, type Unit, heldSource, heldTarget } from './steps.ts';

const notReached: Reason = { code: 'not-reached', message: 'Squint ended before it came to them' };

/** How far a step had come. */
interface Found {
  readonly step: Step;
  readonly source: Entry | null;
  readonly target: Entry | null; // only where it is this operation's
}

/** @param units those of which the journal knows no outcome */
export async function settle(units: readonly Unit[], settling: Placing): Promise<void> {
  const names = new Names(settling.disk);
  const settled: Settled[] = [];
  for (const unit of units) settled.push(...(await settleUnit(unit, { ...settling, disk: names.disk }, names)));
  // Whatever was done to them before this start may not be safe either.
  names.changed(...units.flat().flatMap(({ source, target }) => [source, target]));
  await names.sync().catch(() => undefined); // what fails has no worse end than an old name that comes back
  settling.journal.settle(settled);
}

async function settleUnit(unit: Unit, settling: Placing, names: Names): Promise<Settled[]> {
  const left = (reason: Reason): Settled[] => unit.map((step) => ({ step, state: 'left', reason }));
  try {
    for (const step of unit) await removePlaceholders(step, settling.disk);
    const found = await findAll(unit, settling);
    if (!found.every(hasArrived)) {
      await rollBack(found, settling);
      const isGone = found.some(({ source, target }) => source === null && target === null);
      return left(isGone ? { code: 'missing', message: 'the file is neither where it was nor where it was to go' } : notReached);
    }
    const reason = await finish(found, settling, names).then(() => null, reasonOf);
    if (reason === null) return await Promise.all(unit.map((step) => doneOf(step, step.hash, [], settling.disk)));
    await rollBack(await findAll(unit, settling), settling);
    return left(reason);
  } catch (error) {
    return left(reasonOf(error));
  }
}

/** The new name is there with all its bytes. */
const hasArrived = ({ step, source, target }: Found): boolean => (step.kind === 'bin' ? source === null : target !== null);

/** Empty files that held a name, on a volume without hard links. */
async function removePlaceholders(step: Step, disk: Disk): Promise<void> {
  const held = step.made === heldTarget ? step.target : step.made === heldSource ? step.source : null;
  const there = held === null ? null : await disk.look(held);
  if (there && isPlaceholder(there, step)) await disk.remove(held!);
}

const findAll = (unit: Unit, settling: Placing): Promise<Found[]> => Promise.all(unit.map((step) => find(step, settling)));

async function find(step: Step, settling: Placing): Promise<Found> {
  const source = await settling.disk.look(step.source);
  if (step.kind === 'bin') return { step, source, target: null };
  const target = await settling.disk.look(step.target);
  return { step, source, target: target && (await isOurs(step, source, target, settling)) ? target : null };
}

/** Whether what has the target's name was put there by this operation, whole. */
async function isOurs(step: Step, source: Entry | null, target: Entry, { disk, token }: Placing): Promise<boolean> {
  const { made, hash } = step;
  if (target.kind !== 'file') return false;
  // A hard link; with one name only it is the source itself, seen by another way: through a link to its folder, or in other letters.
  if (source?.identity === target.identity) return target.names > 1;
  if (target.size !== step.size) return false;
  if (source === null) return hash === null || hash === (await disk.fastHash(step.target)); // it went there: nothing else takes a source away
  if (made === null) return false;
  if (made === target.identity) return true;
  // Volumes without hard links number their files anew each time they are opened: there the bytes tell.
  const wasPlaced = made === heldTarget || made === heldSource || !(await disk.look(temporaryName(step.id, step.target, token)));
  return wasPlaced && (await haveSameBytes(step.source, step.target, disk));
}

async function finish(found: readonly Found[], settling: Placing, names: Names): Promise<void> {
  const { disk } = settling;
  names.changed(...found.flatMap(({ step, target }) => (target ? [step.target] : [])));
  await names.sync();
  for (const { step, source, target } of found) {
    await removeTemporaries(step, settling);
    if (step.kind === 'move' && source && (await isTwice(step, source, target!, disk))) await disk.remove(step.source);
  }
}

async function rollBack(found: readonly Found[], settling: Placing): Promise<void> {
  const { disk } = settling;
  for (const { step, source, target } of found) {
    if (source !== null || target !== null) await removeTemporaries(step, settling);
    if (target === null) continue;
    if (source !== null && (await isTwice(step, source, target, disk))) await disk.remove(step.target);
    if (source === null && step.kind === 'move') await putBack(step, settling);
  }
}

/** Whether the bytes are under both names. */
const isTwice = async ({ source, target }: Step, a: Entry, b: Entry, disk: Disk): Promise<boolean> =>
  a.identity === b.identity || (a.kind === 'file' && a.size === b.size && (await haveSameBytes(source, target, disk)));

async function removeTemporaries(step: Step, { disk, token }: Placing): Promise<void> {
  if (step.kind === 'bin') return;
  for (const path of temporariesOf(step, token)) if (await disk.look(path)) await disk.remove(path);
}

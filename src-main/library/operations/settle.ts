/**
 * What a crash or a power cut left of an operation: the disk tells how far each photo had come. One whose new names are all there, with all
 * their bytes, is finished; any other is rolled back to its old names. What was not come to stays where it is.
 */
import { dirname } from 'node:path';
import { doneOf, putBack, temporaryName } from './carry.ts';
import type { Disk, Entry } from './disk.ts';
import { reasonOf } from './reasons.ts';
import type { Journal, Reason, Settled, Step, Unit } from './steps.ts';

export interface Settling {
  readonly disk: Disk;
  readonly journal: Journal;
  readonly token: string;
}

const notReached: Reason = { code: 'not-reached', message: 'Squint ended before it came to them' };

/** How far a step had come. */
interface Found {
  readonly step: Step;
  readonly source: Entry | null;
  readonly target: Entry | null; // only where it is this operation's
  readonly temporary: Entry | null;
}

/** @param units those of which the journal knows no outcome */
export async function settle(units: readonly Unit[], settling: Settling): Promise<void> {
  for (const unit of units) settling.journal.settle(await settleUnit(unit, settling));
}

async function settleUnit(unit: Unit, settling: Settling): Promise<Settled[]> {
  try {
    const found = await Promise.all(unit.map((step) => find(step, settling)));
    if (found.every(hasArrived)) {
      await finish(found, settling);
      return await Promise.all(unit.map(async (step) => doneOf(step, await hashOf(step, settling), [], settling.disk)));
    }
    for (const one of found) await rollBack(one, settling);
    const isGone = found.some(({ source, target }) => source === null && target === null);
    const reason = isGone ? { code: 'missing', message: 'the file is neither where it was nor where it was to go' } : notReached;
    return unit.map((step) => ({ step, state: 'left', reason }));
  } catch (error) {
    return unit.map((step) => ({ step, state: 'left', reason: reasonOf(error) }));
  }
}

/** The new name is there with all its bytes, and the old one, if it is, has nothing more to give. */
function hasArrived({ step, source, target }: Found): boolean {
  if (step.kind === 'bin') return source === null;
  if (target === null) return false;
  if (source === null || step.kind === 'copy' || source.identity === target.identity) return true;
  return source.size === step.size && Math.abs(source.mtimeMs - step.mtimeMs) < 1;
}

const hashOf = async (step: Step, { disk }: Settling): Promise<string | null> =>
  step.hash ?? (step.kind === 'bin' ? null : disk.fastHash(step.target));

async function find(step: Step, { disk, token }: Settling): Promise<Found> {
  const source = await disk.look(step.source);
  if (step.kind === 'bin') return { step, source, target: null, temporary: null };
  const temporary = await disk.look(temporaryName(step, token));
  const target = await disk.look(step.target);
  return { step, source, temporary, target: target && (await isOurs({ step, source, temporary }, target, disk)) ? target : null };
}

/** Whether what has the target's name was put there by this operation, whole. */
async function isOurs({ step, source, temporary }: Omit<Found, 'target'>, target: Entry, disk: Disk): Promise<boolean> {
  if (target.kind !== 'file' || target.size !== step.size) return false;
  if (source === null) return true; // it went there: nothing else takes a source away
  if (source.identity === target.identity) return true; // a hard link
  if (step.made === null) return false;
  // Volumes without hard links number their files anew each time they are opened: there the bytes tell.
  return step.made === target.identity || (temporary === null && (await disk.fullHash(step.source)) === (await disk.fullHash(step.target)));
}

async function finish(found: readonly Found[], settling: Settling): Promise<void> {
  const { disk } = settling;
  for (const { step, source, target, temporary } of found) {
    if (target === null) continue; // a bin
    await disk.syncFolder(dirname(step.target));
    if (temporary) await disk.remove(temporaryName(step, settling.token));
    if (step.kind === 'move' && source) await disk.remove(step.source);
  }
}

async function rollBack({ step, source, target, temporary }: Found, { disk, journal, token }: Settling): Promise<void> {
  if (source === null) {
    if (target && step.kind === 'move') await putBack(step, disk, journal);
    return;
  }
  if (target) await disk.remove(step.target);
  else if (step.made !== null) await removePlaceholder(step, disk);
  if (temporary) await disk.remove(temporaryName(step, token));
}

/** An empty file that held a name, on a volume without hard links. */
async function removePlaceholder({ target, size }: Step, disk: Disk): Promise<void> {
  const there = await disk.look(target);
  if (there?.kind === 'file' && there.size === 0 && size > 0) await disk.remove(target);
}

/**
 * Changes to files while they go: one at a time, in the order that library/operations keeps. Meanwhile no folder is looked through and no
 * photo is read, so that nobody holds a file that moves. Taking back is an operation too, and can itself be taken back.
 */
import { randomBytes } from 'node:crypto';
import { basename, dirname } from 'node:path';
import type { LeftSteps, NewOperation, NewStep, StoredOperation, StoredStep } from '../../catalog/index.ts';
import { SquintError } from '../../contract/errors.ts';
import type { Left, Operation, OperationProgress, OperationReport, UndoCheck } from '../../contract/operations.ts';
import { type Disk, type Journal, type Reason, carryOut, check, goneOf, holds, reasonOf, reversed, settle } from '../../library/index.ts';
import type { Context } from './context.ts';
import type { Roots } from './roots.ts';
import type { Runs } from './runs.ts';
import { type Planned, nameOf, stepsOf } from './sorting.ts';

const secondsToJudge = 2; // before the time left is told

const notReached: Reason = { code: 'not-reached', message: 'it ended before it came to them' };

/** The operation that goes. */
interface Going {
  readonly id: number;
  readonly stop: AbortController;
  readonly began: number; // performance.now
  readonly bytes: number; // to be copied
  bytesDone: number;
  settled: number; // files
  now: string | null;
  ended: Promise<void>;
}

export class Operations {
  readonly #context: Context;
  readonly #roots: Roots;
  readonly #runs: Runs;
  readonly #disk: Disk;
  #going: Going | null = null;
  readonly #settled: number[] = [];

  constructor(context: Context, roots: Roots, runs: Runs, disk: Disk) {
    this.#context = context;
    this.#roots = roots;
    this.#runs = runs;
    this.#disk = disk;
  }

  /** What the end of the program cut off is finished or rolled back. Before anything else looks at files. */
  async recover(): Promise<void> {
    const { catalog, log } = this.#context;
    for (const operation of catalog.unfinishedOperations()) {
      const gone = await goneOf(operation.grounds, this.#disk);
      if (gone.length > 0) continue; // it is finished when its drives are there again
      try {
        await settle(catalog.stepsOf(operation.id, 'intended', null), {
          disk: this.#disk,
          journal: this.#journal(operation.id),
          token: operation.token,
        });
        catalog.endOperation(operation.id, 'stopped', 'Squint ended before it was done.', notReached);
        this.#settled.push(operation.id);
      } catch (error) {
        log.write(error);
      }
    }
  }

  /** Those that `recover` came to; told once. */
  settled(): Operation[] {
    return this.#settled.splice(0).map((id) => this.#shown(this.#find(id)));
  }

  /** As planned. @throws {SquintError} `busy`, or the plan's problem */
  async beginSort(planned: Planned): Promise<Operation> {
    const { problem, target, request, gathered, roots } = planned;
    if (problem) throw new SquintError(problem.code, problem.message, problem.hint === undefined ? {} : { hint: problem.hint });
    this.#refuseWhileBusy();
    const { catalog } = this.#context;
    const folders = await this.#makeTarget(target.path);
    if (request.how === 'move') this.#takeIn(target.path);
    catalog.grantTarget(target.path, Date.now());
    return this.#begin(
      {
        ...{ kind: request.how, undoes: null, target: target.path, collisions: request.collisions },
        grounds: [...new Set([target.path, ...roots])],
      },
      stepsOf(planned),
      { bytes: gathered.copied.bytes, folders },
    );
  }

  /** @param photos only of these; null: of all. @throws {SquintError} `no-such-operation` */
  async check(id: number, photos: readonly number[] | null): Promise<UndoCheck> {
    const operation = this.#find(id);
    const { can, cannot } = await this.#checked(operation, photos);
    const reasons = new Map<string, Left & { examples: string[] }>();
    for (const { unit, reason } of cannot) {
      const left = reasons.get(reason.code) ?? { ...reason, files: 0, examples: [] };
      const examples = left.examples.length < 3 ? [...left.examples, basename(unit[0]!.source)] : left.examples;
      reasons.set(reason.code, { ...left, files: left.files + unit.length, examples });
    }
    const steps = can.flat();
    return {
      operation: this.#shown(operation),
      files: steps.length,
      bytes: steps.reduce((sum, { size }) => sum + size, 0),
      cannot: [...reasons.values()],
    };
  }

  /** What can be taken back. @throws {SquintError} `busy`, `no-such-operation`, `nothing-to-undo` */
  async undo(id: number, photos: readonly number[] | null): Promise<Operation> {
    this.#refuseWhileBusy();
    const operation = this.#find(id);
    const { can, cannot } = await this.#checked(operation, photos);
    if (can.length === 0) {
      const [first] = cannot;
      throw new SquintError(
        'nothing-to-undo',
        first ? `It cannot be taken back: ${first.reason.message}.` : 'There is nothing to take back.',
      );
    }
    const steps = can.flatMap((unit, i) =>
      unit.map(({ id: reverses, photo, file, kind, source, target, size, mtimeMs, hash }) => ({
        ...{ unit: i, photo, file, kind, source, target, size, mtimeMs, hash, reverses },
      })),
    );
    const { target, grounds } = operation;
    const [{ kind }] = steps as [NewStep];
    const folders = this.#isBack(operation.undoes) ? await this.#makeTarget(target) : []; // done again
    if (this.#isBack(operation.undoes) && kind === 'move') this.#takeIn(target);
    return this.#begin({ kind, undoes: id, target, collisions: 'skip', grounds }, steps, { bytes: 0, folders });
  }

  list(before: number | null, limit: number): Operation[] {
    return this.#context.catalog.operations(before, limit).map((operation) => this.#shown(operation));
  }

  /** @throws {SquintError} `no-such-operation` */
  report(id: number): OperationReport {
    const operation = this.#find(id);
    return { operation: this.#shown(operation), left: this.#context.catalog.leftOf(id).map(toLeft), lost: lostIn(operation) };
  }

  /** The last that moved a photo and can be taken back. */
  of(photo: number): { operation: Operation; from: string } | null {
    const last = this.#context.catalog.operationOf(photo);
    return last && { operation: this.#shown(this.#find(last.operation)), from: nameOf(dirname(last.source)) };
  }

  now(): OperationProgress | null {
    const going = this.#going;
    if (!going) return null;
    const operation = this.#shown(this.#find(going.id));
    const seconds = (performance.now() - going.began) / 1000;
    const share = going.bytes > 0 ? going.bytesDone / going.bytes : going.settled / operation.files;
    return {
      operation,
      bytes: going.bytes,
      bytesDone: going.bytesDone,
      secondsLeft: seconds < secondsToJudge || share <= 0 ? null : Math.max(0, (seconds / share) * (1 - share)),
      now: going.now === null ? null : nameOf(going.now),
    };
  }

  /** Until it has ended, after the lot under way. */
  async stop(): Promise<void> {
    this.#going?.stop.abort();
    this.#context.notices.operation();
    await this.#going?.ended;
  }

  #begin(
    operation: Omit<NewOperation, 'token'>,
    steps: readonly NewStep[],
    { bytes, folders }: { readonly bytes: number; readonly folders: readonly string[] },
  ): Operation {
    this.#refuseWhileBusy(); // something may have begun while the disk was asked
    const { catalog } = this.#context;
    const token = randomBytes(6).toString('hex');
    const id = catalog.beginOperation({ ...operation, token }, steps);
    catalog.noteFolders(id, folders);
    const going: Going = {
      ...{ id, bytes, bytesDone: 0, settled: 0, now: null, began: performance.now() },
      stop: new AbortController(),
      ended: Promise.resolve(),
    };
    this.#going = going;
    going.ended = this.#carry(going, token);
    return this.#shown(this.#find(id));
  }

  /** Never rejects: why it failed is kept with it. */
  async #carry(going: Going, token: string): Promise<void> {
    const { catalog, notices, log } = this.#context;
    const { id } = going;
    const { kind, collisions, grounds, undoes } = this.#find(id);
    const units = catalog.stepsOf(id, 'intended', null);
    const resume = this.#runs.holdBack(`Files are being ${kind === 'copy' ? 'copied' : 'moved'}.`);
    const release = await this.#roots.hold();
    await this.#runs.still();
    const journal = this.#journal(id);
    try {
      notices.operation();
      const ending = await carryOut(units, {
        ...{ disk: this.#disk, journal, token, grounds, collisions, signal: going.stop.signal, checksHashes: undoes !== null },
        progress: ({ now, bytes, settled }) => {
          going.now = now ?? going.now;
          going.bytesDone += bytes;
          going.settled += settled;
          notices.operation();
        },
      });
      if (undoes !== null) await this.#removeFolders(undoes);
      const reason = ending.how === 'failed' ? sentence(ending.reason) : ending.how === 'stopped' ? 'You stopped it.' : null;
      catalog.endOperation(id, ending.how, reason, notReached);
    } catch (error) {
      log.write(error);
      await this.#fail(id, token, error);
    } finally {
      this.#going = null;
      release();
      resume();
      this.#tellEnd(id);
    }
  }

  /** Something that nobody foresaw: what is unclear is settled as after a crash. */
  async #fail(id: number, token: string, error: unknown): Promise<void> {
    const { catalog, log } = this.#context;
    try {
      await settle(catalog.stepsOf(id, 'intended', null), { disk: this.#disk, journal: this.#journal(id), token });
      catalog.endOperation(id, 'failed', sentence(reasonOf(error)), notReached);
    } catch (again) {
      log.write(again); // the next start settles it
    }
  }

  /** Folders that the operation made, and that are empty now that it was taken back; and what the list got of them. */
  async #removeFolders(id: number): Promise<void> {
    const { folders, target } = this.#find(id);
    for (const folder of folders.toReversed()) await this.#disk.removeEmptyFolder(folder);
    const { catalog } = this.#context;
    for (const root of catalog.roots())
      if (root.path === target && root.scope === 'files' && root.photos === 0) catalog.removeRoot(root.id);
  }

  #tellEnd(id: number): void {
    const { notices } = this.#context;
    const { kind, target } = this.#find(id);
    this.#context.revision += 1;
    notices.operationEnded({ operation: this.#shown(this.#find(id)), bytes: 0, bytesDone: 0, secondsLeft: null, now: null });
    notices.roots();
    notices.counts();
    if (kind === 'move') {
      notices.removed(null); // from the folder that is shown, maybe
      return;
    }
    this.#roots.lookInto(target);
  }

  #journal(id: number): Journal {
    const { catalog, notices } = this.#context;
    const folders = [...this.#find(id).folders];
    return {
      retarget: (steps) => catalog.retargetSteps(steps),
      made: (steps) => catalog.stepsMade(steps),
      folder: (path) => {
        folders.push(path);
        catalog.noteFolders(id, folders);
      },
      settle: (settled) => {
        catalog.settleSteps(settled);
        const photos = new Set(settled.flatMap(({ step }) => (step as StoredStep).photo ?? []));
        notices.rows(photos);
        notices.counts();
      },
    };
  }

  async #checked(operation: StoredOperation, photos: readonly number[] | null): ReturnType<typeof check<StoredStep[]>> {
    const done = this.#context.catalog.stepsOf(operation.id, 'done', photos);
    const units = done.map((unit) => unit.map(reversed));
    // The bin takes files one by one.
    const each = units.flatMap((unit) => (unit[0]!.kind === 'bin' ? unit.map((step) => [step]) : [unit]));
    // A target that went when this was taken back is made again.
    const grounds = this.#isBack(operation.undoes)
      ? operation.grounds.map((folder) => (folder === operation.target ? dirname(folder) : folder))
      : operation.grounds;
    return check(each, grounds, this.#disk);
  }

  /** @returns the folder, where it was not there */
  async #makeTarget(path: string): Promise<string[]> {
    return (await this.#disk.look(path)) === null && (await this.#disk.makeFolder(path)) ? [path] : [];
  }

  /** Photos that are moved out of every folder in the list stay in the library: the folder that they go to joins it, with them alone. */
  #takeIn(target: string): void {
    const { catalog, notices } = this.#context;
    if (catalog.roots().some((root) => root.scope === 'folder' && holds(root.path, target))) return;
    catalog.addRoot({ path: target, scope: 'files' });
    notices.roots();
  }

  #find(id: number): StoredOperation {
    const operation = this.#context.catalog.operation(id);
    if (!operation) throw new SquintError('no-such-operation', `There is no operation ${id}.`);
    return operation;
  }

  /** Taking back what was taken back leads forward again. */
  #isBack(undoes: number | null): boolean {
    return undoes !== null && !this.#isBack(this.#find(undoes).undoes);
  }

  #refuseWhileBusy(): void {
    if (!this.#going) return;
    throw new SquintError('busy', 'Files are being moved or copied.', { hint: 'Wait until it is done, or stop it.' });
  }

  #shown({ id, kind, undoes, target, state, reason, started, files, done, left, undone, grounds }: StoredOperation): Operation {
    const isGoing = this.#going?.id === id;
    const isWaiting = state === 'running' && !isGoing;
    return {
      ...{ id, kind, undoes, files, done, left, undone },
      isBack: this.#isBack(undoes),
      target: nameOf(target),
      state: isWaiting ? 'stopped' : isGoing && this.#going!.stop.signal.aborted ? 'stopping' : state,
      reason: isWaiting
        ? `It will be finished when ${grounds.map((folder) => basename(folder)).join(' and ')} can be reached again.`
        : reason,
      started: new Date(started).toISOString(),
    };
  }
}

const toLeft = ({ code, message, files, examples }: LeftSteps): Left => ({
  code,
  message,
  files,
  examples: examples.map((path) => basename(path)),
});

const lostWords: Readonly<Record<string, string>> = {
  times: 'The times',
  permissions: 'The permissions',
  attributes: 'The extended attributes',
};

function lostIn({ lost }: StoredOperation): string[] {
  return Object.entries(lost).map(
    ([what, files]) => `${lostWords[what] ?? what} of ${files === 1 ? 'one file' : `${files} files`} could not be kept on this volume.`,
  );
}

/** "the disk is full" as a sentence. */
const sentence = ({ message }: Reason): string => `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;

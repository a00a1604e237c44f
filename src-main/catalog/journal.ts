/**
 * The journal of changes to files: what is intended, durable before anything is touched, and what became of it. A move that was done is a
 * move in the catalogue too: the photo keeps all that is known of it.
 */
import type { DatabaseSync } from 'node:sqlite';
import { Statement, transaction } from './database.ts';
import { movedVerb } from './moved.ts';

type StepKind = 'move' | 'copy' | 'bin';

export interface NewOperation {
  readonly kind: StepKind;
  readonly undoes: number | null;
  readonly target: string; // absolute
  readonly collisions: 'number' | 'skip';
  readonly grounds: readonly string[]; // folders that have to be there
  readonly token: string; // in the names of its temporary files
}

export interface NewStep {
  readonly unit: number;
  readonly photo: number | null;
  readonly file: number | null;
  readonly kind: StepKind;
  readonly source: string; // absolute
  readonly target: string;
  readonly size: number; // bytes
  readonly mtimeMs: number;
  readonly hash: string | null;
  readonly reverses: number | null; // a step that this one takes back
}

export interface StoredStep extends NewStep {
  readonly id: number;
  readonly made: string | null;
}

export interface StoredOperation extends NewOperation {
  readonly id: number;
  readonly state: 'running' | 'done' | 'stopped' | 'failed';
  readonly reason: string | null;
  readonly folders: readonly string[]; // that it made
  readonly started: number; // milliseconds since 1970
  readonly files: number;
  readonly done: number; // steps, as the next two
  readonly left: number;
  readonly undone: number; // of those done
  readonly lost: Readonly<Record<string, number>>;
}

/** What became of a step; `library/operations` has the same. */
export type Outcome = { readonly step: { readonly id: number } } & (
  | { readonly state: 'left'; readonly reason: { readonly code: string; readonly message: string } }
  | {
      readonly state: 'done';
      readonly target: string;
      readonly size: number;
      readonly mtimeMs: number;
      readonly inode: number;
      readonly hash: string | null;
      readonly lost: readonly string[];
    }
);

export interface LeftSteps {
  readonly code: string;
  readonly message: string;
  readonly files: number;
  readonly examples: readonly string[]; // absolute paths
}

/** A folder that photos may be sorted into. */
export interface StoredTarget {
  readonly id: number;
  readonly path: string; // absolute
  readonly used: number; // when it was chosen last; 0: never
}

const examplesKept = 3;

export function journalVerbs(db: DatabaseSync) {
  const addOperation = new Statement(
    db,
    'insert into operations (kind, undoes, target, collisions, grounds, token, started, files) values (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const addStep = new Statement(
    db,
    'insert into steps (operation, unit, photo, file, kind, source, target, size, mtime, hash, reverses) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const columns = `id, kind, undoes, state, reason, target, collisions, grounds, folders, token, started, files, done, left_over "left", undone, lost`;
  const find = new Statement<OperationRow>(db, `select ${columns} from operations where id = ?`);
  const newest = new Statement<OperationRow>(db, `select ${columns} from operations where ?1 is null or id < ?1 order by id desc limit ?2`);
  const running = new Statement<OperationRow>(db, `select ${columns} from operations where state = 'running' order by id`);
  const lastOf = new Statement<{ operation: number; source: string }>(
    db,
    `select operation, source from steps where photo = ? and state = 'done' and kind = 'move' order by id desc limit 1`,
  );
  const stepColumns = 'id, unit, photo, file, kind, source, target, size, mtime mtimeMs, hash, made, reverses';
  const steps = new Statement<StoredStep>(
    db,
    `select ${stepColumns} from steps where operation = ?1 and state = ?2 and (?3 is null or photo in (select value from json_each(?3))) order by unit, id`,
  );
  const retarget = new Statement(db, 'update steps set target = ? where id = ?');
  const made = new Statement(db, 'update steps set made = ? where id = ?');
  const leave = new Statement(db, `update steps set state = 'left', code = ?, message = ? where id = ? and state = 'intended'`);
  const finish = new Statement(
    db,
    `update steps set state = 'done', target = ?, size = ?, mtime = ?, hash = ? where id = ? and state = 'intended'`,
  );
  const stepOf = new Statement<{ operation: number; kind: StepKind; file: number | null; reverses: number | null }>(
    db,
    'select operation, kind, file, reverses from steps where id = ?',
  );
  const markUndone = new Statement<{ operation: number }>(
    db,
    `update steps set state = 'undone' where id = ? and state = 'done' returning operation`,
  );
  const count = new Statement(db, 'update operations set done = done + ?, left_over = left_over + ?, undone = undone + ? where id = ?');
  const setLost = new Statement(db, 'update operations set lost = ? where id = ?');
  const setFolders = new Statement(db, 'update operations set folders = ? where id = ?');
  const end = new Statement(db, 'update operations set state = ?, reason = ?, ended = ? where id = ?');
  const leaveRest = new Statement<{ id: number }>(
    db,
    `update steps set state = 'left', code = ?, message = ? where operation = ? and state = 'intended' returning id`,
  );
  const leftBy = new Statement<{ code: string; message: string; files: number }>(
    db,
    `select code, message, count(*) files from steps where operation = ? and state = 'left' group by code, message order by files desc`,
  );
  const leftExamples = new Statement<{ source: string }>(
    db,
    `select source from steps where operation = ? and state = 'left' and code = ? and message = ? order by id limit ${examplesKept}`,
  );
  const grant = new Statement(
    db,
    'insert into targets (path, used) values (?, ?) on conflict (path) do update set used = max(used, excluded.used)',
  );
  const targetAt = new Statement<{ id: number }>(db, 'select id from targets where path = ?');
  const targets = new Statement<StoredTarget>(db, 'select id, path, used from targets order by used desc, id desc');
  const moved = movedVerb(db);

  /** It has reached the disk when this returns. */
  const durably = <T>(work: () => T): T => {
    db.exec('pragma synchronous = full');
    try {
      return transaction(db, work);
    } finally {
      db.exec('pragma synchronous = normal');
    }
  };

  const settleOne = (outcome: Outcome): void => {
    const { id } = outcome.step;
    const step = stepOf.get(id)!;
    if (outcome.state === 'left') {
      leave.run(outcome.reason.code, outcome.reason.message, id);
      count.run(0, 1, 0, step.operation);
      return;
    }
    const { target, size, mtimeMs, inode, hash, lost } = outcome;
    finish.run(target, size, mtimeMs, hash, id);
    count.run(1, 0, 0, step.operation);
    const reversed = step.reverses === null ? undefined : markUndone.get(step.reverses);
    if (reversed) count.run(0, 0, 1, reversed.operation);
    if (step.kind === 'move' && step.file !== null) moved(step.file, { path: target, size, mtimeMs, inode });
    if (lost.length === 0) return;
    const known = toOperation(find.get(step.operation)!).lost;
    setLost.run(JSON.stringify({ ...known, ...Object.fromEntries(lost.map((what) => [what, (known[what] ?? 0) + 1])) }), step.operation);
  };

  return {
    /** Durable: the whole intent, before anything is touched. @returns its id */
    beginOperation: (operation: NewOperation, steps: readonly NewStep[]): number =>
      durably(() => {
        const { kind, undoes, target, collisions, grounds, token } = operation;
        const id = addOperation.run(kind, undoes, target, collisions, JSON.stringify(grounds), token, Date.now(), steps.length);
        for (const { unit, photo, file, kind: how, source, target: to, size, mtimeMs, hash, reverses } of steps) {
          addStep.run(id, unit, photo, file, how, source, to, size, mtimeMs, hash, reverses);
        }
        return id;
      }),

    /** Durable. */
    retargetSteps(steps: readonly { readonly id: number; readonly target: string }[]): void {
      durably(() => {
        for (const { id, target } of steps) retarget.run(target, id);
      });
    },

    /** Durable. */
    stepsMade(steps: readonly { readonly id: number; readonly made: string }[]): void {
      durably(() => {
        for (const step of steps) made.run(step.made, step.id);
      });
    },

    /** What became of them; the catalogue's files go along. Not durable: where a power cut takes it, the disk tells it again. */
    settleSteps(outcomes: readonly Outcome[]): void {
      transaction(db, () => {
        for (const outcome of outcomes) settleOne(outcome);
      });
    },

    noteFolders(operation: number, folders: readonly string[]): void {
      setFolders.run(JSON.stringify(folders), operation);
    },

    /** @param rest why the steps that it did not come to are left */
    endOperation(
      operation: number,
      state: Exclude<StoredOperation['state'], 'running'>,
      reason: string | null,
      rest: { readonly code: string; readonly message: string },
    ): void {
      transaction(db, () => {
        const left = leaveRest.all(rest.code, rest.message, operation).length;
        count.run(0, left, 0, operation);
        end.run(state, reason, Date.now(), operation);
      });
    },

    operation(id: number): StoredOperation | null {
      const row = find.get(id);
      return row ? toOperation(row) : null;
    },
    /** Newest first. @param before an id; null: from the newest on */
    operations: (before: number | null, limit: number): StoredOperation[] => newest.all(before, limit).map(toOperation),
    /** Right after opening: those that a crash or power cut ended. */
    unfinishedOperations: (): StoredOperation[] => running.all().map(toOperation),
    /** The last that moved a photo and was not taken back. */
    operationOf: (photo: number): { operation: number; source: string } | null => lastOf.get(photo) ?? null,

    /** By photo. @param photos only of these; null: of all */
    stepsOf(operation: number, state: 'intended' | 'done', photos: readonly number[] | null): StoredStep[][] {
      const units: StoredStep[][] = [];
      let last: number | null = null;
      for (const step of steps.all(operation, state, photos === null ? null : JSON.stringify(photos))) {
        if (step.unit !== last) units.push([]);
        last = step.unit;
        units.at(-1)!.push({ ...step });
      }
      return units;
    },

    leftOf: (operation: number): LeftSteps[] =>
      leftBy.all(operation).map(({ code, message, files }) => ({
        ...{ code, message, files },
        examples: leftExamples.all(operation, code, message).map(({ source }) => source),
      })),

    /** The same path has the same id. @param used when it was chosen, milliseconds since 1970; 0 for one that only may be */
    grantTarget(path: string, used: number): number {
      grant.run(path, used);
      return targetAt.get(path)!.id;
    },
    /** Those chosen last first. */
    targets: (): StoredTarget[] => targets.all().map((target) => ({ ...target })),
  };
}

interface OperationRow extends Omit<StoredOperation, 'grounds' | 'folders' | 'lost'> {
  grounds: string;
  folders: string;
  lost: string;
}

function toOperation({ grounds, folders, lost, ...rest }: OperationRow): StoredOperation {
  return {
    ...rest,
    grounds: JSON.parse(grounds) as string[],
    folders: JSON.parse(folders) as string[],
    lost: JSON.parse(lost) as Record<string, number>,
  };
}

/**
 * Changes to files, as a window shows them: a sort before it is begun (its plan), an operation while it goes, the history, and what of it can
 * still be taken back. Paths in here are for people to read; no request takes one.
 */
import * as v from 'valibot';
import { Filter, Id, ProblemShape } from './library.ts';

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
const NotNegative = v.pipe(v.number(), v.minValue(0));
const Examples = v.array(v.string()); // a few names

/** A folder that photos may be sorted into: the person granted it to the host, or it is a root. */
export const Target = v.strictObject({ id: Id, path: v.string(), name: v.string() }); // name: its last two parts, "Photos › Sorted"
export type Target = v.InferOutput<typeof Target>;

export const SortRequest = v.strictObject({
  of: v.variant('kind', [
    v.strictObject({ kind: v.literal('filter'), filter: Filter }),
    v.strictObject({ kind: v.literal('photos'), ids: v.pipe(v.array(Id), v.minLength(1), v.maxLength(100_000)) }),
  ]),
  how: v.picklist(['move', 'copy']),
  target: Id,
  pattern: v.pipe(v.string(), v.minLength(1), v.maxLength(300)), // folders below the target: "{collection}/{year}"
  collisions: v.picklist(['number', 'skip']), // a name that another file has: add a number, or leave the photo where it is
  review: v.boolean(), // photos in Review go too, into a folder of that name; else they stay
  rejects: v.boolean(), // rejects go into a folder of that name; else they stay
});
export type SortRequest = v.InferOutput<typeof SortRequest>;

/** Why some files stay where they are, or were not done. */
export const Left = v.strictObject({
  code: v.string(),
  message: v.string(), // for people, without the number: "the same file is there already"
  files: Count,
  examples: Examples,
});
export type Left = v.InferOutput<typeof Left>;

/** What a sort would do. Nothing has been done; it holds until the next plan is made. */
export const SortPlan = v.strictObject({
  id: Id,
  target: Target,
  photos: Count, // that go
  files: Count, // that go: photos and their companions
  bytes: Count,
  withCompanions: Count, // photos that take other files along
  folders: v.array(v.strictObject({ path: v.string(), files: Count, bytes: Count })), // below the target, "Dogs/2024", in natural order; '' is the target itself
  renamed: Count, // files that get a number
  staying: v.array(Left),
  copied: v.strictObject({ files: Count, bytes: Count }), // for another volume, or a copy: takes time and room
  free: v.nullable(v.strictObject({ bytes: Count, of: Count })), // on the target's volume, before; null where the system does not tell
  problem: v.nullable(ProblemShape), // why it cannot be begun
});
export type SortPlan = v.InferOutput<typeof SortPlan>;

/** One line of a plan. */
export const PlannedFile = v.strictObject({ photo: Id, from: v.string(), to: v.string(), renamed: v.boolean() }); // from: with the root's name before; to: below the target
export type PlannedFile = v.InferOutput<typeof PlannedFile>;

export const Operation = v.strictObject({
  id: Id,
  kind: v.picklist(['move', 'copy', 'bin']), // bin: copies that were taken back
  undoes: v.nullable(Id), // the operation that this one takes back
  isBack: v.boolean(), // towards how it was; false for one that does again what was taken back
  target: v.string(), // "Photos › Sorted"; of one that takes back, that of the one it takes back
  state: v.picklist(['running', 'stopping', 'done', 'stopped', 'failed']),
  reason: v.nullable(v.string()), // why it ended before it was done
  started: v.string(), // ISO 8601
  files: Count, // planned
  done: Count,
  left: Count, // not done, each with its reason in `operations.report`
  undone: Count, // of those done, taken back since
});
export type Operation = v.InferOutput<typeof Operation>;

/** The operation that goes. Sent at most four times a second. */
export const OperationProgress = v.strictObject({
  operation: Operation,
  bytes: Count, // to be copied
  bytesDone: Count,
  secondsLeft: v.nullable(NotNegative),
  now: v.nullable(v.string()), // the file under way, below the target
});
export type OperationProgress = v.InferOutput<typeof OperationProgress>;

/** The last operation that moved a photo and can be taken back. */
export const Moved = v.strictObject({ operation: Operation, from: v.string() }); // from: where the photo lay before, with the root's name before
export type Moved = v.InferOutput<typeof Moved>;

/** What of an operation can be taken back now, by what lies on the disk. */
export const UndoCheck = v.strictObject({
  operation: Operation,
  files: Count, // that can
  bytes: Count,
  cannot: v.array(Left),
});
export type UndoCheck = v.InferOutput<typeof UndoCheck>;

export const OperationReport = v.strictObject({
  operation: Operation,
  left: v.array(Left),
  lost: v.array(v.string()), // for people: "Extended attributes of 12 files could not be kept on this volume."
});
export type OperationReport = v.InferOutput<typeof OperationReport>;

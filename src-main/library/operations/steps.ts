/** What an operation is made of, as plan, journal and disk speak of it. */

/** One file's change. A bin hands the source to the system's bin; its target is where the copy came from. */
export interface Step {
  readonly id: number;
  readonly kind: 'move' | 'copy' | 'bin';
  readonly source: string; // absolute, as target
  readonly target: string;
  readonly size: number; // bytes, of the source
  readonly mtimeMs: number; // of the source, with its fractions
  readonly hash: string | null; // of head, tail and length; null where it was never read
  readonly made: string | null; // identity of the file that was made for the target, once its bytes are safe; see disk.ts; or one of the next three
}

/** An empty file of ours is at the name that a file is to get, or was to be; on volumes without hard links. */
export const heldTarget = 'holds the target';
export const heldSource = 'holds the source'; // on the way back
export const notHeld = 'holds nothing'; // somebody else was first

/** The steps of one photo, its main file first: all of them are done or none. */
export type Unit = readonly Step[];

/** Why a step was not done, in words for people. An expected outcome, not an exception. */
export interface Reason {
  readonly code: string;
  readonly message: string;
}

export type Settled =
  | { readonly step: Step; readonly state: 'left'; readonly reason: Reason }
  | {
      readonly step: Step;
      readonly state: 'done';
      readonly target: string; // may have got a number
      readonly size: number; // of the file that is there now, as the next two
      readonly mtimeMs: number;
      readonly inode: number;
      readonly hash: string | null;
      readonly lost: readonly Lost[];
    };

/** What a volume could not keep. */
export type Lost = 'times' | 'permissions' | 'attributes';

/**
 * Where an operation's intent and outcome are kept. What is called durable has reached the disk when it returns: a power cut finds it there.
 */
export interface Journal {
  /** Durable. The steps' new targets, before anything is made there. */
  retarget(steps: readonly Pick<Step, 'id' | 'target'>[]): void;
  /** Durable. The identity of what was made for each step: its bytes are safe, its name is not there yet. */
  made(steps: readonly { readonly id: number; readonly made: string }[]): void;
  /** A folder was made, below one that was there. */
  folder(path: string): void;
  /** What became of steps. Not durable: where a power cut takes it, the disk tells it again. */
  settle(settled: readonly Settled[]): void;
}

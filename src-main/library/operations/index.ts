/**
 * Operations: changes to the person's files. A plan is made of values (plan.ts), shown, journalled, and then done in an order that loses
 * nothing (carry.ts); what a crash left is settled at the next start (settle.ts); what was done can be taken back (reverse.ts). The journal
 * is kept by the catalogue. Nothing here looks into a picture, and nothing is ever overwritten or deleted.
 */
export { type Carrying, type Ending, carryOut } from './carry.ts';
export { type Disk, type Entry, realDisk } from './disk.ts';
export { type Gathered, gather, groundOf } from './gather.ts';
export { type Facts, type Pattern, patternOf } from './pattern.ts';
export type { PlannedMove, PlannedPhoto } from './plan.ts';
export { reasonOf } from './reasons.ts';
export { type DoneStep, check, goneOf, reversed } from './reverse.ts';
export { settle } from './settle.ts';
export type { Journal, Lost, Reason, Settled, Step, Unit } from './steps.ts';

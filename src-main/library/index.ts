/**
 * The library: the person's files as they lie on the disk. Here they are found and recorded, and moved and copied on the person's word.
 * Nothing in this folder looks into a picture: whether a file is one, the reader finds out.
 */
export { type Found, type ScanOptions, scan } from './scan.ts';
export { fastHash, fullHash } from './content.ts';
export { type Place, holds, placeAt } from './places.ts';
export { type Scanning, scanPart, scanRoot } from './scan-root.ts';
export {
  type Disk,
  type DoneStep,
  type Gathered,
  type Journal,
  type Pattern,
  type PlannedPhoto,
  type Reason,
  type Unit,
  carryOut,
  check,
  gather,
  goneOf,
  groundOf,
  patternOf,
  realDisk,
  reasonOf,
  reversed,
  settle,
} from './operations/index.ts';
export { watchFolder } from './watch.ts';
export { type Blind, type Watching } from './watch-tree.ts';
export { watchPlace } from './watch-place.ts';

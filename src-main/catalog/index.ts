/**
 * The catalogue: what Squint knows of the person's photos, in one SQLite file that outlives the program. Roots and files as they were last
 * seen, what the networks said and what it cost, the person's decisions, runs, and later every change to files. It holds the library's
 * lock, so there is one writer; it reads no photo and runs nothing. The photos themselves are never in it.
 */
export type { SeenContent } from './by-content.ts';
export type { Catalog } from './catalog.ts';
export type { ContentFacts, OwnFile, PhotoFile } from './contents.ts';
export type { Step } from './decisions.ts';
export type { LeftSteps, NewOperation, NewStep, StoredOperation, StoredStep } from './journal.ts';
export { openCatalog } from './open.ts';
export type { Page, View } from './orders.ts';
export type { PackKey } from './packs.ts';
export { restoreBackup } from './restore.ts';
export type { Root } from './roots.ts';
export type { RunStart, StoredRun } from './runs.ts';
export type { FileFacts, FoundFile, KnownFile, Recorded, Scan, Skip } from './scan.ts';
export type { PhotoToRun } from './to-run.ts';
export type { PhotoToSort } from './to-sort.ts';
export type { PhotoProblem, StoredVerdict } from './verdicts.ts';

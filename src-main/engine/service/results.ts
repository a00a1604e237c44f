/**
 * What a run found out, on its way into the catalogue: a few at a time, ten times a second at most, each lot one transaction. What has not
 * been written when the program dies is run again, and nothing is there twice.
 */
import type { Catalog, ContentFacts, PackKey, PhotoProblem } from '../../catalog/index.ts';
import type { Again } from '../verdict.ts';
import type { Kept } from './decide.ts';
import { Throttle } from './throttle.ts';

export type Result = { readonly photo: number } & (
  | {
      readonly kind: 'verdict';
      readonly run: number;
      readonly verdict: Kept;
      readonly facts: Omit<ContentFacts, 'hash'>; // that its first read told
    }
  | { readonly kind: 'known'; readonly verdict: Kept }
  | { readonly kind: 'problem'; readonly problem: PhotoProblem }
);

export interface Writing {
  readonly catalog: Catalog;
  readonly pack: PackKey;
  readonly decide: (verdict: Kept) => Again; // by the policy in force
  readonly written: (photos: readonly number[]) => void;
  readonly failed: (error: unknown) => void; // the catalogue could not be written
  readonly removed: (photos: readonly number[]) => void; // they were the same as others, which have their files now
}

const everyMs = 100;

export class Results {
  readonly #writing: Writing;
  readonly #throttle = new Throttle(everyMs, () => {
    try {
      this.write();
    } catch (error) {
      this.#writing.failed(error);
    }
  });
  #waiting: Result[] = [];

  constructor(writing: Writing) {
    this.#writing = writing;
  }

  add(result: Result): void {
    this.#waiting.push(result);
    this.#throttle.ask();
  }

  /** All that waits, now. @throws {SquintError} what the catalogue says */
  write(): void {
    this.#throttle.stop();
    const lot = this.#waiting;
    this.#waiting = [];
    if (lot.length === 0) return;
    const { catalog, written } = this.#writing;
    const photos = catalog.transaction(() => lot.flatMap((result) => this.#store(result) ?? []));
    written(photos);
  }

  /** @returns the photo; null where its file has changed meanwhile: it waits again */
  #store(result: Result): number | null {
    const { catalog, pack, decide, removed } = this.#writing;
    if (result.kind === 'problem') {
      catalog.storeProblem(result.photo, result.problem);
      return result.photo;
    }
    const file = catalog.fileOf(result.photo);
    if (!file || file.hash === null) return null;
    let { photo } = result;
    if (result.kind === 'verdict') {
      const { taken, camera } = result.facts;
      const tells = file.width === null || (file.taken === null && taken !== undefined) || (file.camera === null && camera !== undefined);
      if (tells) {
        const noted = catalog.noteContent(photo, { hash: file.hash, ...result.facts });
        if (noted.relinkedFrom !== null) removed([noted.relinkedFrom]);
        photo = noted.photo;
      }
      catalog.storeVerdict(photo, result.run, pack, result.verdict);
    }
    const { verdict, further } = decide(result.verdict);
    catalog.applyVerdict(photo, pack, verdict, further);
    return photo;
  }
}

/**
 * What views are told without asking, held to a pace that they can follow: changes are gathered and told in lots. With nothing to tell there
 * is no timer.
 */
import type { Problem } from '../../contract/errors.ts';
import type { Counts, Root, Row, RunState, Settings } from '../../contract/library.ts';
import type { Notice } from '../../contract/notices.ts';
import type { OperationProgress } from '../../contract/operations.ts';
import { Throttle } from './throttle.ts';

interface Thumb {
  readonly id: number;
  readonly level: 'preview' | 'thumb';
}

export type Tell = (notice: Notice) => void;

/** Where what is told is looked up, at the moment it is told. */
export interface Sources {
  rows(ids: readonly number[]): Row[];
  counts(): Counts;
  roots(): Root[];
  run(): RunState | null;
  operation(): OperationProgress | null;
}

const rowsEveryMs = 50;
const lotsEveryMs = 100;
const countsEveryMs = 250;
const largestLot = 1000; // rows in one notice, some 500 bytes each
const tooMany = 20_000; // rows that changed at once: what is shown is better read anew

export class Notices {
  readonly #tell: Tell;
  readonly #sources: Sources;
  readonly #rowsChanged = new Set<number>();
  readonly #throttles: Record<'rows' | 'thumbs' | 'added' | 'counts' | 'roots' | 'run' | 'operation' | 'changed', Throttle>;
  #added: number[] = [];
  #thumbs: Thumb[] = [];

  /** @param failed hears why something could not be looked up */
  constructor(tell: Tell, sources: Sources, failed: (error: unknown) => void) {
    this.#tell = tell;
    this.#sources = sources;
    const every = (ms: number, act: () => void): Throttle =>
      new Throttle(ms, () => {
        try {
          act();
        } catch (error) {
          failed(error);
        }
      });
    this.#throttles = {
      rows: every(rowsEveryMs, () => this.#tellRows()),
      thumbs: every(rowsEveryMs, () => this.#tellThumbs()),
      added: every(lotsEveryMs, () => this.#tellAdded()),
      counts: every(countsEveryMs, () => tell({ type: 'counts', counts: sources.counts() })),
      roots: every(countsEveryMs, () => tell({ type: 'roots', roots: sources.roots() })),
      run: every(countsEveryMs, () => {
        const run = sources.run();
        if (run) tell({ type: 'run', run });
      }),
      operation: every(countsEveryMs, () => {
        const progress = sources.operation();
        if (progress) tell({ type: 'operation', progress });
      }),
      changed: every(countsEveryMs, () => tell({ type: 'changed' })),
    };
  }

  rows(ids: Iterable<number>): void {
    for (const id of ids) this.#rowsChanged.add(id);
    if (this.#rowsChanged.size > 0) this.#throttles.rows.ask();
  }

  added(ids: readonly number[]): void {
    if (ids.length === 0) return;
    for (const id of ids) this.#added.push(id);
    this.#throttles.added.ask();
  }

  removed(ids: readonly number[] | null): void {
    this.#tell({ type: 'removed', ids });
  }

  counts(): void {
    this.#throttles.counts.ask();
  }

  roots(): void {
    this.#throttles.roots.ask();
  }

  run(): void {
    this.#throttles.run.ask();
  }

  operation(): void {
    this.#throttles.operation.ask();
  }

  operationEnded(progress: OperationProgress): void {
    this.#tell({ type: 'operation', progress });
  }

  changed(): void {
    this.#throttles.changed.ask();
  }

  settings(settings: Settings): void {
    this.#tell({ type: 'settings', settings });
  }

  thumbs(thumbs: readonly Thumb[]): void {
    this.#thumbs.push(...thumbs);
    this.#throttles.thumbs.ask();
  }

  told(message: string, problem: Problem | null): void {
    this.#tell({ type: 'told', message, problem });
  }

  /** Nothing is told any more. */
  stop(): void {
    for (const throttle of Object.values(this.#throttles)) throttle.stop();
  }

  #tellRows(): void {
    const ids = [...this.#rowsChanged];
    this.#rowsChanged.clear();
    if (ids.length > tooMany) {
      this.changed();
      return;
    }
    this.#tell({ type: 'rows', rows: this.#sources.rows(ids.slice(0, largestLot)) });
    this.rows(ids.slice(largestLot)); // in the next lots
  }

  #tellThumbs(): void {
    const thumbs = this.#thumbs;
    this.#thumbs = [];
    this.#tell({ type: 'thumbs', thumbs });
  }

  #tellAdded(): void {
    const ids = this.#added;
    this.#added = [];
    this.#tell({ type: 'added', ids });
  }
}

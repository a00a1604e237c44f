/** Changes to files: the one that goes, and those that were. Fed by the engine's notices; verbs ask the engine. */
import type { Operation, OperationProgress, UndoCheck } from '../../src-main/contract/operations.ts';
import type { Client } from './client.ts';
import { hasEnded } from './operation-words.ts';

const page = 50;

/** An operation of which only a part can be taken back: whether to. */
export interface Question {
  readonly check: UndoCheck;
  readonly photos: readonly number[] | null; // null: all of it
}

export class Operations {
  readonly #client: Client;
  #now = $state.raw<OperationProgress | null>(null);
  #list = $state.raw<readonly Operation[]>([]);
  #isComplete = $state(false);
  #lastEnded = 0;
  #reading = 0;
  checking = $state<number | null>(null); // the operation of which is looked at what can be taken back
  opened = $state<number | null>(null); // the one of which the report is shown
  question = $state.raw<Question | null>(null);

  constructor(client: Client) {
    this.#client = client;
    client.onNotice((notice) => {
      if (notice.type !== 'operation') return;
      this.take(notice.progress);
      if (hasEnded(notice.progress.operation)) void this.#tryToRead();
    });
  }

  /** The one that goes. */
  get now(): OperationProgress | null {
    return this.#now;
  }

  /** Those that have ended, newest first; as many as were read. */
  readonly list = $derived.by(() => this.#list.filter((operation) => hasEnded(operation)));

  /** Whether `list` goes back to the first. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  async load(): Promise<void> {
    this.#now = await this.#client.request('operations.now', {});
    await this.#read();
  }

  /** How far one is. What is told of one that has ended already comes too late. */
  take(progress: OperationProgress): void {
    const { operation } = progress;
    if (hasEnded(operation)) {
      this.#lastEnded = Math.max(this.#lastEnded, operation.id);
      this.#now = null;
      this.#list = [operation, ...this.#list.filter(({ id }) => id !== operation.id)];
    } else if (operation.id > this.#lastEnded) this.#now = progress;
  }

  /** One that was begun just now. */
  began(operation: Operation): void {
    if (this.#now?.operation.id !== operation.id) this.take({ operation, bytes: 0, bytesDone: 0, secondsLeft: null, now: null });
  }

  /** Further back. */
  async more(): Promise<void> {
    const last = this.#list.at(-1);
    const reading = this.#reading;
    if (last === undefined || this.#isComplete) return;
    const further = await this.#client.request('operations.list', { before: last.id, limit: page });
    if (reading !== this.#reading) return;
    this.#list = [...this.#list, ...further];
    this.#isComplete = further.length < page;
  }

  stop = () => this.#client.request('operations.stop', {});

  /** The newest anew; what lies further back may have changed too, so that is read again when it is asked for. */
  async #read(): Promise<void> {
    const reading = ++this.#reading;
    const list = await this.#client.request('operations.list', { before: null, limit: page });
    if (reading !== this.#reading) return;
    this.#list = list;
    this.#isComplete = list.length < page;
  }

  async #tryToRead(): Promise<void> {
    try {
      await this.#read();
    } catch {
      // What is shown stays.
    }
  }
}

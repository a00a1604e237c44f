/** Counts of one folder, for a sidebar that stands on it: asked for anew as the library's change, at most once a second. */
import type { Counts } from '../../src-main/contract/library.ts';
import type { Client } from './client.ts';

const everyMs = 1000;

export class Scope {
  readonly #client: Client;
  #root: number | undefined;
  #counts = $state.raw<Counts | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isStale = false;

  constructor(client: Client) {
    this.#client = client;
  }

  /** Null where the whole library is shown, and until the first answer. */
  get counts(): Counts | null {
    return this.#counts;
  }

  /** The folder shown, or that something changed in it. */
  read(root: number | undefined): void {
    if (root !== this.#root) {
      this.#root = root;
      this.#counts = null;
      clearTimeout(this.#timer);
      this.#timer = undefined;
    }
    if (root === undefined) return;
    if (this.#timer) this.#isStale = true;
    else void this.#ask(root);
  }

  async #ask(root: number): Promise<void> {
    this.#isStale = false;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#isStale) void this.#ask(root);
    }, everyMs);
    try {
      const counts = await this.#client.request('library.counts', { root });
      if (root === this.#root) this.#counts = counts;
    } catch {
      // the folder was taken off the list meanwhile; what is shown next asks anew
    }
  }
}

/**
 * Everything about the current photo, for the inspector. Asked for when the photo becomes current and again when its row changes; what came
 * before stays on screen until the answer is here.
 */
import { type Problem, toProblem } from '../../src-main/contract/errors.ts';
import type { Inspection } from '../../src-main/contract/library.ts';
import type { Client } from './client.ts';

export class InspectionOf {
  readonly #client: Client;
  #value = $state.raw<Inspection | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #asked = 0;

  constructor(client: Client) {
    this.#client = client;
  }

  /** Null until the first answer. */
  get value(): Inspection | null {
    return this.#value;
  }

  get problem(): Problem | null {
    return this.#problem;
  }

  async load(id: number): Promise<void> {
    const asked = ++this.#asked;
    try {
      const value = await this.#client.request('photos.inspect', { id });
      if (asked !== this.#asked) return; // another photo became current meanwhile
      this.#value = value;
      this.#problem = null;
    } catch (error) {
      if (asked === this.#asked) this.#problem = toProblem(error);
    }
  }
}

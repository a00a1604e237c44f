/**
 * Everything about the current photo, for the inspector. Asked for when the photo becomes current and again when its row changes; what came
 * before stays on screen until the answer is here.
 */
import type { Inspection } from '../../src-main/contract/library.ts';
import type { Client } from './client.ts';
import { wordsOf } from './library.svelte.ts';

export class InspectionOf {
  readonly #client: Client;
  #value = $state.raw<Inspection | null>(null);
  #problem = $state.raw<{ message: string; hint: string | undefined } | null>(null);
  #asked = 0;

  constructor(client: Client) {
    this.#client = client;
  }

  /** Null until the first answer. */
  get value(): Inspection | null {
    return this.#value;
  }

  get problem(): { message: string; hint: string | undefined } | null {
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
      if (asked === this.#asked) this.#problem = wordsOf(error);
    }
  }
}

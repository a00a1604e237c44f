/**
 * A sort that is being chosen: which photos, where to, how. Each choice asks the engine for another plan; an answer to an older choice is
 * dropped. Choices are kept for the next time while the window lives.
 */
import { type Problem, toProblem } from '../../src-main/contract/errors.ts';
import type { Filter } from '../../src-main/contract/library.ts';
import type { SortPlan, SortRequest, Target } from '../../src-main/contract/operations.ts';
import type { Client } from './client.ts';

export const patterns = ['{collection}', '{collection}/{year}', '{year}/{collection}', '{collection}/{year}-{month}'] as const;
export const mostSelected = 100_000; // photos by id in one request, as the contract has it

const typingMs = 150;
const busyMs = 300; // what takes less needs no mark

export type SortOf = { readonly kind: 'filter'; readonly filter: Filter } | { readonly kind: 'photos'; readonly ids: readonly number[] };

export class Sort {
  readonly #client: Client;
  how = $state<SortRequest['how']>('move');
  target = $state<number | null>(null);
  pattern = $state<string>(patterns[0]);
  collisions = $state<SortRequest['collisions']>('number');
  review = $state(false);
  rejects = $state(true);
  #of = $state.raw<SortOf>({ kind: 'filter', filter: {} });
  #photos = $state<number | null>(null);
  #targets = $state.raw<readonly Target[]>([]);
  #plan = $state.raw<SortPlan | null>(null);
  #problem = $state.raw<Problem | null>(null);
  #answered = $state.raw<SortRequest | null>(null);
  #isBusy = $state(false);

  constructor(client: Client) {
    this.#client = client;
  }

  get of(): SortOf {
    return this.#of;
  }

  /** How many photos it was called for; null until it is known. */
  get photos(): number | null {
    return this.#photos;
  }

  /** Folders to sort into: those used last first. */
  get targets(): readonly Target[] {
    return this.#targets;
  }

  /** The last plan; maybe of older choices. */
  get plan(): SortPlan | null {
    return this.#plan;
  }

  /** Why there is no plan for the choices as they are. */
  get problem(): Problem | null {
    return this.isStale ? null : this.#problem;
  }

  /** Whether the answer takes so long that a person should see that it is under way. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  /** Null where something is still to be chosen. */
  readonly request = $derived.by((): SortRequest | null => {
    const pattern = this.pattern.trim();
    if (this.target === null || pattern === '' || (this.#of.kind === 'photos' && this.#of.ids.length > mostSelected)) return null;
    return {
      of: this.#of.kind === 'photos' ? { kind: 'photos', ids: [...this.#of.ids] } : this.#of,
      how: this.how,
      target: this.target,
      pattern,
      collisions: this.collisions,
      review: this.review,
      rejects: this.rejects,
    };
  });

  /** Whether the plan is not of the choices as they are. */
  readonly isStale = $derived.by(() => this.request === null || this.#answered !== this.request);

  /** The plan of the choices as they are; null while it is made, and where it cannot be made. */
  readonly current = $derived.by(() => (this.isStale || this.#problem !== null ? null : this.#plan));

  /** Begins to choose, for these photos. */
  async open(of: SortOf): Promise<void> {
    this.#of = of;
    this.#photos = of.kind === 'photos' ? of.ids.length : null;
    this.#forget();
    await Promise.all([
      this.#listTargets(),
      of.kind === 'filter' &&
        this.#client.request('photos.count', { filter: of.filter }).then((photos) => {
          if (this.#of === of) this.#photos = photos;
        }),
    ]);
  }

  /** A folder that the person chose just now. */
  take(target: Target): void {
    this.#targets = [target, ...this.#targets.filter(({ id }) => id !== target.id)];
    this.target = target.id;
  }

  /** Plans once the person rests. @returns gives up, for another choice was made */
  ask(request: SortRequest | null): () => void {
    if (request === null || request === this.#answered) return () => undefined;
    let isWanted = true;
    const late = setTimeout(() => (this.#isBusy = true), typingMs + busyMs);
    const end = (): void => {
      clearTimeout(late);
      this.#isBusy = false;
    };
    const soon = setTimeout(() => {
      void this.#planOf(request).then((answer) => {
        if (!isWanted) return;
        if ('plan' in answer) this.#plan = answer.plan;
        this.#problem = 'problem' in answer ? answer.problem : null;
        this.#answered = request;
        end();
      });
    }, typingMs);
    return () => {
      isWanted = false;
      clearTimeout(soon);
      end();
    };
  }

  /** The plan did not hold any more: asks for it anew. */
  again(): void {
    this.#of = { ...this.#of };
  }

  async #planOf(request: SortRequest): Promise<{ plan: SortPlan } | { problem: Problem }> {
    try {
      return { plan: await this.#client.request('sort.plan', request) };
    } catch (error) {
      return { problem: toProblem(error) };
    }
  }

  async #listTargets(): Promise<void> {
    this.#targets = await this.#client.request('targets.list', {});
    if (!this.#targets.some(({ id }) => id === this.target)) this.target = this.#targets[0]?.id ?? null;
  }

  #forget(): void {
    this.#plan = null;
    this.#problem = null;
    this.#answered = null;
  }
}

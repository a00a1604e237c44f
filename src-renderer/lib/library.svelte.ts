/** What stands outside a photo: roots, counts, the run, the pack, settings. Fed by the engine's notices; verbs ask the engine. */
import { type Problem, toProblem } from '../../src-main/contract/errors.ts';
import type { Choice, Filter, LibraryState, RunState, Settings } from '../../src-main/contract/library.ts';
import type { Client } from './client.ts';

export class Library {
  readonly #client: Client;
  #state = $state.raw<LibraryState | null>(null);
  #problem = $state.raw<Problem | null>(null);

  constructor(client: Client) {
    this.#client = client;
    client.onNotice((notice) => {
      if (this.#state === null) return;
      if (notice.type === 'roots') this.#state = { ...this.#state, roots: [...notice.roots] };
      else if (notice.type === 'counts') this.#state = { ...this.#state, counts: notice.counts };
      else if (notice.type === 'run') this.#state = { ...this.#state, run: notice.run };
      else if (notice.type === 'settings') this.#state = { ...this.#state, settings: notice.settings };
    });
  }

  /** Null until the engine has answered once. */
  get state(): LibraryState | null {
    return this.#state;
  }

  /** Why there is no library to show: another program holds it, or the engine does not start. */
  get problem(): Problem | null {
    return this.#problem;
  }

  get run(): RunState | null {
    return this.#state?.run ?? null;
  }

  readonly isRunning = $derived.by(() => ['counting', 'running', 'paused', 'stopping'].includes(this.#state?.run?.state ?? ''));

  // Apart from the counts, which change all the time: what reads these two is not computed again for those.
  readonly pack = $derived.by(() => this.#state?.pack ?? null);
  readonly roots = $derived.by(() => this.#state?.roots ?? []);
  readonly #titles = $derived.by(
    () => new Map([...(this.pack?.groups ?? []), ...(this.pack?.collections ?? [])].map((c) => [c.key, c.title])),
  );

  /** The title that people read for a collection or a group. */
  titleOf(key: string): string {
    return this.#titles.get(key) ?? key;
  }

  isOffline(root: number): boolean {
    return this.roots.find(({ id }) => id === root)?.state === 'offline';
  }

  async load(): Promise<void> {
    try {
      this.#state = await this.#client.request('library.state', {});
      this.#problem = null;
    } catch (error) {
      this.#problem = toProblem(error);
    }
  }

  async set(settings: Partial<Omit<Settings, 'choice'>>): Promise<void> {
    const now = await this.#client.request('settings.set', settings);
    if (this.#state) this.#state = { ...this.#state, settings: now };
  }

  choose = (choice: Choice) => this.#client.request('policy.choose', { choice });
  start = (filter: Filter) => this.#client.request('run.start', { filter });
  pause = () => this.#client.request('run.pause', {});
  resume = () => this.#client.request('run.resume', {});
  stop = () => this.#client.request('run.stop', {});
}

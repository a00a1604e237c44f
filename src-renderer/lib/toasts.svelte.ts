/** Short messages, some with something to do. They go by themselves, but not while someone reads them; problems stay until they are dismissed. */
import { toProblem } from '../../src-main/contract/errors.ts';

export interface Toast {
  readonly id: number;
  readonly message: string;
  readonly hint?: string;
  readonly tone: 'plain' | 'problem';
  readonly topic?: string; // a newer one of the same topic takes its place
  readonly action?: Action;
  readonly details?: () => void; // shows more about it
}

export interface Action {
  readonly label: string;
  readonly run: () => void;
  readonly chord?: string; // does the same while the message stands
}

const seconds = 8;
const most = 3; // at once

export class Toasts {
  #list = $state.raw<readonly Toast[]>([]);
  #last = 0;
  #held = false;
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();

  get list(): readonly Toast[] {
    return this.#list;
  }

  /** The same message again takes the place of the first, and so does another of its topic. */
  add(toast: Omit<Toast, 'id' | 'tone'> & { tone?: Toast['tone'] }): void {
    const added: Toast = { tone: 'plain', ...toast, id: ++this.#last };
    const others = this.#list.filter(({ message, topic }) => message !== added.message && (topic === undefined || topic !== added.topic));
    this.#list = [...others.slice(1 - most), added];
    if (!this.#held) this.#time(added);
  }

  /** Whatever was thrown, in words for people. */
  problem(error: unknown): void {
    const { message, hint } = toProblem(error);
    this.add({ message, ...(hint !== undefined && { hint }), tone: 'problem' });
  }

  /** Says so when it fails; of verbs whose success is seen elsewhere. */
  attempt(verb: Promise<unknown>): void {
    verb.catch((error: unknown) => this.problem(error));
  }

  /** While the pointer or the focus is on them. */
  hold(): void {
    this.#held = true;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  release(): void {
    this.#held = false;
    for (const toast of this.#list) this.#time(toast);
  }

  /** Does what the newest message has for a chord. @returns false where none has it */
  press(chord: string): boolean {
    const toast = this.#list.findLast(({ action }) => action?.chord === chord);
    if (!toast) return false;
    toast.action?.run();
    this.dismiss(toast.id);
    return true;
  }

  dismiss(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.#list = this.#list.filter((toast) => toast.id !== id);
    if (this.#list.length === 0) this.#held = false; // the pointer was on it
  }

  #time({ id, tone }: Toast): void {
    if (tone === 'problem') return;
    clearTimeout(this.#timers.get(id));
    this.#timers.set(
      id,
      setTimeout(() => this.dismiss(id), seconds * 1000),
    );
  }
}

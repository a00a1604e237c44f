/** Short messages that go by themselves, some with one thing to do. */
import { toProblem } from '../../src-main/contract/errors.ts';

export interface Toast {
  readonly id: number;
  readonly message: string;
  readonly hint?: string;
  readonly tone: 'plain' | 'problem';
  readonly action?: { readonly label: string; readonly run: () => void };
}

const seconds = 8;

export class Toasts {
  #list = $state.raw<readonly Toast[]>([]);
  #last = 0;

  get list(): readonly Toast[] {
    return this.#list;
  }

  add(toast: Omit<Toast, 'id' | 'tone'> & { tone?: Toast['tone'] }): void {
    const id = ++this.#last;
    this.#list = [...this.#list.slice(-2), { tone: 'plain', ...toast, id }];
    setTimeout(() => this.dismiss(id), seconds * 1000);
  }

  /** Whatever was thrown, in words for people. */
  problem(error: unknown): void {
    const { message, hint } = toProblem(error);
    this.add({ message, ...(hint !== undefined && { hint }), tone: 'problem' });
  }

  dismiss(id: number): void {
    this.#list = this.#list.filter((toast) => toast.id !== id);
  }
}

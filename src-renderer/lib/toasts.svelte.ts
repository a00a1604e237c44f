/** Short messages that go by themselves, some with one thing to do. */
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

  dismiss(id: number): void {
    this.#list = this.#list.filter((toast) => toast.id !== id);
  }
}

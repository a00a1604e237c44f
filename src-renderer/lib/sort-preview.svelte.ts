/**
 * What a plan shows line by line: its folders, those opened with what lies in them, and of these in pages one line a photo, whose other files
 * go with it. Folders stay open from one plan to the next.
 */
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { PlannedFile, SortPlan } from '../../src-main/contract/operations.ts';
import type { Client } from './client.ts';
import { type Branch, treeOf } from './sort-tree.ts';

export const page = 100; // lines that are added at once

export type Line =
  | { readonly kind: 'folder'; readonly key: string; readonly level: number; readonly branch: Branch; readonly isOpen: boolean }
  | { readonly kind: 'file'; readonly key: string; readonly level: number; readonly file: PlannedFile }
  | { readonly kind: 'more'; readonly key: string; readonly level: number; readonly of: 'folders' | 'files'; readonly path: string };

/** Lines of one folder, as far as they were read. */
interface Read {
  readonly files: readonly PlannedFile[];
  readonly isComplete: boolean;
}

export class SortPreview {
  readonly #client: Client;
  #plan = $state.raw<SortPlan | null>(null);
  readonly #open = new SvelteSet<string>(['']);
  readonly #folders = new SvelteMap<string, number>(); // how many of a folder's folders are shown
  readonly #files = new SvelteMap<string, Read>();

  constructor(client: Client) {
    this.#client = client;
  }

  readonly #tree = $derived.by(() => (this.#plan === null ? null : treeOf(this.#plan.folders, lastPart(this.#plan.target.name))));

  readonly lines = $derived.by((): readonly Line[] => {
    const lines: Line[] = [];
    if (this.#tree !== null && this.#tree.files > 0) this.#add(lines, this.#tree, 1);
    return lines;
  });

  show(plan: SortPlan): void {
    if (plan.id === this.#plan?.id) return;
    this.#plan = plan;
    this.#files.clear();
    for (const { path } of plan.folders) if (path !== '' && this.#open.has(path)) this.#read(path).catch(() => undefined); // its last line asks again
  }

  /** Opens or closes a folder. */
  async toggle({ path, own }: Branch): Promise<void> {
    if (this.#open.delete(path)) return;
    this.#open.add(path);
    if (own > 0 && !this.#files.has(path)) await this.#read(path);
  }

  async more({ of, path }: Extract<Line, { kind: 'more' }>): Promise<void> {
    if (of === 'folders') this.#folders.set(path, (this.#folders.get(path) ?? page) + page);
    else await this.#read(path);
  }

  #add(lines: Line[], branch: Branch, level: number): void {
    const { path, branches, own } = branch;
    const isOpen = this.#open.has(path);
    lines.push({ kind: 'folder', key: `folder:${path}`, level, branch, isOpen });
    if (!isOpen) return;
    const shown = this.#folders.get(path) ?? page;
    for (const below of branches.slice(0, shown)) this.#add(lines, below, level + 1);
    if (branches.length > shown) {
      lines.push({ kind: 'more', key: `folders:${path}`, level: level + 1, of: 'folders', path });
    }
    const read = this.#files.get(path);
    for (const [i, file] of (read?.files ?? []).entries()) lines.push({ kind: 'file', key: `file:${path}/${i}`, level: level + 1, file });
    if (own > 0 && read?.isComplete !== true) {
      lines.push({ kind: 'more', key: `files:${path}`, level: level + 1, of: 'files', path });
    }
  }

  async #read(folder: string): Promise<void> {
    const plan = this.#plan!.id;
    const before = this.#files.get(folder)?.files ?? [];
    try {
      const files = await this.#client.request('sort.files', { plan, folder, from: before.length, limit: page });
      if (this.#plan?.id === plan) this.#files.set(folder, { files: [...before, ...files], isComplete: files.length < page });
    } catch (error) {
      if (this.#plan?.id === plan) throw error; // else it was of a plan that is gone
    }
  }
}

const lastPart = (name: string): string => name.split(' › ').at(-1)!;

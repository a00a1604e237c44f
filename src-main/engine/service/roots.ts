/**
 * The folders in the list: adding them, looking through them, noticing that one is not there. Everything that is found is run at once, or
 * joins the run that goes.
 */
import { once } from 'node:events';
import { basename, dirname, relative } from 'node:path';
import type { Recorded, Root as StoredRoot } from '../../catalog/index.ts';
import { SquintError, toProblem } from '../../contract/errors.ts';
import type { Added, Root } from '../../contract/library.ts';
import { holds, placeAt, scanPart, scanRoot } from '../../library/index.ts';
import type { Context } from './context.ts';
import { isThere } from './presence.ts';
import type { Runs } from './runs.ts';
import { Scans, type Wish } from './scans.ts';
import { Watches } from './watches.ts';

export class Roots {
  readonly #context: Context;
  readonly #runs: Runs;
  readonly #recording = new Together();
  readonly #scans: Scans;
  readonly #watches: Watches;

  constructor(context: Context, runs: Runs) {
    this.#context = context;
    this.#runs = runs;
    this.#scans = new Scans(
      (root, wish, signal) => this.#scan(root, wish, signal),
      () => context.notices.roots(),
    );
    this.#watches = new Watches(context, {
      changed: (root, paths) => this.#noticed(root, paths),
      gone: (root) => void this.#scans.stop(root.id),
    });
    runs.away = (root) => this.#watches.look(root);
  }

  list(): Root[] {
    return this.#context.catalog.roots().map(({ id, path, scope, state, photos }) => ({
      id,
      name: basename(path) || path,
      path,
      scope,
      state,
      scanning: this.#scans.isScanning(id),
      photos,
    }));
  }

  /** @throws {SquintError} `no-such-root` */
  find(id: number): StoredRoot {
    const root = this.#context.catalog.roots().find((one) => one.id === id);
    if (!root) throw new SquintError('no-such-root', 'This folder is not in the list any more.');
    return root;
  }

  /** Folders and files, as the person named them; absolute paths. What cannot be added is told, and the rest is. */
  async add(paths: readonly string[]): Promise<Added> {
    const notes: string[] = [];
    const folders: string[] = [];
    const files = new Map<string, string[]>(); // by folder
    for (const place of await Promise.all(paths.map(placeAt))) {
      if (place.kind === 'refused') notes.push(place.why);
      else if (place.kind === 'folder') folders.push(place.path);
      else files.set(dirname(place.path), [...(files.get(dirname(place.path)) ?? []), place.path]);
    }
    const shown = new Set<number>();
    for (const folder of folders.sort((a, b) => a.length - b.length)) shown.add(this.#addFolder(folder, notes)); // outer ones first
    for (const [folder, named] of files) shown.add(this.#addFiles(folder, named, notes));
    this.#context.notices.roots();
    return { root: shown.size === 1 ? [...shown][0]! : null, notes };
  }

  /** From the list; no file is touched, and what is known of its photos is kept. */
  async remove(id: number): Promise<void> {
    this.find(id);
    await Promise.all([this.#scans.stop(id), this.#watches.drop(id)]);
    const { catalog, notices } = this.#context;
    catalog.removeRoot(id);
    this.#context.revision += 1;
    notices.roots();
    notices.removed(null);
    notices.counts();
  }

  rescan(id: number): void {
    this.#look(this.find(id).id);
  }

  /** After the start: what changed meanwhile. */
  rescanAll(): void {
    for (const root of this.#context.catalog.roots()) this.#look(root.id);
  }

  async close(): Promise<void> {
    await Promise.all([this.#scans.close(), this.#watches.close()]);
  }

  /** For somebody who changes files: no scan goes until they let go; what is noticed meanwhile is looked at then. @returns lets go */
  hold(): Promise<() => void> {
    return this.#scans.hold();
  }

  /** After files were put into a folder, or taken out: the one in the list that holds it is looked through there, also where nothing tells. */
  lookInto(folder: string): void {
    const root = this.#context.catalog.roots().find(({ path, scope }) => scope === 'folder' && holds(path, folder));
    if (root) this.#noticed(root, [folder]);
  }

  /** @returns the root that shows it */
  #addFolder(path: string, notes: string[]): number {
    const { catalog } = this.#context;
    const whole = catalog.roots().filter(({ scope }) => scope === 'folder');
    const outer = whole.find((root) => holds(root.path, path));
    if (outer) {
      if (outer.path === path) notes.push(`${basename(path)} is already in the library.`);
      else notes.push(`${basename(path)} is already in the library, inside ${basename(outer.path)}.`);
      this.#look(outer.id);
      return outer.id;
    }
    // Roots inside it become part of it: their photos keep what is known of them, since that is found by content.
    for (const inner of catalog.roots().filter((root) => root.path !== path && holds(path, root.path))) {
      void this.#scans.stop(inner.id);
      void this.#watches.drop(inner.id);
      catalog.removeRoot(inner.id);
      notes.push(`${basename(inner.path)} is now part of ${basename(path)}.`);
      this.#context.notices.removed(null);
    }
    const id = catalog.addRoot({ path, scope: 'folder' });
    this.#look(id);
    return id;
  }

  #addFiles(folder: string, named: readonly string[], notes: string[]): number {
    const { catalog } = this.#context;
    const outer = catalog.roots().find((root) => root.scope === 'folder' && holds(root.path, folder));
    if (outer) {
      const what = named.length === 1 ? `${basename(named[0]!)} is` : `${named.length} files are`;
      notes.push(`${what} already in the library, inside ${basename(outer.path)}.`);
      this.#look(outer.id);
      return outer.id;
    }
    const id = catalog.addRoot({ path: folder, scope: 'files' });
    this.#look(id, named);
    return id;
  }

  #look(id: number, named: readonly string[] = []): void {
    this.#watches.follow(this.find(id));
    this.#scans.ask(id, { whole: true, within: [], named }, true);
  }

  /** @param paths that have changed; null: any may have */
  #noticed({ id, path, scope }: StoredRoot, paths: readonly string[] | null): void {
    if (scope === 'files' && paths) {
      const known = new Set(this.#context.catalog.pathsIn(id));
      if (!paths.some((file) => known.has(relative(path, file)))) return;
    }
    this.#scans.ask(id, { whole: scope === 'files' || !paths, within: paths ?? [], named: [] });
  }

  async #scan(id: number, wish: Wish, signal: AbortSignal): Promise<void> {
    const root = this.#context.catalog.roots().find((one) => one.id === id);
    if (!root) return; // taken from the list meanwhile
    try {
      await this.#lookThrough(root, wish, signal);
    } catch (error) {
      this.#context.log.write(error);
      this.#context.notices.told(`${basename(root.path)} could not be looked through.`, toProblem(error));
    }
  }

  async #lookThrough(root: StoredRoot, { whole, within, named }: Wish, signal: AbortSignal): Promise<void> {
    const { home, catalog, notices, thumbnails, use } = this.#context;
    if (signal.aborted || !(await this.#isThere(root.id))) return;
    const feed = this.#runs.feed();
    try {
      // Of a folder that is known, what seems new may have been moved: that shows when all is recorded that is gone.
      const isKnown = root.photos > 0;
      const later: number[] = [];
      const recorded = ({ added, changed, back, removed }: Recorded): void => {
        this.#context.revision += 1;
        notices.added(added);
        if (removed.length > 0) notices.removed(removed);
        notices.rows([...changed, ...back]);
        thumbnails.forget(changed);
        if (added.length + changed.length + back.length + removed.length > 0) {
          notices.counts();
          notices.roots();
        }
        if (!use) return;
        if (isKnown) later.push(...added, ...changed);
        else feed.add([...added, ...changed]);
      };
      const scanning = { catalog, recorded, except: home, signal };
      const gone = await this.#recording.during(whole ? scanRoot(root, named, scanning) : scanPart(root, within, scanning));
      if (later.length > 0) await this.#recording.allThrough(signal);
      feed.add(later);
      if (gone?.length === 0 || (gone === null && scanning.signal.aborted)) return;
      notices.rows(gone ?? []);
      await this.#isThere(root.id); // it may have been taken away meanwhile
    } finally {
      feed.through();
    }
  }

  async #isThere(id: number): Promise<boolean> {
    const there = await isThere(this.#context, id);
    if (!there) this.#watches.look(id);
    return there;
  }
}

/** Several things at once, and the moment when all of them are through. */
class Together {
  #underWay = 0;
  #through = Promise.withResolvers<null>();

  async during<T>(work: Promise<T>): Promise<T> {
    this.#underWay += 1;
    try {
      return await work;
    } finally {
      this.#underWay -= 1;
      if (this.#underWay === 0) {
        this.#through.resolve(null);
        this.#through = Promise.withResolvers();
      }
    }
  }

  /** @param signal ends the wait */
  async allThrough(signal: AbortSignal): Promise<void> {
    if (this.#underWay === 0 || signal.aborted) return;
    await Promise.race([this.#through.promise, once(signal, 'abort')]);
  }
}

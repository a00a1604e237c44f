/**
 * Keeps an eye on the roots in the list: what changes in one, and whether it is there. A root that vanishes is offline at once, and one that
 * comes back is online, watched and looked through, by itself.
 *
 * While all roots are there nothing is done but to listen. Only where one is away is the disk asked for it now and then, since not every
 * system tells of a volume that comes back.
 */
import { basename } from 'node:path';
import type { Root as StoredRoot } from '../../catalog/index.ts';
import { type Blind, type Watching, watchFolder, watchPlace } from '../../library/index.ts';
import type { Context } from './context.ts';
import { isThere } from './presence.ts';

export interface Heard {
  /** @param paths files and folders, absolute; null: anything may have changed */
  readonly changed: (root: StoredRoot, paths: readonly string[] | null) => void;
  readonly gone: (root: StoredRoot) => void;
}

const awayEveryMs = 15_000;

export class Watches {
  readonly #context: Context;
  readonly #heard: Heard;
  readonly #eyes = new Map<number, Eye>(); // by root

  constructor(context: Context, heard: Heard) {
    this.#context = context;
    this.#heard = heard;
  }

  follow(root: StoredRoot): void {
    if (this.#eyes.has(root.id)) return;
    const eye = new Eye(root, this.#context, this.#heard);
    this.#eyes.set(root.id, eye);
    eye.look();
  }

  /** It may have come or gone. */
  look(root: number): void {
    this.#eyes.get(root)?.look();
  }

  async drop(root: number): Promise<void> {
    const eye = this.#eyes.get(root);
    this.#eyes.delete(root);
    await eye?.close();
  }

  async close(): Promise<void> {
    await Promise.all([...this.#eyes.keys()].map((root) => this.drop(root)));
  }
}

/** On one root. */
class Eye {
  readonly #root: StoredRoot;
  readonly #context: Context;
  readonly #heard: Heard;
  readonly #endPlace: () => void;
  #watching: Watching | null = null; // while the root is there
  #wasAway = false;
  #looking: Promise<void> = Promise.resolve(); // one look after the other
  #isWanted = false; // another look
  #again: NodeJS.Timeout | null = null;
  #isBlind = false; // and that was said
  #isClosed = false;

  constructor(root: StoredRoot, context: Context, heard: Heard) {
    this.#root = root;
    this.#context = context;
    this.#heard = heard;
    this.#endPlace = watchPlace(root.path, () => this.look());
  }

  look(): void {
    if (this.#isWanted || this.#isClosed) return;
    this.#isWanted = true;
    this.#looking = this.#looking.then(() => this.#look()).catch((error: unknown) => this.#context.log.write(error));
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#endPlace();
    await this.#looking;
    if (this.#again) clearTimeout(this.#again);
    await this.#watching?.stop();
  }

  async #look(): Promise<void> {
    this.#isWanted = false;
    if (this.#isClosed) return;
    if (this.#again) clearTimeout(this.#again);
    this.#again = null;
    const isHere = await isThere(this.#context, this.#root.id);
    if (!isHere) {
      await this.#watching?.stop();
      this.#watching = null;
      if (!this.#wasAway) this.#heard.gone(this.#root);
      this.#wasAway = true;
      this.#again = setTimeout(() => this.look(), awayEveryMs).unref();
      return;
    }
    this.#watching ??= await this.#watch();
    if (this.#wasAway) this.#heard.changed(this.#root, null);
    this.#wasAway = false;
  }

  #watch(): Promise<Watching> {
    return watchFolder(this.#root, this.#context.home, {
      changed: (paths) => this.#heard.changed(this.#root, paths),
      gone: () => this.look(),
      blind: (why) => this.#sayBlind(why),
    });
  }

  #sayBlind(why: Blind): void {
    if (this.#isBlind) return;
    this.#isBlind = true;
    const { log, notices } = this.#context;
    const name = basename(this.#root.path) || this.#root.path;
    log.write(why.kind === 'failed' ? why.error : new Error(`${this.#root.path} is not watched: ${why.kind}`));
    notices.told(`Changes in ${name} are not noticed by themselves.`, {
      code: 'not-watched',
      message: reasons[why.kind],
      hint: 'It is looked through when Squint starts, and with “Look for changes” in its menu.',
    });
  }
}

const reasons: Readonly<Record<Blind['kind'], string>> = {
  network: 'It lies on another computer, and what others change there is not told.',
  'too-many': 'It holds more folders than this system lets a program watch.',
  failed: 'This system does not let it be watched.',
};

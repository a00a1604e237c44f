/**
 * Many ordered sources read as one, a page at a time. A source may have to look through much to find little; what a page may cost is bounded,
 * so a page can be short, or empty, although the view goes on: it then ends where the looking ended.
 */
import { type Entry, compare } from './orders.ts';

/** Photos in the view's order. */
export interface Source {
  readonly photos: number; // how many it has, before any is checked
  /**
   * @param effort how much may be spent; it spends a little at least
   * @returns the entries after one; upTo: none is missing up to there, null: to the end
   */
  read(
    after: Entry,
    limit: number,
    effort: number,
  ): { readonly entries: readonly Entry[]; readonly upTo: Entry | null; readonly spent: number };
}

export interface Part {
  readonly entries: readonly Entry[];
  readonly next: Entry | null; // the part after this one begins behind it; null at the end
}

/** The first `limit` entries of all sources after one, each once, or as many as were found for the effort. Of each source about its share is read. */
export function merge(sources: readonly Source[], from: Entry, limit: number, effort: number): Part {
  const total = sources.reduce((sum, { photos }) => sum + photos, 0);
  let left = effort;
  const streams = sources.map((source) => {
    const share = source.photos / total;
    const stream = new Stream(source, from, Math.min(limit, Math.ceil(1.2 * limit * share) + 2));
    left -= stream.fill(Math.ceil((effort * share) / 4));
    return stream;
  });
  const taken: Entry[] = [];
  let open = streams.filter((stream) => !stream.isThrough);
  while (taken.length < limit && open.length > 0) {
    for (const stream of open) while (stream.wantsMore && left > 0) left -= stream.fill(Math.ceil(left / 4));
    open = open.filter((stream) => !stream.isThrough);
    let first: Stream | undefined;
    for (const stream of open) if (!first || isBefore(stream, first)) first = stream;
    if (!first) break;
    if (first.isDry) return { entries: taken, next: first.front }; // up to there nothing is missing
    const entry = first.take();
    if (taken.at(-1)?.id !== entry.id) taken.push(entry);
    if (first.wantsMore) left -= first.fill(Math.ceil(Math.max(left, 0) / 4));
  }
  return { entries: taken, next: taken.length < limit ? null : taken.at(-1)! };
}

/** Where one has looked as far as the other's next entry, that comes first: the looking ended behind it. */
function isBefore(one: Stream, other: Stream): boolean {
  const order = compare(one.front, other.front);
  return order < 0 || (order === 0 && other.isDry);
}

class Stream {
  readonly #source: Source;
  readonly #lot: number;
  #entries: readonly Entry[] = [];
  #at = 0;
  #upTo: Entry | null;

  constructor(source: Source, from: Entry, lot: number) {
    this.#source = source;
    this.#lot = lot;
    this.#upTo = from;
  }

  /** Whether nothing is known of what comes next: it is through, or has to be filled. */
  get isDry(): boolean {
    return this.#at >= this.#entries.length;
  }

  get isThrough(): boolean {
    return this.isDry && this.#upTo === null;
  }

  get wantsMore(): boolean {
    return this.isDry && this.#upTo !== null;
  }

  /** Its next entry; of a dry one, where the next is looked for. */
  get front(): Entry {
    return this.#entries[this.#at] ?? this.#upTo!;
  }

  take(): Entry {
    return this.#entries[this.#at++]!;
  }

  /** @returns what was spent */
  fill(effort: number): number {
    const { entries, upTo, spent } = this.#source.read(this.#upTo!, this.#lot, effort);
    this.#entries = entries;
    this.#at = 0;
    this.#upTo = upTo;
    return spent;
  }
}

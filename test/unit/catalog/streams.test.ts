import { describe, expect, it } from 'vitest';
import { type Entry, compare } from '../../../src-main/catalog/orders.ts';
import { type Source, merge } from '../../../src-main/catalog/streams.ts';
import { generator } from './samples.ts';

const start: Entry = { id: 0, key: -1 };

/** @param found those of the photos that it gives; the others it has to look at */
function source(photos: readonly Entry[], found: (entry: Entry) => boolean, spends: (photos: number) => void = () => undefined): Source {
  return {
    photos: photos.length,
    read(after, limit, effort) {
      const window = photos.filter((entry) => compare(entry, after) > 0).slice(0, Math.max(3, effort));
      const entries = window.filter(found).slice(0, limit);
      spends(window.length);
      const isLast = window.at(-1) === photos.at(-1) || window.length === 0;
      return { entries, upTo: entries.length === limit ? entries.at(-1)! : isLast ? null : window.at(-1)!, spent: window.length };
    },
  };
}

describe('sources read as one', () => {
  it('give every photo once and in order, however little each page may cost', () => {
    const random = generator(5);
    for (let round = 0; round < 200; round += 1) {
      const lists = Array.from({ length: 1 + Math.floor(random() * 4) }, () =>
        Array.from({ length: 80 }, (_, i): Entry => ({ id: i + 1, key: Math.floor(i / 3) })).filter(() => random() < 0.6),
      );
      const finds = lists.map(() => {
        const every = 1 + Math.floor(random() * 12);
        return ({ id }: Entry): boolean => id % every === 0; // each another part, so that one looks past what another finds
      });
      const all = new Map(lists.flatMap((list, i) => list.filter(finds[i]!)).map((entry) => [entry.id, entry]));
      const sources = lists.map((list, i) => source(list, finds[i]!));
      const effort = Math.floor(random() * 60);
      const got: number[] = [];
      let from: Entry | null = start;
      while (from) {
        const { entries, next }: { entries: readonly Entry[]; next: Entry | null } = merge(sources, from, 7, effort);
        got.push(...entries.map(({ id }) => id));
        expect(next === null || compare(next, from) > 0, 'a page that has nothing leads on').toBe(true);
        from = next;
      }
      expect(got).toEqual([...all.values()].sort(compare).map(({ id }) => id));
    }
  });

  it('look at no more than a page may cost', () => {
    const photos = Array.from({ length: 10_000 }, (_, i): Entry => ({ id: i + 1, key: i }));
    let spent = 0;
    const late = source(
      photos,
      ({ id }) => id > 9_990,
      (n) => (spent += n),
    );
    let from: Entry | null = start;
    let pages = 0;
    while (from) {
      spent = 0;
      from = merge([late], from, 50, 1000).next;
      expect(spent).toBeLessThan(1100);
      pages += 1;
    }
    expect(pages).toBeGreaterThan(9);
  });
});

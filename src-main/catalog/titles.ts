/** Titles of piles, so that a search finds photos by what people call their pile. They are the pack's, and known once it is. */
export class Titles {
  #words: readonly (readonly [place: string, words: string])[] = [];

  /** @param titles of each pile's place as in counts.ts, "collection:dogs": its own and its group's */
  set(titles: ReadonlyMap<string, readonly string[]>): void {
    this.#words = [...titles].map(([place, words]) => [place, words.join('\n').toLowerCase()]);
  }

  /** Places with a title that has the text in it. */
  having(text: string): string[] {
    const part = text.trim().toLowerCase();
    return part === '' ? [] : this.#words.filter(([, words]) => words.includes(part)).map(([place]) => place);
  }
}

/**
 * Where each photo of the grid lies, and what is in view. There are two coordinate systems:
 *
 *   grid pixels    one tile under the other at its true size. 500,000 photos in 7 columns of 156 px are 10.6 million pixels high, in 3
 *                  columns of 308 px 41 million.
 *   scroll pixels  the height of the element that the browser scrolls. Chromium holds a length in 1/64 of a device pixel in 32 bits, so it
 *                  ends at 33.5 million device pixels: 16.7 million CSS pixels on a screen of 2×, 8.4 million at a zoom of 200 % on it. What
 *                  lies further down cannot be reached. So that element is never higher than `scrollLimit`.
 *
 * `top` is kept in grid pixels. Wheel and keys move it by rows and pages as they are; the scrollbar is then set to the proportional place.
 * Only when a person drags the scrollbar is `top` set from it, and its ends are the ends of the grid exactly. Where the grid is lower than
 * `scrollLimit` the two systems are one.
 *
 * When the list or the size of the tiles changes, the first photo in view stays where it is. Another list (another filter or order) begins
 * where the current photo is in it, else at its start.
 */
import type { Library } from './library.svelte.ts';
import type { Photos } from './photos.svelte.ts';

export const gap = 8; // pixels, between tiles
export const padding = 12; // pixels, around all
export const textHeight = 36; // pixels, two lines under the photo
export const tileWidths = { least: 96, most: 320 }; // pixels
const scrollLimit = 1_000_000; // scroll pixels; a scrollbar of 1,000 px has no use for more
const saveMs = 400;

export class GridSpace {
  readonly #photos: Photos;
  readonly #library: Library;
  width = $state(0); // pixels inside the scrollbar; the view keeps these two
  height = $state(0);
  #top = $state(0);
  #chosen = $state<number | null>(null); // until the engine has it
  #anchor: { readonly id: number; readonly below: number } | null = null; // the first photo in view: its upper edge lies so far below `top`
  #list = 0; // as photos count them: the one that `top` belongs to
  #looksForCurrent = false; // in a list that is not all here yet
  #leaps = false;
  #followed: number | null = null; // the current photo that was brought into view
  #saving: ReturnType<typeof setTimeout> | undefined;

  constructor(photos: Photos, library: Library) {
    this.#photos = photos;
    this.#library = library;
  }

  /** The least width of a tile; they grow until they fill the row. Kept in the settings. */
  readonly tileWidth = $derived.by(() => this.#chosen ?? this.#library.state?.settings.tileWidth ?? 160);

  resize(width: number): void {
    const tileWidth = Math.round(Math.min(tileWidths.most, Math.max(tileWidths.least, width)));
    this.#chosen = tileWidth;
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => {
      const done = (): void => {
        if (this.#chosen === tileWidth) this.#chosen = null;
      };
      this.#library.set({ tileWidth }).then(done, done);
    }, saveMs);
  }

  readonly #room = $derived.by(() => Math.max(tileWidths.least, this.width - 2 * padding));
  readonly columns = $derived.by(() => Math.max(1, Math.floor((this.#room + gap) / (this.tileWidth + gap))));
  readonly cellWidth = $derived.by(() => Math.floor((this.#room - gap * (this.columns - 1)) / this.columns));
  readonly photoHeight = $derived.by(() => Math.round((this.cellWidth * 2) / 3));
  readonly rowHeight = $derived.by(() => this.photoHeight + textHeight + gap);
  readonly rows = $derived.by(() => Math.ceil(this.#photos.ids.length / this.columns));
  readonly contentHeight = $derived.by(() => 2 * padding + Math.max(0, this.rows * this.rowHeight - gap));
  readonly scrollHeight = $derived.by(() => Math.min(this.contentHeight, Math.max(scrollLimit, this.height)));
  readonly lastTop = $derived.by(() => Math.max(0, this.contentHeight - this.height));
  readonly rowsAPage = $derived.by(() => Math.max(1, Math.floor((this.height - padding) / this.rowHeight)));

  /** Grid pixels above the view. */
  get top(): number {
    return Math.min(this.#top, this.lastTop);
  }

  readonly firstRow = $derived.by(() => Math.max(0, Math.floor((this.top - padding) / this.rowHeight)));
  readonly lastRow = $derived.by(() => Math.min(this.rows - 1, Math.floor((this.top + this.height - padding) / this.rowHeight)));

  /** Whether the last move went over more than the next screens, as a scrollbar does that is dragged: what lies between was not looked at. */
  get leaps(): boolean {
    return this.#leaps;
  }

  /** Where the scrollbar stands, in scroll pixels. */
  get scrollTop(): number {
    return this.lastTop === 0 ? 0 : (this.top / this.lastTop) * (this.scrollHeight - this.height);
  }

  /** The scrollbar was moved by the person. */
  scrolledTo(scrollTop: number): void {
    this.#looksForCurrent = false;
    const last = this.scrollHeight - this.height;
    this.#moveTo(last <= 0 || scrollTop > last - 1 ? this.lastTop : (scrollTop / last) * this.lastTop);
  }

  scrollBy(pixels: number): void {
    this.#looksForCurrent = false;
    this.#moveTo(this.top + pixels);
  }

  scrollByRows(rows: number): void {
    this.scrollBy(rows * this.rowHeight);
  }

  /** Upper left corner of a position, from the grid's own corner. */
  cellOf(position: number): { x: number; y: number } {
    return {
      x: padding + (position % this.columns) * (this.cellWidth + gap),
      y: padding + Math.floor(position / this.columns) * this.rowHeight,
    };
  }

  /** Moves no further than is needed for the whole tile to be in view. */
  reveal(position: number): void {
    const { y } = this.cellOf(position);
    const above = y - padding;
    const below = y + this.rowHeight - gap + padding - this.height;
    if (this.top > above) this.#moveTo(above);
    else if (this.top < below) this.#moveTo(below);
  }

  /** Brings the current photo into view when another became it; not each time that the grid is shown again. */
  follow(current: number | null, position: number): void {
    if (current === this.#followed) return;
    this.#followed = current;
    if (position >= 0) this.reveal(position);
  }

  /** What places the photos: another object after each change, for `hold`. */
  readonly layout = $derived.by(() => ({
    ids: this.#photos.ids,
    list: this.#photos.list,
    isComplete: this.#photos.complete,
    columns: this.columns,
    rowHeight: this.rowHeight,
  }));

  /**
   * After the list, the tiles or the window changed.
   *
   * @param current position of the current photo, -1 where the list has it not
   */
  hold({ list, isComplete }: GridSpace['layout'], current: number): void {
    if (this.#list !== list) {
      this.#list = list;
      this.#looksForCurrent = true;
      this.#moveTo(0);
    } else {
      const position = this.#anchor === null ? -1 : this.#photos.indexOf(this.#anchor.id);
      if (position >= 0) this.#top = Math.max(0, this.cellOf(position).y - this.#anchor!.below);
      this.#moveTo(this.top);
    }
    if (this.#looksForCurrent && current >= 0) this.reveal(current);
    if (current >= 0 || isComplete) this.#looksForCurrent = false;
  }

  /** Positions of whole rows in view, and so many screens each way. */
  positions(screens: number): { from: number; to: number } {
    const more = Math.ceil((screens * this.height) / this.rowHeight);
    return {
      from: Math.max(0, this.firstRow - more) * this.columns,
      to: Math.min(this.#photos.ids.length, (this.lastRow + more + 1) * this.columns),
    };
  }

  #moveTo(to: number): void {
    const top = Math.min(this.lastTop, Math.max(0, to));
    this.#leaps = Math.abs(top - this.#top) > 2 * this.height;
    this.#top = top;
    const position = this.firstRow * this.columns;
    const id = this.#photos.ids[position];
    this.#anchor = this.#top === 0 || id === undefined ? null : { id, below: this.cellOf(position).y - this.#top };
  }
}

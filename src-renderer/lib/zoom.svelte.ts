/**
 * How the loupe shows a photo: whole, or at 1:1, one pixel of the photo on one of the screen, with a part of it in view. The middle of that
 * part is kept as shares of the photo, so that it stays when the window changes. Lengths are pixels of the page.
 */
import { fitted, type Size } from './fitted.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Frame extends Size {
  readonly left: number; // from the stage's corner
  readonly top: number;
}

const centre: Point = { x: 0.5, y: 0.5 };

export class Zoom {
  // The view keeps these three.
  stage = $state.raw<Size>({ width: 0, height: 0 });
  photo = $state.raw<Size | null>(null); // upright, in its own pixels; null where that is not known
  ratio = $state(1); // pixels of the screen in one of the page
  isFull = $state(false);
  #middle = $state.raw(centre);

  /** Where the photo lies; the whole stage where its size is not known. */
  readonly frame: Frame = $derived.by(() => {
    const { photo, stage, ratio } = this;
    const size = photo && this.isFull ? { width: photo.width / ratio, height: photo.height / ratio } : fitted(photo, stage);
    const middle = this.#within(this.#middle, size);
    return {
      ...size,
      left: Math.round(stage.width / 2 - size.width * middle.x),
      top: Math.round(stage.height / 2 - size.height * middle.y),
    };
  });

  /** @param at the point to look at, as shares of the photo */
  toggle(at: Point = centre): void {
    this.isFull = !this.isFull;
    this.#middle = at;
  }

  fit(): void {
    this.isFull = false;
    this.#middle = centre;
  }

  /** Brings into view what lies so far to the right and below. */
  pan(x: number, y: number): void {
    const { frame } = this;
    const from = this.#within(this.#middle, frame);
    this.#middle = { x: from.x + x / frame.width, y: from.y + y / frame.height };
  }

  #within(middle: Point, photo: Size): Point {
    return { x: nearest(this.stage.width / photo.width, middle.x), y: nearest(this.stage.height / photo.height, middle.y) };
  }
}

/** The nearest middle that leaves no empty border; the photo's own where it is smaller than the stage. */
function nearest(stageInPhotos: number, middle: number): number {
  const half = stageInPhotos / 2;
  return half >= 0.5 ? 0.5 : Math.min(1 - half, Math.max(half, middle));
}

/**
 * Engine and reader child, over the fork's channel (serialization: 'advanced', so a typed array arrives as one).
 *
 *   engine -> reader   read, make or about (the engine holds the number in flight), stop
 *   reader -> engine   ready once, then exactly one pixels, made, about or failed for each question, in any order, stopped
 *
 * `read` is for the networks, `make` and `about` are for people: pictures are written to files that the engine names and never travel.
 * A reader that misses the engine's deadline is ended and replaced; it is never asked to explain itself.
 */
import type { Problem } from '../contract/errors.ts';
import type { Rung } from '../contract/events.ts';

/** One picture that a network of the pack wants of a photo. */
export interface PictureSize {
  readonly side: number; // pixels, square: what the network sees
  readonly short: number; // pixels: the length the photo's short side is brought to before the centre crop; >= side
}

/** Where reading starts: at the embedded preview, at a decode at reduced size, or with every pixel. */
export type ReadFrom = Rung;

export type Question =
  { readonly type: 'read'; readonly want: Want } | { readonly type: 'make'; readonly make: Make } | { readonly type: 'about' };

export type ToReader = (Question & { readonly seq: number; readonly path: string }) | { readonly type: 'stop' };

export interface Want {
  readonly pictures: readonly PictureSize[]; // one per network of the pack, in running order
  readonly need: number; // index of the picture wanted now; others come too where the rung has pixels for them
  readonly from: ReadFrom; // the cheapest rung that may be used
  readonly thumbnail?: string; // a file to write the thumbnail to, where the decode gives it away (see draw.ts)
}

/** A picture for people, and the file that it is written to. */
export type Make =
  | { readonly kind: 'preview'; readonly to: string } // the embedded preview, WebP
  | { readonly kind: 'thumbnail'; readonly to: string } // WebP
  | { readonly kind: 'fitted'; readonly to: string; readonly width: number; readonly height: number } // into so many pixels, JPEG
  | { readonly kind: 'full'; readonly to: string } // every pixel, JPEG
  | { readonly kind: 'picture'; readonly to: string; readonly want: Want }; // what a network was given, PNG; `from` is the rung that it came from

export type Answered =
  | { readonly type: 'pixels'; readonly pixels: Pixels }
  | { readonly type: 'made'; readonly made: Made }
  | { readonly type: 'about'; readonly about: About }
  | ({ readonly type: 'failed' } & NotRead);

export type FromReader =
  { readonly type: 'ready' } | (Answered & { readonly seq: number }) | { readonly type: 'stopped'; readonly cpuMs: number }; // the answer to stop: all that the process used

export interface NotRead {
  readonly problem: Problem;
  readonly skipped: boolean; // a file that Squint does not read, rather than a picture that could not be read
  readonly bytes: number; // read from the file until that was known
  readonly cpuMs: number;
}

export interface Cost {
  readonly bytes: number; // read from the file
  readonly ms: number; // wall clock
  readonly cpuMs: number; // this question's share of the reader's CPU time; over all questions they add up to the process's
}

interface Photo {
  readonly width: number; // of the upright photo
  readonly height: number;
  readonly damaged: boolean; // decoded in part only
}

/** When and with what a photo was taken; null where its file does not say. */
export interface Stamp {
  readonly taken: string | null; // as the camera wrote it, ISO 8601 without a zone
  readonly camera: string | null;
}

export interface Pixels extends Cost, Photo, Stamp {
  readonly pictures: readonly (Uint8Array | null)[]; // per wanted picture: side × side × 3 RGB, row by row; null where the rung has too few pixels
  readonly rung: Rung;
  readonly enlarged: boolean; // the photo's short side is smaller than the largest picture's `short` that was made
  readonly thumbnail?: boolean; // whether it was written too
}

export interface Made extends Cost, Photo {
  readonly written: boolean; // false where a file has no embedded preview that can be trusted
}

/** What a file says of itself, for people; null where it does not. */
export interface About extends Cost, Stamp {
  readonly size: number; // of the file, bytes
  readonly format: string; // "JPEG"
  readonly width: number; // of the upright photo
  readonly height: number;
  readonly orientation: number | null; // EXIF, 1 … 8
  readonly lens: string | null;
  readonly exposure: string | null; // "1/320 s"
  readonly aperture: string | null; // "f/5.6"
  readonly iso: number | null;
  readonly focalLength: string | null; // "40 mm"
}

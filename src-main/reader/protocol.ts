/**
 * Engine and reader child, over the fork's channel (serialization: 'advanced', so a typed array arrives as one).
 *
 *   engine -> reader   read (the engine holds the number in flight), stop
 *   reader -> engine   ready once, then exactly one pixels or failed for each read, in any order, stopped
 *
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

export type ToReader = { type: 'read'; seq: number; path: string; want: Want } | { type: 'stop' };

export interface Want {
  readonly pictures: readonly PictureSize[]; // one per network of the pack, in running order
  readonly need: number; // index of the picture wanted now; others come too where the rung has pixels for them
  readonly from: ReadFrom; // the cheapest rung that may be used
}

export type FromReader =
  | { type: 'ready' }
  | { type: 'pixels'; seq: number; pixels: Pixels }
  | { type: 'failed'; seq: number; problem: Problem; skipped: boolean; cpuMs: number; bytes: number } // skipped: a file that Squint does not read
  | { type: 'stopped'; cpuMs: number }; // the answer to stop: all that the process used

export interface Pixels {
  readonly pictures: readonly (Uint8Array | null)[]; // per wanted picture: side × side × 3 RGB, row by row; null where the rung has too few pixels
  readonly rung: Rung;
  readonly bytes: number; // read from the file
  readonly ms: number; // wall clock
  readonly cpuMs: number; // this read's share of the reader's CPU time; over all reads they add up to the process's
  readonly width: number; // of the upright photo
  readonly height: number;
  readonly enlarged: boolean; // the photo's short side is smaller than the largest picture's `short` that was made
  readonly damaged: boolean; // decoded in part only
}

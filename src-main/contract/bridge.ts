/** What a host gives to its page: `window.squint` in Electron's preload and in the web host's own script. */
import type { Problem } from './errors.ts';
import type { Added } from './library.ts';
import type { Notice } from './notices.ts';

/** Failures cross as values, since an exception loses its code on the way. */
export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: Problem };

/** A picture of a photo; what `media.file` in requests.ts answers. */
export type Media =
  | { readonly kind: 'thumb'; readonly level: 'preview' | 'thumb' }
  | { readonly kind: 'loupe'; readonly width: number; readonly height: number }
  | { readonly kind: 'full' }
  | { readonly kind: 'picture'; readonly network: number };

export interface Bridge {
  readonly host: 'electron' | 'web';
  readonly platform: string; // as in node:process
  request(name: string, params: unknown): Promise<Reply<unknown>>;
  /** @returns ends it */
  onNotice(listener: (notice: Notice) => void): () => void;
  /** Files and folders that were dropped on the page: the host finds their paths and adds them. */
  addDropped(files: readonly File[]): Promise<Reply<Added>>;
  /** The address of a picture for an `<img>`. */
  mediaUrl(id: number, version: string, media: Media): string;
}

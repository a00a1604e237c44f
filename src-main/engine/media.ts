/**
 * Pictures of photos as files of the cache, made when they are missing: what a host serves to its page. Photos are named by id; their paths
 * and their bytes stay on this side.
 */
import type { Problem } from '../contract/errors.ts';
import type { Rung } from '../contract/events.ts';
import type { Params } from '../contract/requests.ts';
import type { Make, PictureSize } from '../reader/index.ts';
import type { Cache, Cached } from './cache.ts';
import type { Reading } from './reading.ts';

/** A photo's file, as the library knows it. */
export interface PhotoFile {
  readonly path: string;
  readonly key: string; // of its content: changes when the file does
}

/** What a network was given, as the verdict has it. */
export interface Given {
  readonly pack: string; // digest
  readonly pictures: readonly PictureSize[]; // of the pack's networks
  readonly rung: Rung; // that the picture came from
}

export interface Keeping {
  readonly reading: Pick<Reading, 'make'>;
  readonly cache: Cache;
}

export interface MediaMeans extends Keeping {
  readonly photo: (id: number) => PhotoFile | null; // null where it is not in the library
  readonly given: (id: number, network: number) => Given | null; // network: from 1; null where it did not see the photo
}

export type MediaFile = { readonly path: string; readonly type: string } | { readonly problem: Problem };

/** A form in which a photo is kept. */
interface Form {
  readonly name: string; // with the version of the way it is made
  readonly type: string;
  readonly make: (to: string) => Make;
}

export const preview: Form = { name: 'preview 1', type: 'image/webp', make: (to) => ({ kind: 'preview', to }) };
export const thumbnail: Form = { name: 'thumbnail 1', type: 'image/webp', make: (to) => ({ kind: 'thumbnail', to }) };
const full: Form = { name: 'full 1', type: 'image/jpeg', make: (to) => ({ kind: 'full', to }) };

/** In steps, so that a window that is drawn larger does not leave a picture at every size. */
function fitted(width: number, height: number): Form {
  const [w, h] = [width, height].map((length) => Math.max(1, Math.ceil(length / 256)) * 256) as [number, number];
  return { name: `fitted 1 ${w} ${h}`, type: 'image/jpeg', make: (to) => ({ kind: 'fitted', to, width: w, height: h }) };
}

function picture({ pack, pictures, rung }: Given, network: number): Form {
  const want = { pictures, need: network - 1, from: rung };
  return { name: `picture 1 ${pack} ${network} ${rung}`, type: 'image/png', make: (to) => ({ kind: 'picture', to, want }) };
}

export const keyOf = ({ name }: Form, { key }: PhotoFile): string => `${name} ${key}`;

/**
 * Finds a picture of a photo in the cache, or makes it.
 *
 * @param urgent somebody waits for it now
 * @throws {SquintError} `stopped`, `reader-broken`
 */
export async function kept(form: Form, photo: PhotoFile, { reading, cache }: Keeping, urgent: boolean): Promise<Cached> {
  const key = keyOf(form, photo);
  const path = await cache.find(key);
  if (path !== null) return { path };
  const file = await cache.make(key, async (to) => {
    const answer = await reading.make(photo.path, form.make(to), urgent);
    if (!answer.ok) return answer.problem;
    return answer.made.written ? null : noPreview;
  });
  return 'problem' in file && file.problem === notInThisRead ? kept(form, photo, { reading, cache }, urgent) : file;
}

/** Of a file that somebody else was making by a read that could not give it. */
export const notInThisRead: Problem = { code: 'not-in-this-read', message: 'The read gave no thumbnail.' };

/**
 * The file of a picture that a page asks for.
 *
 * @throws {SquintError} `stopped`, `reader-broken`
 */
export async function mediaFile(wanted: Params<'media.file'>, means: MediaMeans): Promise<MediaFile> {
  const photo = means.photo(wanted.id);
  if (!photo) return { problem: gone };
  const form = formOf(wanted, means);
  if (!form) return { problem: notSeen };
  const file = await kept(form, photo, means, true);
  return 'path' in file ? { path: file.path, type: form.type } : file;
}

function formOf(wanted: Params<'media.file'>, { given }: MediaMeans): Form | null {
  switch (wanted.kind) {
    case 'thumb':
      return wanted.level === 'preview' ? preview : thumbnail;
    case 'loupe':
      return fitted(wanted.width, wanted.height);
    case 'full':
      return full;
    case 'picture': {
      const was = given(wanted.id, wanted.network);
      return was && picture(was, wanted.network);
    }
  }
}

const noPreview: Problem = { code: 'no-preview', message: 'The file has no embedded preview that surely shows it.' };
const gone: Problem = { code: 'unknown-photo', message: 'The photo is not in the library any more.' };
const notSeen: Problem = { code: 'not-seen', message: 'This network did not see the photo.' };

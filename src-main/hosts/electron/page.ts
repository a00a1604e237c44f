/**
 * `squint://`, the only scheme that the window loads from: the page's own files under `squint://app`, pictures of photos under the addresses
 * of media-address.ts. Nothing else is served.
 *
 * The page does not come from `file:`, where every file of the disk would be of one origin with it (Electron's security checklist, 18).
 */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { CustomScheme } from 'electron';
import { type Engine, ask } from '../door.ts';
import { mediaAt } from '../media-address.ts';
import { pageFile, policyWith } from '../page-files.ts';

export const origin = 'squint://app';

export const scheme: CustomScheme = { scheme: 'squint', privileges: { standard: true, secure: true } };

const policy = policyWith("img-src 'self' squint:");

const notFound = (): Response => new Response(null, { status: 404 });

/** @param folder the page's files, as they were built */
export function respondFrom(folder: string, engine: Engine): (request: Request) => Promise<Response> {
  return async ({ url, method }) => {
    if (method !== 'GET') return notFound();
    try {
      return url.startsWith(`${origin}/`) ? await pagePart(folder, url.slice(origin.length)) : await picture(url, engine);
    } catch {
      return notFound(); // gone, unknown, or the engine could not make it: the page shows the place empty
    }
  };
}

async function pagePart(folder: string, path: string): Promise<Response> {
  const file = await pageFile(folder, path);
  if (file === null) return notFound();
  return new Response(file.body, { headers: { ...file.headers, 'content-security-policy': policy } });
}

async function picture(url: string, engine: Engine): Promise<Response> {
  const media = mediaAt(url);
  if (media === null) return notFound();
  const { path, type } = await ask(engine, 'media.file', media);
  const { size } = await stat(path);
  return new Response(Readable.toWeb(createReadStream(path)) as ReadableStream, {
    headers: {
      'content-type': type,
      'content-length': String(size),
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=31536000, immutable', // its address has the version
    },
  });
}

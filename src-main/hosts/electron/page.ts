/**
 * `squint://`, the only scheme that the window loads from: the page's own files under `squint://app`, pictures of photos under the addresses
 * of media-address.ts. Nothing else is served.
 *
 * The page does not come from `file:`, where every file of the disk would be of one origin with it (Electron's security checklist, 18).
 */
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { Readable } from 'node:stream';
import type { CustomScheme } from 'electron';
import { type Engine, ask } from '../door.ts';
import { mediaAt } from '../media-address.ts';

export const origin = 'squint://app';

export const scheme: CustomScheme = { scheme: 'squint', privileges: { standard: true, secure: true } };

const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' squint:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

const notFound = (): Response => new Response(null, { status: 404 });

/** @param folder the page's files, as they were built */
export function respondFrom(folder: string, engine: Engine): (request: Request) => Promise<Response> {
  return async ({ url, method }) => {
    if (method !== 'GET') return notFound();
    const path = pathInPage(url);
    try {
      return path === null ? await picture(url, engine) : await pagePart(join(folder, path));
    } catch {
      return notFound(); // gone, unknown, or the engine could not make it: the page shows the place empty
    }
  };
}

/** Plain names only, so that no path leads out of the folder. */
function pathInPage(url: string): string | null {
  const found = /^squint:\/\/app((?:\/[\w-][\w.-]*)+)$/.exec(url);
  return found?.[1] ?? null;
}

async function pagePart(path: string): Promise<Response> {
  const type = types[extname(path)];
  if (type === undefined) return notFound();
  return new Response(await readFile(path), {
    headers: { 'content-type': type, 'content-security-policy': policy, 'x-content-type-options': 'nosniff', 'cache-control': 'no-cache' },
  });
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

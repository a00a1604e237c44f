/** The page's files as a host serves them: only plain names and known types, under a policy that lets nothing in from elsewhere. */
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** @param sources what a host allows beside the page's own files */
export const policyWith = (...sources: readonly string[]): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "font-src 'self'",
    ...sources,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** Plain names only, so that no path leads out of the folder. @param path begins with a slash */
export const isPageFile = (path: string): boolean => /^(?:\/[\w-][\w.-]*)+$/.test(path) && extname(path) in types;

/** @returns null where there is no such file */
export async function pageFile(folder: string, path: string): Promise<{ body: Buffer; headers: Record<string, string> } | null> {
  const type = types[extname(path)];
  if (type === undefined || !isPageFile(path)) return null;
  try {
    const headers = { 'content-type': type, 'x-content-type-options': 'nosniff', 'cache-control': 'no-cache' };
    return { body: await readFile(join(folder, path)), headers };
  } catch {
    return null;
  }
}

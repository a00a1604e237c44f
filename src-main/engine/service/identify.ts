/**
 * Which photo a file is, by its content: a moved file is the photo that it was, an exact duplicate is told from a file that only seems one.
 * Two small reads answer for most. Only where another file that is there agrees in them is every byte read, once a file.
 */
import type { Catalog } from '../../catalog/index.ts';
import { fastHash, fullHash } from '../../library/index.ts';

type Contents = Pick<Catalog, 'contentsAlike' | 'noteContent' | 'noteFullHash'>;

/**
 * @returns the photo that the file belongs to now, and the one that went where that is another
 * @throws {FileError} where the file cannot be read
 */
export async function identify(catalog: Contents, photo: number, path: string): Promise<ReturnType<Catalog['noteContent']>> {
  const hash = await fastHash(path);
  const unreadable = new Set<number>(); // contents whose file is not what it was: nothing can be compared with it
  let own: string | undefined;
  for (;;) {
    const alike = catalog.contentsAlike(photo, hash);
    const unknown = alike.filter((one) => one.fullHash === null && !unreadable.has(one.content));
    if (alike.length === 0 || (own !== undefined && unknown.length === 0)) {
      return catalog.noteContent(photo, { hash, ...(own !== undefined && { fullHash: own }) });
    }
    own ??= await fullHash(path);
    for (const { content, path: other } of unknown) {
      const full = await fullHashOf(other!, hash);
      if (full === null) unreadable.add(content);
      else catalog.noteFullHash(content, full);
    }
  }
}

/** Null where the file cannot be read, or has changed since its hash was noted. */
async function fullHashOf(path: string, hash: string): Promise<string | null> {
  try {
    return (await fastHash(path)) === hash ? await fullHash(path) : null;
  } catch {
    return null;
  }
}

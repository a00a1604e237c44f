/** Takes wanted members out of a tar or zip, streaming: nothing else of the archive is written, and nothing outside the folder. */
import { createWriteStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar';
import yauzl from 'yauzl';
import { FileError } from '../contract/errors.ts';

/**
 * @param members plain file names; each is written to the folder under its own name
 * @throws {FileError} `not-found`; `data-archive` where the archive is damaged or a member is not in it
 */
export async function unpack(archive: string, members: readonly string[], folder: string): Promise<void> {
  await access(archive).catch((cause: unknown) => {
    throw new FileError(archive, 'not-found', `There is no archive ${archive}, which the table says holds ${members.length} photos.`, {
      cause,
    });
  });
  const missing = new Set(members);
  try {
    await (archive.endsWith('.zip') ? unzip : untar)(archive, folder, (member) => missing.delete(member));
  } catch (cause) {
    throw new FileError(
      archive,
      'data-archive',
      `The archive ${archive} is damaged: ${cause instanceof Error ? cause.message : 'unknown'}.`,
      {
        cause,
      },
    );
  }
  if (missing.size === 0) return;
  const [first] = missing;
  throw new FileError(
    archive,
    'data-archive',
    `The archive ${archive} lacks ${missing.size} of ${members.length} photos, the first is ${first!}.`,
  );
}

/** @param take true for a member that is wanted, once */
type Unpack = (archive: string, folder: string, take: (member: string) => boolean) => Promise<void>;

const untar: Unpack = (archive, folder, take) =>
  extract({
    file: archive,
    cwd: folder,
    strict: true,
    preserveOwner: false,
    noMtime: true,
    filter: (member, entry) => 'type' in entry && entry.type === 'File' && take(member),
  });

const unzip: Unpack = async (archive, folder, take) => {
  const zip = await yauzl.openPromise(archive);
  for await (const entry of zip.eachEntry()) {
    if (!take(entry.fileName)) continue;
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(join(folder, entry.fileName), { flags: 'wx' }));
  }
};

import { mkdtempSync } from 'node:fs';
import { copyFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomFillSync } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { FileError } from '../../../src-main/contract/errors.ts';
import { fastHash, fullHash } from '../../../src-main/library/content.ts';

const folder = mkdtempSync(join(tmpdir(), 'squint-content-'));
afterAll(() => rm(folder, { recursive: true }));

const bytes = randomFillSync(Buffer.alloc(300_000));

async function saved(name: string, content: Buffer): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

/** The same bytes but for one. */
function changedAt(place: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[place]! ^= 1;
  return changed;
}

describe('the fast hash', () => {
  it('stays when a file is renamed', async () => {
    const path = await saved('one.jpg', bytes);
    await copyFile(path, join(folder, 'two.jpg'));
    expect(await fastHash(join(folder, 'two.jpg'))).toBe(await fastHash(path));
  });

  it('changes with the head, the tail and the length', async () => {
    const hashes = await Promise.all([
      saved('same', bytes).then(fastHash),
      saved('head', changedAt(0)).then(fastHash),
      saved('tail', changedAt(bytes.length - 1)).then(fastHash),
      saved('shorter', bytes.subarray(0, -1)).then(fastHash),
      saved('longer', Buffer.concat([bytes.subarray(0, 65_536), bytes])).then(fastHash),
    ]);
    expect(new Set(hashes).size).toBe(5);
  });

  it('does not look at the middle of a large file; the full hash does', async () => {
    const [one, other] = await Promise.all([saved('one', bytes), saved('other', changedAt(150_000))]);
    expect(await fastHash(one)).toBe(await fastHash(other));
    expect(await fullHash(one)).not.toBe(await fullHash(other));
  });

  it('covers every byte of a file that head and tail cover', async () => {
    const small = bytes.subarray(0, 100_000);
    const changed = Buffer.from(small);
    changed[70_000]! ^= 1;
    expect(await fastHash(await saved('small', small))).not.toBe(await fastHash(await saved('changed', changed)));
    expect(await fastHash(await saved('empty', Buffer.alloc(0)))).toHaveLength(64);
  });
});

describe('a file that cannot be hashed', () => {
  it('is named, with what the system said', async () => {
    const gone = join(folder, 'gone.jpg');
    for (const hash of [fastHash, fullHash]) {
      const error = await hash(gone).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(FileError);
      expect(error).toMatchObject({ code: 'missing', path: gone, message: 'The file is not there any more.' });
      await expect(hash(folder)).rejects.toThrow('The system could not read the file (EISDIR).');
    }
  });
});

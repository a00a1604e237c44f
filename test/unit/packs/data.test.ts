import { existsSync, readdirSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { create } from 'tar';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openData, withKeys, type LabelledData } from '../../../src-main/packs/data.ts';

const zip = fileURLToPath(new URL('../../fixtures/data/photos.zip', import.meta.url));
const shared = fileURLToPath(new URL('../../../../shared/data', import.meta.url));

let folder: string;
let opened: LabelledData[];
const open = async (...args: Parameters<typeof openData>): Promise<LabelledData> => {
  const data = await openData(...args);
  opened.push(data);
  return data;
};
/** What unpacking left in the temporary folder, which is this test's own. */
const leftovers = (): string[] => readdirSync(tmpdir());

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'squint-test-'));
  opened = [];
  const temporary = join(folder, 'temporary');
  await mkdir(temporary);
  for (const name of ['TMPDIR', 'TEMP']) vi.stubEnv(name, temporary); // Unix, Windows
});
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const { release } of opened) await release();
  await rm(folder, { recursive: true });
});

const write = async (name: string, text: string): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
};

describe('a table with a zip beside it', () => {
  let table: string;
  beforeEach(async () => {
    await copyFile(zip, join(folder, 'photos.zip'));
    table = await write(
      'LARGE.tsv',
      'id\tsplit\tsource\tleaf\tcollection\tzip\nl1\tval\tcamera "one"\ttabby\tCats\tphotos.zip\nl2\ttrain\tweb\tlynx\tCats\tphotos.zip\nl3\tval\tweb\tpug\tDogs\tphotos.zip\n',
    );
  });

  it('gives the photos of a split as files', async () => {
    const { photos } = await open({ data: table, split: 'val' });
    expect(photos.map(({ id, truth, source }) => [id, truth, source])).toEqual([['l1', 'Cats', 'camera "one"'], ['l3', 'Dogs', 'web']]); // prettier-ignore
    expect(await Promise.all(photos.map(({ path }) => readFile(path, 'utf8')))).toEqual(['photo l1', 'photo l3'.repeat(50)]);
    expect(readdirSync(join(photos[0]!.path, '..'))).toEqual(['l1.webp', 'l3.webp']);
  });

  it('removes them on release', async () => {
    const { photos, release } = await open({ data: table });
    expect(photos).toHaveLength(3);
    await release();
    expect(photos.filter(({ path }) => existsSync(path))).toEqual([]);
  });

  it('says which splits there are', async () => {
    await expect(open({ data: table, split: 'unseen' })).rejects.toThrow(`${table} has no split "unseen"; it has "train", "val".`);
  });

  it('says that a half is empty', async () => {
    await expect(open({ data: table, split: 'val', half: 'report' })).rejects.toThrow(
      `${table} has no labelled photos in the split "val" in the half "report".`,
    );
  });

  it('leaves out photos without a collection', async () => {
    const { photos } = await open({ data: await write('some.tsv', 'id\tcollection\tzip\nl1\t\tphotos.zip\nl2\tCats\tphotos.zip\n') });
    expect(photos.map(({ id, source }) => [id, source])).toEqual([['l2', null]]);
  });

  it('names an archive that is not there', async () => {
    await rm(join(folder, 'photos.zip'));
    await expect(open({ data: table })).rejects.toThrow(
      `There is no archive ${join(folder, 'photos.zip')}, which the table says holds 3 photos.`,
    );
    expect(leftovers()).toEqual([]);
  });

  it('names a photo that the archive lacks, and leaves nothing behind', async () => {
    await expect(
      open({ data: await write('more.tsv', 'id\tcollection\tzip\nl1\tCats\tphotos.zip\nl9\tCats\tphotos.zip\n') }),
    ).rejects.toThrow('lacks 1 of 2 photos, the first is l9.webp.');
    expect(leftovers()).toEqual([]);
  });

  it('names a damaged archive', async () => {
    await truncate(join(folder, 'photos.zip'), 200);
    await expect(open({ data: table })).rejects.toThrow(`The archive ${join(folder, 'photos.zip')} is damaged: `);
  });

  it('refuses ids and archives that lead elsewhere', async () => {
    await expect(open({ data: await write('a.tsv', 'id\tcollection\tzip\n../l1\tCats\tphotos.zip\n') })).rejects.toThrow(
      'line 2 has the id "../l1", which is not a plain name.',
    );
    await expect(open({ data: await write('b.tsv', 'id\tcollection\tzip\nl1\tCats\t../photos.zip\n') })).rejects.toThrow(
      'names the archive "../photos.zip"; it must lie beside the table.',
    );
    await expect(open({ data: await write('c.tsv', 'id\tcollection\tzip\nl1\tCats\tphotos.zip\nl1\tDogs\tphotos.zip\n') })).rejects.toThrow(
      'line 3 has the id "l1" again.',
    );
  });

  it('names a line that is cut short', async () => {
    const path = await write('cut.tsv', 'id\tcollection\tzip\nl1\tCats\tphotos.zip\nl2\tCa');
    await expect(open({ data: path })).rejects.toThrow(`${path} cannot be used: line 3 is cut short.`);
  });

  it('names the columns that a table lacks', async () => {
    const path = await write('MORE.tsv', 'id\tsource\tleaf\tcollection\nm1\tweb\ttabby\tCats\n');
    await expect(open({ data: path })).rejects.toThrow(`${path} has no column tar or zip; it has id, source, leaf, collection.`);
    await expect(open({ data: await write('no.tsv', 'photo\n') })).rejects.toThrow(
      'has no column id, collection, tar or zip; it has photo.',
    );
  });
});

describe('a table with a tar beside it', () => {
  beforeEach(async () => {
    for (const name of ['v1', 'v2', 'v3', 'v4', 'other']) await write(`${name}.webp`, `photo ${name}`);
  });
  const table = (...ids: string[]): Promise<string> =>
    write('INDEX.tsv', `id\tsplit\tcollection\ttar\n${ids.map((id) => `${id}\tval\tCats\tphotos.tar\n`).join('')}`);
  const tar = (...names: string[]): Promise<void> => create({ file: join(folder, 'photos.tar'), cwd: folder }, names);

  it('halves the photos by the SHA-256 of their ids: even first bytes are for fitting', async () => {
    await tar('v1.webp', 'v2.webp', 'v3.webp', 'v4.webp', 'other.webp');
    const ids = async (half: 'fit' | 'report' | 'all'): Promise<string[]> =>
      (await open({ data: await table('v1', 'v2', 'v3', 'v4'), half })).photos.map(({ id }) => id);
    expect(await ids('fit')).toEqual(['v3', 'v4']); // e0…, 8e…
    expect(await ids('report')).toEqual(['v1', 'v2']); // 3b…, fb…
    expect(await ids('all')).toHaveLength(4);
  });

  it('unpacks only the photos that are wanted', async () => {
    await tar('v1.webp', 'other.webp', 'v2.webp');
    const { photos } = await open({ data: await table('v2', 'v1') });
    expect(photos.map(({ id }) => id)).toEqual(['v2', 'v1']);
    expect(readdirSync(join(photos[0]!.path, '..'))).toEqual(['v1.webp', 'v2.webp']);
    expect(await readFile(photos[0]!.path, 'utf8')).toBe('photo v2');
  });

  it('takes no link for a photo', async () => {
    await rm(join(folder, 'v1.webp'));
    await symlink('/etc/hostname', join(folder, 'v1.webp'));
    await tar('v1.webp');
    await expect(open({ data: await table('v1') })).rejects.toThrow('lacks 1 of 1 photos, the first is v1.webp.');
  });

  it('names a damaged archive', async () => {
    await tar('v1.webp', 'v2.webp');
    await truncate(join(folder, 'photos.tar'), 1200);
    await expect(open({ data: await table('v1', 'v2') })).rejects.toThrow(/^The archive .*photos\.tar (is damaged|lacks 1 of 2 photos)/);
  });
});

describe('a folder with one folder per collection', () => {
  beforeEach(async () => {
    for (const path of ['cats/a.jpg', 'cats/deep/b.jpg', 'dogs/c.jpg', 'dogs/.hidden.jpg', '.trash/d.jpg', 'README.txt']) {
      await mkdir(join(folder, path, '..'), { recursive: true });
      await write(path, path);
    }
  });

  it('names photos by their path below it', async () => {
    const { photos, release } = await open({ data: folder });
    expect(photos.map(({ id, truth, source }) => [id, truth, source])).toEqual([['cats/a.jpg', 'cats', null], ['cats/deep/b.jpg', 'cats', null], ['dogs/c.jpg', 'dogs', null]]); // prettier-ignore
    expect(await readFile(photos[1]!.path, 'utf8')).toBe('cats/deep/b.jpg');
    await release();
    expect(existsSync(photos[0]!.path)).toBe(true);
  });

  it('is halved by those paths', async () => {
    expect((await open({ data: folder, half: 'report' })).photos.map(({ id }) => id)).toEqual(['dogs/c.jpg']); // 4b…
  });

  it('has no splits', async () => {
    await expect(open({ data: folder, split: 'val' })).rejects.toThrow(
      `${folder} is a folder and has no splits, but the split "val" was asked for.`,
    );
  });

  it('says when there is nothing in it', async () => {
    await expect(open({ data: join(folder, 'cats', 'deep') })).rejects.toThrow(`${join(folder, 'cats', 'deep')} has no photos.`);
    await expect(open({ data: join(folder, 'nowhere') })).rejects.toThrow(`There is no table or folder ${join(folder, 'nowhere')}.`);
  });
});

describe('collections of the data', () => {
  const pack = [{ key: 'cats', title: 'Cats' }, { key: 'wild-animals', title: 'Wild animals' }]; // prettier-ignore
  const photo = (truth: string) => ({ id: truth, truth, source: null, path: '/x' });

  it('are known by title and by key', () => {
    expect(withKeys([photo('Wild animals'), photo('cats')], pack).map(({ truth }) => truth)).toEqual(['wild-animals', 'cats']);
  });

  it('that the pack does not have are named', () => {
    expect(() => withKeys([photo('Cats'), photo('Rocks'), photo('Rocks'), photo('Clouds')], pack)).toThrow(
      'The pack has no collection "Rocks", "Clouds", which the data has photos of.',
    );
  });
});

describe('the tables that the default pack is measured on', () => {
  it.skipIf(!existsSync(shared))('split and halve as their figures say', async () => {
    const count = async (table: string, split: string, half: 'fit' | 'report'): Promise<number> => {
      const { photos, release } = await open({ data: join(shared, table), split, half });
      expect(photos.filter(({ path }) => !existsSync(path))).toEqual([]);
      await release();
      return photos.length;
    };
    expect(await count('INDEX.tsv', 'val', 'fit')).toBe(1870);
    expect(await count('INDEX.tsv', 'val', 'report')).toBe(1859);
    expect((await count('LARGE.tsv', 'val', 'fit')) + (await count('LARGE.tsv', 'val', 'report'))).toBe(1000);
  });
});

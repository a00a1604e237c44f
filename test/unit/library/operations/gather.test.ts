import { existsSync, linkSync, mkdirSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { type Gathered, type PlannedPhoto, gather, realDisk } from '../../../../src-main/library/operations/index.ts';
import { newFolder, write } from './made.ts';

let root: string;
beforeEach(() => {
  root = newFolder();
  mkdirSync(join(root, 'Sorted'));
});

const photo = (folder: string, ...paths: readonly string[]): PlannedPhoto => ({
  id: 1,
  files: paths.map((path) => ({ path: join(root, path), size: statSync(join(root, path)).size, mtimeMs: 0 })),
  folder,
});

const plan = (photos: readonly PlannedPhoto[], collisions: 'number' | 'skip' = 'number', target = 'Sorted'): Promise<Gathered> =>
  gather(photos, { target: join(root, target), collisions, isCopy: false }, realDisk);

const targets = ({ moves }: Gathered): string[] => moves.flatMap(({ files }) => files.map(({ target }) => relative(root, target)));
const reasons = ({ staying }: Gathered): string[] => staying.map(({ reason }) => reason.message);

it('a photo that lies in its folder stays there', async () => {
  write(join(root, 'Sorted', 'Dogs', 'a.jpg'));
  const planned = await plan([photo('Dogs', 'Sorted/Dogs/a.jpg')]);
  expect([targets(planned), reasons(planned)]).toEqual([[], ['already in that place']]);
});

it('two photos of one name get numbers, with their companions, and two of the same bytes go once', async () => {
  for (const folder of ['1', '2']) for (const name of ['a.jpg', 'a.CR2']) write(join(root, folder, name));
  write(join(root, '3', 'a.jpg'), join(root, '1', 'a.jpg'));
  const planned = await plan([photo('Dogs', '1/a.jpg', '1/a.CR2'), photo('Dogs', '2/a.jpg', '2/a.CR2'), photo('Dogs', '3/a.jpg')]);
  expect(targets(planned)).toEqual(['Sorted/Dogs/a.jpg', 'Sorted/Dogs/a.CR2', 'Sorted/Dogs/a (2).jpg', 'Sorted/Dogs/a (2).CR2']);
  expect(reasons(planned)).toEqual(['the same file is there already']);
  expect(planned.moves.map(({ isRenamed }) => isRenamed)).toEqual([false, true]);
});

it('where numbers are not wished for a photo whose name is in use stays', async () => {
  write(join(root, 'a.jpg'));
  write(join(root, 'Sorted', 'Dogs', 'a.jpg'));
  const planned = await plan([photo('Dogs', 'a.jpg')], 'skip');
  expect([targets(planned), reasons(planned)]).toEqual([[], ['another file has the name there']]);
});

it('files of equal size that differ only between the samples of their hash are two photos', async () => {
  const bytes = 'x'.repeat(200_000);
  write(join(root, 'a.jpg'), bytes);
  write(join(root, 'Sorted', 'Dogs', 'a.jpg'), `${bytes.slice(0, 100_000)}y${bytes.slice(100_001)}`);
  expect(await realDisk.fastHash(join(root, 'a.jpg'))).toBe(await realDisk.fastHash(join(root, 'Sorted', 'Dogs', 'a.jpg')));
  expect(targets(await plan([photo('Dogs', 'a.jpg')]))).toEqual(['Sorted/Dogs/a (2).jpg']);
});

it('a name in another Unicode form is in use too', async () => {
  write(join(root, 'caf\u00e9.jpg'), 'one');
  write(join(root, 'Sorted', 'Dogs', 'cafe\u0301.jpg'), 'two');
  expect(targets(await plan([photo('Dogs', 'caf\u00e9.jpg')]))).toEqual(['Sorted/Dogs/caf\u00e9 (2).jpg']);
});

it.skipIf(existsSync(new URL(import.meta.url.toUpperCase())))(
  '[folds case] a volume that tells A from a is asked, and keeps both',
  async () => {
    write(join(root, 'a.jpg'), 'one');
    write(join(root, 'Sorted', 'A.jpg'), 'two');
    write(join(root, 'Sorted', 'Dogs', 'A.jpg'), 'two');
    expect(targets(await plan([photo('Dogs', 'a.jpg')]))).toEqual(['Sorted/Dogs/a.jpg']);
  },
);

it('a second name of the same file is the same file', async () => {
  write(join(root, 'a.jpg'));
  mkdirSync(join(root, 'Sorted', 'Dogs'));
  linkSync(join(root, 'a.jpg'), join(root, 'Sorted', 'Dogs', 'a.jpg'));
  expect(reasons(await plan([photo('Dogs', 'a.jpg')]))).toEqual(['the same file is there already']);
});

it('a photo whose new path would be too long stays', async () => {
  write(join(root, 'a.jpg'));
  const deep = Array.from({ length: 20 }, () => 'n'.repeat(200)).join('/');
  expect(reasons(await plan([photo(deep, 'a.jpg')]))).toEqual(['their new path would be too long']);
});

it('a target that is not there yet is planned for, and nothing is made', async () => {
  write(join(root, 'a.jpg'), 'five!');
  const planned = await plan([photo('Dogs', 'a.jpg')], 'number', 'new');
  expect(targets(planned).map((path) => basename(path))).toEqual(['a.jpg']);
  expect(planned.copied).toEqual({ files: 0, bytes: 0 });
  expect(planned.space!.bytes).toBeGreaterThan(0);
  expect(existsSync(join(root, 'new'))).toBe(false);
});

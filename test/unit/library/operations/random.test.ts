/**
 * Plan, do and take back on random trees of photos: nested folders, equal names and equal bytes, companions, names in every script, Unicode
 * form and length. What is true of each of them is checked after every step. The seed is in the test's name.
 */
import { constants, copyFileSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { together } from '../../../../src-main/library/companions.ts';
import {
  type Disk,
  type Gathered,
  type PlannedPhoto,
  type Step,
  type Unit,
  carryOut,
  check,
  gather,
  patternOf,
  realDisk,
  reversed,
} from '../../../../src-main/library/operations/index.ts';
import { seeded } from '../../../kill/harness.ts';
import { MemoryJournal, carrying, newFolder } from './made.ts';
import { treeOf } from '../../../tree-of.ts';

const trees = process.env.SQUINT_LONG_TESTS ? 400 : 8;

type Random = () => number;
const below = (random: Random, n: number): number => Math.floor(random() * n);
const oneOf = <T>(random: Random, those: readonly T[]): T => those[below(random, those.length)]!;

const stems = [
  ...['IMG_1', 'IMG_1', 'IMG_1', 'img_1', 'IMG_1 (2)', 'IMG_1 (3)', 'IMG_2', 'a', 'A'],
  ...['caf\u00e9', 'cafe\u0301', 'שבת', '\u202eabc', '👩‍🚀', 'z\u0303\u0323', 'straße', 'STRASSE', ' space ', 'dot.dot', '#?%', 'o\'b"c\\d'],
  ...['n'.repeat(247), '日'.repeat(82), 'e\u0301'.repeat(82)],
];
const folders = ['', 'a', 'a/b', 'a/b/c', 'Dogs', 'Sorted by me', 'été', 'e\u0301te\u0301'];
const companions = [[], [], [], ['.CR2'], ['.xmp'], ['.CR2', '.CR2.xmp'], ['.JPG.xmp', '.aae', '.MOV']];
const titles = ['Dogs', 'dogs', 'Cats / kittens', 'Été', 'E\u0301te\u0301', 'CON', '..', 'x'.repeat(300), '日本 🗾'];
const patterns = ['{collection}', '{collection}/{year}', '{year}/{month} {collection}', 'All', 'a/{collection}'];

/** A tree under `photos`, and at times something of somebody else's where the photos go. */
function plant(root: string, random: Random, foldsCase: boolean): void {
  const put = (path: string): void => {
    mkdirSync(dirname(path), { recursive: true });
    if (Buffer.byteLength(basename(path)) > 255) return;
    if (foldsCase && readdirSync(dirname(path)).some((name) => name.toLowerCase() === basename(path).toLowerCase())) return;
    const bytes = random() < 0.1 ? '' : random() < 0.4 ? `equal ${below(random, 3)}` : `own ${random()}`;
    try {
      writeFileSync(path, bytes, { flag: 'wx' });
    } catch {
      return; // there is one already
    }
    const time = 1e9 + below(random, 1e8) + 0.25;
    utimesSync(path, time, time);
  };
  for (let i = 2 + below(random, 12); i > 0; i -= 1) {
    const at = join(root, 'photos', oneOf(random, folders), oneOf(random, stems));
    for (const ending of ['.JPG', ...oneOf(random, companions)]) put(at + ending);
  }
  for (let i = below(random, 6); i > 0; i -= 1)
    put(join(root, 'Sorted', oneOf(random, ['All', 'Dogs', 'Dogs/2019']), `${oneOf(random, stems)}.JPG`));
}

/** As the library takes them together. */
function photosIn(root: string, place: (random: number) => string): PlannedPhoto[] {
  const all = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const byFolder = Map.groupBy(all, ({ parentPath }) => parentPath);
  const photos: PlannedPhoto[] = [];
  for (const [folder, files] of [...byFolder].sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const { main, companions: others } of together(files.map(({ name }) => name).sort()).photos) {
      const paths = [main, ...others].map((name) => join(folder, name));
      photos.push({
        id: photos.length + 1,
        files: paths.map((path) => ({ path, size: statSync(path).size, mtimeMs: statSync(path).mtimeMs })),
        folder: place(photos.length),
      });
    }
  }
  return photos;
}

let ids = 0;
const stepsOf = ({ moves }: Gathered, kind: 'move' | 'copy'): Unit[] =>
  moves.map(({ files }) =>
    files.map(({ path: source, target, size, mtimeMs }) => ({
      ...{ id: (ids += 1), kind, source, target, size, mtimeMs },
      hash: null,
      made: null,
    })),
  );

interface Done {
  readonly journal: MemoryJournal;
  readonly units: readonly Unit[];
  readonly states: string[];
}

async function carry(units: readonly Unit[], root: string, disk: Disk, collisions: 'number' | 'skip' = 'skip'): Promise<Done> {
  const journal = new MemoryJournal(units);
  await carryOut(units, carrying(journal, [join(root, 'Sorted'), join(root, 'photos')], { disk, collisions }));
  return { journal, units, states: units.flat().map(({ id }) => journal.settled.get(id)!.state) };
}

/** As the service does it. */
async function undo({ journal, units }: Done, root: string, disk: Disk): Promise<Done & { refused: string[] }> {
  const done = units
    .map((unit) =>
      unit.flatMap((one): Step[] => {
        const outcome = journal.settled.get(one.id)!;
        if (outcome.state !== 'done') return [];
        const { target, size, mtimeMs, hash } = outcome;
        return [reversed({ ...one, id: (ids += 1), target, size, mtimeMs, hash, made: null })];
      }),
    )
    .filter((unit) => unit.length > 0);
  const each = done.flatMap((unit) => (unit[0]!.kind === 'bin' ? unit.map((one) => [one]) : [unit]));
  const { can, cannot } = await check(each, [], disk);
  const result = await carry(can, root, disk);
  for (const folder of journal.folders.toReversed()) await disk.removeEmptyFolder(folder);
  return { ...result, refused: cannot.map(({ reason }) => reason.code) };
}

const sorted = (tree: Record<string, string>): string[] => Object.values(tree).sort();

/** Copies without a program of the system's: what that keeps, volumes.test.ts has. */
const plainDisk: Disk = {
  ...realDisk,
  copy: (from, to) => {
    const { atime, mtime } = statSync(from);
    copyFileSync(from, to, constants.COPYFILE_EXCL);
    utimesSync(to, atime, mtime);
    return Promise.resolve([]);
  },
};

/** Looks names up without regard to case, as the usual volumes of Windows and macOS do. */
const foldingCase: Disk = (() => {
  const there = async (path: string): Promise<string> => {
    const above = dirname(path);
    if (above === path) return path;
    const folder = await there(above);
    const name = basename(path);
    const names = (await realDisk.list(folder)) ?? [];
    const found = names.includes(name) ? name : names.find((one) => one.toLowerCase() === name.toLowerCase());
    return join(folder, found ?? name);
  };
  const d = plainDisk;
  return {
    ...d,
    look: async (path) => d.look(await there(path)),
    list: async (path) => d.list(await there(path)),
    makeFolder: async (path) => d.makeFolder(await there(path)),
    removeEmptyFolder: async (path) => d.removeEmptyFolder(await there(path)),
    link: async (from, to) => d.link(await there(from), await there(to)),
    reserve: async (path) => d.reserve(await there(path)),
    rename: async (from, to) => d.rename(await there(from), await there(to)),
    copy: async (from, to) => d.copy(await there(from), await there(to)),
    sync: async (path) => d.sync(await there(path)),
    syncFolder: async (path) => d.syncFolder(await there(path)),
    fastHash: async (path) => d.fastHash(await there(path)),
    fullHash: async (path) => d.fullHash(await there(path)),
    remove: async (path) => d.remove(await there(path)),
  };
})();

/** What has to reach the disk, cut.test.ts proves. */
const swift = (disk: Disk, root: string): Disk => ({
  ...disk,
  sync: () => Promise.resolve(),
  syncFolder: () => Promise.resolve(),
  bin: async (path) => {
    mkdirSync(join(root, 'bin'), { recursive: true });
    await disk.rename(path, join(root, 'bin', String((ids += 1))));
  },
});

let root: string;
beforeEach(() => {
  root = newFolder();
  mkdirSync(join(root, 'photos'));
  mkdirSync(join(root, 'Sorted'));
});
afterEach(() => rmSync(root, { recursive: true }));

describe.each([
  ['on a volume that tells A from a', plainDisk],
  ['on a volume that takes A and a for one', foldingCase],
])('%s', (_, plain) => {
  it.each(Array.from({ length: trees }, (__, i) => i + 1))(
    'tree %i is sorted as planned, once, and taken back to what it was',
    async (seed) => {
      const random = seeded(seed);
      plant(root, random, plain === foldingCase);
      const disk = swift(plain, root);
      const kind = random() < 0.7 ? 'move' : 'copy';
      const collisions = random() < 0.7 ? 'number' : 'skip';
      const pattern = patternOf(oneOf(random, patterns));
      const places = Array.from({ length: 100 }, () =>
        pattern({
          collection: oneOf(random, titles),
          taken: random() < 0.3 ? null : `20${10 + below(random, 3)}-0${1 + below(random, 9)}-01`,
        }),
      );
      const options = { target: join(root, 'Sorted'), collisions, isCopy: kind === 'copy' } as const;
      const plan = (): Promise<Gathered> =>
        gather(
          photosIn(join(root, 'photos'), (i) => places[i]!),
          options,
          disk,
        );

      const before = treeOf(root);
      const photos = photosIn(join(root, 'photos'), (i) => places[i]!);
      const planned = await gather(photos, options, disk);
      expect(treeOf(root)).toEqual(before);
      expect(planned.moves.length + planned.staying.length).toBe(photos.length);

      const done = await carry(stepsOf(planned, kind), root, disk, collisions);
      const after = treeOf(root);
      expect(new Set(done.states)).toEqual(new Set(planned.moves.length > 0 ? ['done'] : []));
      const expected = { ...before };
      for (const { files } of planned.moves) {
        for (const { path, target } of files) {
          expected[inTree(target, after)] = before[relative(root, path)]!;
          if (kind === 'move') Reflect.deleteProperty(expected, relative(root, path));
        }
      }
      expect(after).toEqual(expected);
      if (kind === 'move') expect(sorted(after)).toEqual(sorted(before));

      // Files that belong together still do.
      for (const { files } of planned.moves) {
        const folder = dirname(inTree(files[0]!.target, after));
        const names = Object.keys(after)
          .filter((path) => dirname(path) === folder)
          .map((path) => basename(path));
        const main = basename(files[0]!.target);
        const found = together(names).photos.find((photo) => photo.main === main);
        expect(found?.companions, main).toEqual(expect.arrayContaining(files.slice(1).map(({ target }) => basename(target))));
      }

      const again =
        kind === 'move'
          ? await gather(
              planned.moves.map(({ files, folder, photo: id }) => ({
                id,
                folder,
                files: files.map((file) => ({ ...file, path: file.target })),
              })),
              options,
              disk,
            )
          : await plan();
      if (kind === 'move' || collisions === 'skip') expect(again.moves).toEqual([]);

      const undone = await undo(done, root, disk);
      expect(undone.refused).toEqual([]);

      expect(unbinned(treeOf(root))).toEqual(before);
      expect(foldersIn(join(root, 'Sorted'))).toEqual(foldersOf(before, 'Sorted'));

      const redone = await undo(undone, root, disk);
      expect(redone.refused).toEqual([]);
      expect(unbinned(treeOf(root))).toEqual(after);
    },
  );
});

it.each([1, 2, 3, 4])('several sorts are taken back in any order that the files allow: draw %i', async (seed) => {
  const random = seeded(seed);
  plant(root, random, false);
  const disk = swift(plainDisk, root);
  const before = treeOf(root);
  const all: Done[] = [];
  for (const title of ['Dogs', 'Cats', 'Dogs']) {
    // Each takes some of those that are where they were.
    const photos = photosIn(join(root, 'photos'), () => title).filter(() => random() < 0.5);
    const planned = await gather(photos, { target: join(root, 'Sorted'), collisions: 'number', isCopy: false }, disk);
    all.push(await carry(stepsOf(planned, 'move'), root, disk, 'number'));
  }
  for (const done of all.toSorted(() => random() - 0.5)) expect((await undo(done, root, disk)).refused).toEqual([]);
  expect(treeOf(root)).toEqual(before);
});

/** Where it lies in the tree: in a folder whose name may be written in another case. */
function inTree(path: string, tree: Record<string, string>): string {
  const key = relative(root, path);
  return key in tree ? key : (Object.keys(tree).find((one) => one.toLowerCase() === key.toLowerCase()) ?? key);
}

const unbinned = (tree: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(tree).filter(([path]) => !path.startsWith('bin/')));

const foldersIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)))
    .sort();

function foldersOf(tree: Record<string, string>, root: string): string[] {
  const found = new Set<string>();
  for (const path of Object.keys(tree)) {
    for (let at = dirname(path); at.startsWith(`${root}/`); at = dirname(at)) found.add(at.slice(root.length + 1));
  }
  return [...found].sort();
}

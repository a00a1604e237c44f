import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import * as v from 'valibot';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { OperationReport, PlannedFile, SortPlan } from '../../../../src-main/contract/operations.ts';
import { startService } from '../../../../src-main/engine/service/index.ts';
import type { Io } from '../../../../src-main/hosts/cli/io.ts';
import { type Library, libraryOver } from '../../../../src-main/hosts/cli/library.ts';
import { type EnginePacks, enginePacks } from '../../engine/packs.ts';
import { folder, measuredMachine } from '../../engine/service/window.ts';
import { treeOf } from '../../../tree-of.ts';
import { fixture } from '../../reader/made.ts';
import { type Ended, type Person, madeLibrary, operation, plan, report, squint } from './squint.ts';

let packs: EnginePacks;
let machine = '';
let here: ReturnType<typeof folder>;
beforeAll(async () => {
  packs = await enginePacks();
  machine = await measuredMachine(packs.folders.photos32);
});
afterAll(() => packs.release());
beforeEach(() => {
  here = folder();
  process.env.XDG_DATA_HOME = join(here.path, 'bin'); // the system's bin, on Linux
  mkdirSync(join(here.path, 'home'));
  writeFileSync(join(here.path, 'home', 'machine.json'), machine);
});
afterEach(() => {
  delete process.env.XDG_DATA_HOME;
  here.remove();
});

const at = (...way: string[]): string => join(here.path, ...way);

/** The real library, with a small pack. */
const open = (io: Io): Promise<Library> =>
  libraryOver(io, (tell) =>
    startService({ home: at('home'), resources: at(), version: '0', pack: packs.folders.photos32, quiet: true, tell }),
  );

const run = (args: readonly string[], person: Partial<Person> = {}): Promise<Ended> => squint(args, { from: here.path, open, ...person });

/** Photos of a cat, each with other bytes. The small pack is sure of nothing: they lie in Review. */
function cats(...names: string[]): void {
  for (const name of names) {
    mkdirSync(at(name, '..'), { recursive: true });
    copyFileSync(fixture('cat.jpg'), at(name));
    writeFileSync(at(name), name, { flag: 'a' });
    utimesSync(at(name), 1_500_000_000.123, 1_500_000_000.123);
  }
}

/** All of a folder, also those in Review. */
const sortAll = ['sort', 'Camera', '--to', 'Sorted', '--include-review'];

const lines = ({ out }: Ended): ({ type: string } & Record<string, unknown>)[] =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { type: string });

const filesIn = (name: string): string[] =>
  readdirSync(at(name), { recursive: true, withFileTypes: true })
    .flatMap((file) => (file.isFile() ? [file.name] : []))
    .sort();

describe('squint sort', () => {
  it('shows the plan, asks, moves, reports; squint undo puts every file back as it was', async () => {
    cats('Camera/a.jpg', 'Camera/more/b.jpg');
    writeFileSync(at('Camera/a.xmp'), '<x:xmpmeta xmlns:x="adobe:ns:meta/"/>');
    const before = treeOf(at('Camera'));
    const sorted = await run([...sortAll, '--move'], { answer: () => true });
    expect(sorted.out).toMatch(/^Move 3 files of 2 photos, \d+ kB, to .+Sorted\n\n {2}Folder +Files +Size\n/);
    expect(sorted.out).toContain('1 photo takes other files along.');
    expect(sorted.err).toContain('Move 3 files? [y/N]');
    expect(sorted.out).toMatch(/\nMoved 3 files to .+ › Sorted\. squint undo 1 takes it back\.\n$/);
    expect(sorted.status).toBe(0);
    expect(filesIn('Sorted')).toEqual(['a.jpg', 'a.xmp', 'b.jpg']);
    expect(filesIn('Camera')).toEqual([]);

    const undone = await run(['undo'], { answer: () => true });
    expect([undone.status, undone.err]).toEqual([0, 'Move 3 files back? [y/N] \n']);
    expect(treeOf(at('Camera'))).toEqual(before);
    expect(existsSync(at('Sorted'))).toBe(false);
  });

  it('can be taken back, and that be taken back too; squint history has it all', async () => {
    cats('Camera/a.jpg', 'Camera/b.jpg');
    mkdirSync(at('Sorted'));
    await run([...sortAll, '--move', '--yes']);
    const sorted = treeOf(at('Sorted'));
    await run(['undo', '--yes']);
    expect(treeOf(at('Sorted'))).toEqual({});
    const redone = await run(['undo', '2'], { answer: () => true });
    expect([redone.status, redone.err, treeOf(at('Sorted'))]).toEqual([0, 'Do it again for 2 files? [y/N] \n', sorted]);
    const history = await run(['history', '--json']);
    expect(lines(history).map(({ id, kind, undoes, done, undone, state }) => [id, kind, undoes, done, undone, state])).toEqual([
      [3, 'move', 2, 2, 0, 'done'],
      [2, 'move', 1, 2, 2, 'done'],
      [1, 'move', null, 2, 2, 'done'],
    ]);
  });

  it('only shows what it would do with --dry-run: the same plan, and nothing has changed', async () => {
    cats('Camera/a.jpg', 'Camera/b.jpg');
    const before = treeOf(at('Camera'));
    const dry = await run([...sortAll, '--move', '--dry-run']);
    expect([dry.status, existsSync(at('Sorted')), treeOf(at('Camera'))]).toEqual([0, false, before]);
    const sorted = await run([...sortAll, '--move', '--yes']);
    expect(sorted.out.startsWith(dry.out)).toBe(true);
  });

  it('leaves everything as it is where the answer is no', async () => {
    cats('Camera/a.jpg');
    const { status, err } = await run([...sortAll, '--copy'], { answer: () => false });
    expect([status, err]).toEqual([130, expect.stringContaining('Copy 1 file? [y/N] \nNothing was changed.\n')]);
    expect(existsSync(at('Sorted'))).toBe(false);
  });

  it('copies, and taking that back hands the copies to the bin', async () => {
    cats('Camera/a.jpg', 'Camera/b.jpg');
    const before = treeOf(at('Camera'));
    const { out } = await run([...sortAll, '--copy', '--yes']);
    expect(out).toContain('\nCopied 2 files to ');
    expect([treeOf(at('Camera')), filesIn('Sorted')]).toEqual([before, ['a.jpg', 'b.jpg']]);
    const undone = await run(['undo'], { answer: () => true });
    expect(undone.err).toBe('Move 2 copies to the bin? [y/N] \n');
    expect(undone.out).toMatch(/\nMoved 2 copies to the bin\.\n$/);
    expect([treeOf(at('Camera')), existsSync(at('Sorted'))]).toEqual([before, false]);
  });

  it('writes the plan with every file, and the report, as JSON lines of the contract', async () => {
    cats('Camera/a.jpg', 'Camera/b.jpg');
    const told = lines(await run([...sortAll, '--move', '--yes', '--json']));
    const bare = told.map((line) => Object.fromEntries(Object.entries(line).filter(([key]) => key !== 'type')));
    expect(told.map(({ type }) => type)).toEqual(['plan', 'file', 'file', 'report']);
    const { how, ...planned } = bare[0] as { how: string };
    expect([how, v.parse(SortPlan, planned).files]).toEqual(['move', 2]);
    expect(v.parse(v.array(PlannedFile), bare.slice(1, 3)).map(({ from, to }) => [from, basename(to)])).toEqual([
      [join('Camera', 'a.jpg'), 'a.jpg'],
      [join('Camera', 'b.jpg'), 'b.jpg'],
    ]);
    expect(v.parse(OperationReport, bare[3]).operation.done).toBe(2);
  });

  it('gives a number to a name that is taken, or leaves the photo where that is asked for', async () => {
    cats('Camera/a.jpg', 'Camera/more/a.jpg');
    const skipping = await run([...sortAll, '--move', '--dry-run', '--on-collision', 'skip']);
    expect(skipping.out).toMatch(/Move 1 file,[^]*Staying\n {6}1 {2}Another file has the name there\.\n {9}a\.jpg\n/);
    await run([...sortAll, '--move', '--yes']);
    expect(filesIn('Sorted')).toEqual(['a (2).jpg', 'a.jpg']);
  });

  it('sorts only the folder that was named where that lies in one that is in the library', async () => {
    cats('Pictures/Camera/a.jpg', 'Pictures/other/b.jpg');
    await run(['sort', 'Pictures', '--to', 'Sorted', '--copy', '--dry-run']);
    const { out } = await run(['sort', 'Pictures/Camera', '--to', 'Sorted', '--include-review', '--move', '--yes']);
    expect(out).toContain('Moved 1 file to ');
    expect([filesIn('Sorted'), filesIn('Pictures')]).toEqual([['a.jpg'], ['b.jpg']]);
    const empty = await run(['sort', 'Pictures/Camera', '--to', 'Sorted', '--move', '--yes']);
    expect([empty.status, empty.out]).toEqual([0, 'No photo would change its place.\n']);
  });

  it('finds the folder behind a symbolic link', async () => {
    cats('Camera/a.jpg');
    symlinkSync(at('Camera'), at('link'));
    const { out } = await run(['sort', 'link', '--to', 'Sorted', '--include-review', '--move', '--yes']);
    expect(out).toContain('Moved 1 file to ');
  });

  it('takes photos further that the preset wants closer looked at, and keeps that choice', async () => {
    cats('Camera/a.jpg');
    await run([...sortAll, '--move', '--dry-run', '--preset', 'saver']);
    const library = await open({ tell: () => {}, err: { width: 80 } } as unknown as Io);
    try {
      const state = await library.ask('library.state', {});
      expect([state.settings.choice, state.counts.further]).toEqual([{ kind: 'preset', preset: 'saver' }, 0]);
    } finally {
      await library.close();
    }
    await run([...sortAll, '--move', '--dry-run', '--preset', 'full']);
    const later = await open({ tell: () => {}, err: { width: 80 } } as unknown as Io);
    try {
      expect((await later.ask('library.state', {})).counts).toMatchObject({ further: 0, waiting: 0, photos: 1 });
      expect((await later.ask('activity.list', {})).runs.map(({ preset }) => preset)).toEqual(['full', 'saver']);
    } finally {
      await later.close();
    }
  });

  it('ends with 3 where photos could not be sorted, and 0 where they stay as they shall', async () => {
    cats('Camera/a.jpg');
    expect((await run(['sort', 'Camera', '--to', 'Sorted', '--move', '--yes'])).status).toBe(0); // in Review
    writeFileSync(at('Camera/empty.jpg'), '');
    const { status, out } = await run([...sortAll, '--move', '--yes']);
    expect([status, out]).toEqual([3, expect.stringContaining('      1  They could not be sorted.\n         empty.jpg\n')]);
    const again = await run([...sortAll, '--move', '--yes']);
    expect([again.status, again.out]).toEqual([3, expect.stringContaining('No photo would change its place.')]);
  });

  it('says what is wrong with folder, target or pattern before any photo is looked at', async () => {
    cats('Camera/a.jpg');
    const refused = async (...args: string[]): Promise<[number | string, string]> => {
      const { status, err } = await run(['sort', ...args, '--move', '--yes']);
      return [status, err];
    };
    expect(await refused('nowhere', '--to', 'Sorted')).toEqual([
      'input-missing',
      expect.stringContaining(`There is no folder ${at('nowhere')}.\n`),
    ]);
    expect(await refused('Camera/a.jpg', '--to', 'Sorted')).toEqual(['no-folder', expect.stringContaining('a.jpg is no folder.\n')]);
    expect(await refused('Camera', '--to', 'no/such/Sorted')).toEqual(['not-a-target', expect.stringContaining('There is no folder ')]);
    expect(await refused('Camera', '--to', 'Camera/a.jpg')).toEqual(['not-a-target', expect.stringContaining('a.jpg is no folder.')]);
    expect(await refused('Camera', '--to', 'home/library')).toEqual([
      'not-a-target',
      expect.stringContaining('where Squint keeps its own files'),
    ]);
    const [status, err] = await refused('Camera', '--to', 'Sorted', '--pattern', '{colection}');
    expect([status, err]).toEqual([
      'bad-pattern',
      '{colection} is not known.\nPlaceholders are {collection}, {year} and {month}, such as {collection}/{year}.\n',
    ]);
    expect([existsSync(at('Sorted')), readFileSync(at('Camera/a.jpg')).length > 0]).toEqual([false, true]);
  });

  it('says that a pack cannot be used', async () => {
    cats('Camera/a.jpg');
    const without = (io: Io): Promise<Library> =>
      libraryOver(io, (tell) => startService({ home: at('home'), resources: at(), version: '0', pack: at('no pack'), quiet: true, tell }));
    const { err } = await run([...sortAll, '--move', '--yes'], { open: without });
    expect(err).toContain(`There is no pack in ${at('no pack')}`);
  });

  it('refuses to take back what was changed since, names it, and ends with 3', async () => {
    cats('Camera/a.jpg', 'Camera/b.jpg');
    await run([...sortAll, '--move', '--yes']);
    const [pile] = readdirSync(at('Sorted'));
    writeFileSync(at('Sorted', pile!, 'a.jpg'), 'another picture');
    const { status, out } = await run(['undo', '--yes']);
    expect(out).toContain('1 file, ');
    expect(out).toContain('Cannot be taken back\n      1  Edited or replaced since.\n         a.jpg\n');
    expect(out).toContain('\nMoved 1 file back. ');
    expect([status, filesIn('Camera'), filesIn('Sorted')]).toEqual([3, ['b.jpg'], ['a.jpg']]);
    const rest = await run(['undo', '1', '--yes']);
    expect([rest.status, rest.err]).toEqual(['nothing-to-undo', 'Operation 1 cannot be taken back.\n\n']);
  });
});

describe('a sort that does not come to its operation', () => {
  const state = (run: object | null, over: object = {}): object => ({
    pack: {},
    roots: [{ id: 1, path: at('Camera'), scanning: false }],
    run,
    ...over,
  });
  const target = { id: 7, path: '/Sorted', name: '/Sorted' };
  const answers = {
    'targets.grant': () => target,
    'sort.plan': ({ of }: { of: { filter?: { text?: string } } }) =>
      of.filter?.text === '/' ? plan({ problem: { code: 'nothing-to-do', message: '' } }) : plan(),
    'sort.files': () => [],
    'roots.add': () => ({ root: 1, notes: [] }),
    'run.start': () => null,
    'library.state': () => state(null),
  };

  it('says why the run failed', async () => {
    cats('Camera/a.jpg');
    const failed = { state: 'failed', reason: 'The network could not be started.', hint: 'Choose another provider.' };
    const library = madeLibrary({ ...answers, 'library.state': () => state(failed) });
    const ended = await run([...sortAll, '--move', '--yes'], { open: library.open });
    expect([ended.status, ended.err]).toEqual([
      'run-failed',
      expect.stringContaining('The network could not be started.\nChoose another provider.\n'),
    ]);
    expect(library.closed()).toBe(true);
  });

  it('ends at Ctrl-C while photos are looked at; nothing was moved', async () => {
    cats('Camera/a.jpg');
    const stop = new AbortController();
    const going = { state: 'running', done: 1, files: 9 };
    const library = madeLibrary({
      ...answers,
      'library.state': () => {
        if (library.asked.includes('run.start')) setImmediate(() => stop.abort());
        return state(library.asked.includes('run.start') ? going : null);
      },
    });
    const { status, err } = await run([...sortAll, '--move', '--yes'], { open: library.open, stop });
    expect([status, err]).toEqual(['stopped', expect.stringContaining('Stopped; what was found out so far is kept.\n')]);
    expect([library.closed(), library.asked.includes('sort.begin')]).toEqual([true, false]);
  });

  it('says what stands in the way of the plan, which it shows', async () => {
    cats('Camera/a.jpg');
    const problem = {
      code: 'disk-full',
      message: 'The copies need 4 GB, and 1 GB are free there.',
      hint: 'Choose fewer photos or another folder.',
    };
    const library = madeLibrary({
      ...answers,
      'sort.plan': ({ of }: { of: { filter?: { text?: string } } }) => plan({ problem: of.filter?.text === '/' ? null : problem }),
    });
    const { status, out, err } = await run([...sortAll, '--copy', '--dry-run'], { open: library.open });
    expect([status, out]).toEqual(['disk-full', expect.stringContaining('Copy 1,204 files of 1,180 photos')]);
    expect(err).toContain('The copies need 4 GB, and 1 GB are free there.\nChoose fewer photos or another folder.\n');
  });

  it('ends with 3 where files were left for a reason that is a problem, and with 1 where it failed', async () => {
    cats('Camera/a.jpg');
    const ends = async (became: ReturnType<typeof report>): Promise<number | string> => {
      const library = madeLibrary({ ...answers, 'sort.begin': () => operation({ state: 'running' }), 'operations.report': () => became });
      return (await run([...sortAll, '--move', '--yes'], { open: library.open })).status;
    };
    const left = (code: string) => [{ code, message: 'm', files: 1, examples: [] }];
    expect(await ends(report({ left: 1 }, { left: left('already-there') }))).toBe(0);
    expect(await ends(report({ left: 1 }, { left: left('in-use') }))).toBe(3);
    expect(await ends(report({ state: 'failed', reason: 'The disk is full.' }))).toBe(1);
  });
});

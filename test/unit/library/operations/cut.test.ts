/**
 * The program or the power ends after every single verb of moves, copies and of taking them back, and again while the next start settles
 * what was left. With `SQUINT_LONG_TESTS` more is drawn of what a power cut may take.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Disk, type Step, type Unit, carryOut, reversed, settle } from '../../../../src-main/library/operations/index.ts';
import { seeded } from '../../../kill/harness.ts';
import { Ended, FailingDisk, FailingJournal, type Event, type Loss, type Volumes } from './cut.ts';
import { carrying, step, write } from './made.ts';

/** Only the program ends; the power does, and takes everything that is not safe, nothing, or what is drawn with that seed. */
const endings = ['program', 'everything', 'nothing', 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const;
const isLong = process.env.SQUINT_LONG_TESTS !== undefined;
/** Of the first three one in turn, or a draw, unless there is time for all. */
const endingsOf = (verb: number): readonly (string | number)[] => (isLong ? endings : [verb % 2 === 0 ? endings[(verb / 2) % 3]! : verb]);

const oneVolume = (): string => 'a';
const another = (path: string): string => (path.includes('Sorted') ? 'b' : 'a');
const ways: readonly (readonly [name: string, volumes: Volumes])[] = [
  ['on one volume', { of: oneVolume, haveLinks: true }],
  ['on a volume without hard links', { of: oneVolume, haveLinks: false }],
  ['to another volume', { of: another, haveLinks: true }],
  ['to another volume without hard links', { of: another, haveLinks: false }],
];

/** What is done to the photos of a folder; each is made anew for every cut. */
interface Scene {
  readonly name: string;
  /** @returns the steps that are cut off */
  readonly prepare: (root: string, around: (units: readonly Unit[]) => Promise<Step[][]>) => readonly Unit[] | Promise<readonly Unit[]>;
  readonly disk?: (disk: Disk, root: string) => Disk;
}

const photo = (root: string, kind: Step['kind'], names: readonly string[], folder: string): Step[] =>
  names.map((name) => step(kind, join(root, 'photos', name), join(root, 'Sorted', folder, name)));

function fill(root: string): void {
  for (const name of ['IMG_1.JPG', 'IMG_1.CR2', 'IMG_1.CR2.xmp', 'b.jpg', 'empty.png', 'stays.jpg']) {
    write(join(root, 'photos', name), name === 'empty.png' ? '' : `bytes of ${name}`);
  }
  write(join(root, 'Sorted', 'there.jpg'));
}

function sorting(root: string, kind: Step['kind']): Step[][] {
  fill(root);
  return [
    photo(root, kind, ['IMG_1.JPG', 'IMG_1.CR2', 'IMG_1.CR2.xmp'], 'Dogs/2019'),
    photo(root, kind, ['b.jpg'], 'Cats'),
    photo(root, kind, ['empty.png'], 'Cats'),
  ];
}

function colliding(root: string, kind: Step['kind']): Step[][] {
  fill(root);
  write(join(root, 'Sorted', 'Dogs', 'IMG_1.CR2.xmp'), 'of somebody else');
  write(join(root, 'Sorted', 'Dogs', 'IMG_1 (2).CR2'), '');
  write(join(root, 'Sorted', 'Dogs', 'b.jpg'), 'bytes of b.jpg');
  return [photo(root, kind, ['IMG_1.JPG', 'IMG_1.CR2', 'IMG_1.CR2.xmp'], 'Dogs'), photo(root, kind, ['b.jpg'], 'Dogs')];
}

/** One whose last file another program holds. */
const withOneInUse = (disk: Disk, root: string): Disk => {
  const refuse = (path: string): void => {
    if (path === join(root, 'photos', 'IMG_1.CR2.xmp')) throw Object.assign(new Error('busy'), { code: 'EBUSY' });
  };
  return {
    ...disk,
    remove: async (path) => (refuse(path), disk.remove(path)),
    rename: async (from, to) => (refuse(from), disk.rename(from, to)),
  };
};

const scenes: readonly Scene[] = [
  { name: 'a move', prepare: (root) => sorting(root, 'move') },
  { name: 'a move to names in use', prepare: (root) => colliding(root, 'move') },
  { name: 'a move of a photo with a file in use', prepare: (root) => sorting(root, 'move'), disk: withOneInUse },
  { name: 'a copy', prepare: (root) => sorting(root, 'copy') },
  { name: 'a copy to names in use', prepare: (root) => colliding(root, 'copy') },
  { name: 'taking back a move', prepare: async (root, around) => (await around(sorting(root, 'move'))).map((unit) => unit.map(reversed)) },
  {
    name: 'taking back a move to names in use',
    prepare: async (root, around) => (await around(colliding(root, 'move'))).map((unit) => unit.map(reversed)),
  },
  {
    name: 'taking back a copy',
    prepare: async (root, around) => (await around(sorting(root, 'copy'))).flat().map((one) => [reversed(one)]),
  },
];

/** What reaches the disk is decided here, so a folder in memory will do where there is one. */
const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
let base = '';
beforeAll(() => (base = mkdtempSync(join(memory, 'squint-cut-'))));
afterAll(() => rmSync(base, { recursive: true }));

describe.each(ways)('%s', (_, volumes) => {
  it.each(scenes)('$name loses nothing, whenever the program or the power ends', async (scene) => {
    const { verbs } = await stage(scene, volumes).then((set) => set.whole());
    expect(verbs).toBeGreaterThan(5);
    for (let verb = 1; verb <= verbs; verb += 1) {
      for (const ending of endingsOf(verb)) {
        const random = seeded(1000 * verb + (typeof ending === 'number' ? ending : 0));
        const lossOf = (how: string | number): Loss | null =>
          how === 'program' ? null : how === 'everything' || how === 'nothing' ? how : random;
        const set = await stage(scene, volumes);
        await set.cutAfter(verb, lossOf(ending));
        // Every second time the start after it is cut off too.
        if (random() < 0.5) await set.cutStartAfter(1 + Math.floor(random() * 8), lossOf(endings[Math.floor(random() * endings.length)]!));
        await set.start();
        set.check(`after verb ${verb} (${set.last}), ${ending}`);
      }
    }
  });

  it.each(scenes)('$name keeps the order: intent, bytes, names, and only then the old names go', async (scene) => {
    const set = await stage(scene, volumes);
    await set.whole();
    set.check('whole');
    set.checkOrder(volumes);
  });
});

let stages = 0;

/** A scene in a folder of its own. */
async function stage(scene: Scene, volumes: Volumes) {
  const root = join(base, String((stages += 1)));
  mkdirSync(join(root, 'photos'), { recursive: true });
  const failing = new FailingDisk(root, volumes);
  const carry = async (units: readonly Unit[], disk: Disk): Promise<FailingJournal> => {
    const journal = new FailingJournal(units, failing);
    await run(units, journal, disk);
    return journal;
  };
  const run = (units: readonly Unit[], journal: FailingJournal, disk: Disk): Promise<unknown> =>
    carryOut(units, carrying(journal, [join(root, 'Sorted'), join(root, 'photos')], { disk }));

  const units = await scene.prepare(root, async (before) => {
    const { memory } = await carry(before, failing.disk);
    failing.failPower('nothing');
    const done = before.map((unit) => unit.flatMap(({ id }) => doneStep(memory.steps.get(id)!, memory)));
    return done.filter((unit) => unit.length > 0).map((unit) => unit.map((one) => ({ ...one, id: one.id + 1000, made: null })));
  });
  const journal = new FailingJournal(units, failing);
  const disk = scene.disk?.(failing.disk, root) ?? failing.disk;
  const before = contentsOf(root);
  failing.events.length = 0;
  const ended = async (work: Promise<unknown>): Promise<void> => {
    await work.catch((error: unknown) => {
      if (!(error instanceof Ended)) throw error;
    });
  };
  const lose = (loss: Loss | null): void => {
    if (loss === null) failing.restart();
    else {
      failing.failPower(loss);
      journal.failPower(loss);
    }
  };
  const settling = (): Promise<void> => settle(journal.memory.unsettled(units), { disk, journal, token: 'abc' });

  return {
    last: '',
    async whole(): Promise<{ verbs: number }> {
      await run(units, journal, disk);
      return { verbs: failing.events.length };
    },
    async cutAfter(verb: number, loss: Loss | null): Promise<void> {
      failing.endAfter(verb);
      await ended(run(units, journal, disk));
      this.last = failing.events.at(-1)!.verb;
      lose(loss);
    },
    async cutStartAfter(verb: number, loss: Loss | null): Promise<void> {
      failing.endAfter(verb);
      await ended(settling());
      lose(loss);
    },
    async start(): Promise<void> {
      await settling();
      failing.failPower('everything'); // what was noted as done has reached the disk
    },

    /** Everything below the folder is as the journal says, and nothing else is there. */
    check(when: string): void {
      const { steps, settled } = journal.memory;
      const expected = { ...before };
      const bin = readBin(failing.bin);
      for (const unit of units) {
        const states = unit.map(({ id }) => settled.get(id)?.state);
        expect(new Set(states).size, `${when}: files of one photo parted, ${states.join()}`).toBe(1);
        for (const { id, kind, source } of unit) {
          const outcome = settled.get(id);
          expect(outcome, `${when}: no outcome for ${source}`).toBeDefined();
          if (outcome!.state !== 'done') continue;
          const { target } = steps.get(id)!;
          const key = relative(root, source);
          if (kind !== 'bin') expected[relative(root, target)] = before[key]!;
          else expect(bin, `${when}: not in the bin`).toContain(before[key]);
          if (kind !== 'copy') Reflect.deleteProperty(expected, key);
        }
      }
      const found = contentsOf(root);
      expect(found, when).toEqual(expected);
      expect(new Set(Object.keys(found).map((path) => statSync(join(root, path)).ino)).size, `${when}: two files became one`).toBe(
        Object.keys(found).length,
      );
      rmSync(root, { recursive: true });
      rmSync(`${root} vault`, { recursive: true });
      rmSync(failing.bin, { recursive: true, force: true });
    },

    checkOrder({ of, haveLinks }: Volumes): void {
      const { events } = failing;
      const { steps, settled } = journal.memory;
      const at = (what: string, after: number, is: (event: Event) => boolean): number => {
        const found = events.findIndex((event, i) => i > after && is(event));
        expect(found, what).toBeGreaterThan(after);
        return found;
      };
      const done = units.flat().filter(({ id }) => settled.get(id)?.state === 'done');
      for (const { id, kind, source, target: planned } of done) {
        const { target } = steps.get(id)!;
        const outcome = events.findIndex(({ verb, path }) => verb === 'settle' && path.split(',').includes(String(id)));
        if (kind === 'bin') {
          expect(at('binned', -1, ({ verb, path }) => verb === 'bin' && path === source)).toBeLessThan(outcome);
          continue;
        }
        const intent =
          planned === target ? -1 : at('number noted', -1, ({ verb, path }) => verb === 'retarget' && path.split('\0').includes(target));
        let bytes = intent;
        if (kind === 'copy' || of(source) !== of(target)) {
          const copied = at('copied', -1, ({ verb, path }) => verb === 'copy' && path === source);
          const temporary = events[copied]!.to!;
          expect(temporary).toMatch(/\.squint-abc-\d+\.part$/);
          const synced = at('bytes safe', copied, ({ verb, path }) => verb === 'sync' && path === temporary);
          bytes = at('copy noted', synced, ({ verb, path }) => verb === 'made' && path.split(',').includes(String(id)));
        }
        const named = at('named', bytes, ({ verb, to }) => verb === (haveLinks ? 'link' : 'rename') && to === target);
        const safe = at('name safe', named, ({ verb, path }) => verb === 'syncFolder' && path === dirname(target));
        for (const [i, { verb, path }] of events.entries()) {
          if (verb !== 'makeFolder' || !target.startsWith(`${path}/`)) continue;
          const above = at('folder safe', i, (event) => event.verb === 'syncFolder' && event.path === dirname(path));
          expect(above).toBeLessThan(outcome);
          const gone = events.findIndex((event) => event.verb === 'remove' && event.path === source);
          if (gone >= 0) expect(above).toBeLessThan(gone);
        }
        if (kind === 'copy') continue;
        const gone =
          of(source) === of(target) && !haveLinks
            ? named
            : at('old name goes', safe, ({ verb, path }) => verb === 'remove' && path === source);
        expect(at('that is safe', gone, ({ verb, path }) => verb === 'syncFolder' && path === dirname(source))).toBeLessThan(outcome);
      }
    },
  };
}

function doneStep(one: Step, { settled }: { settled: FailingJournal['memory']['settled'] }): Step[] {
  const outcome = settled.get(one.id);
  return outcome?.state === 'done' ? [{ ...one, size: outcome.size, mtimeMs: outcome.mtimeMs, hash: outcome.hash }] : [];
}

/** Path -> bytes and time. */
function contentsOf(root: string): Record<string, string> {
  const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => join(parentPath, name)).map((path) => [relative(root, path), bytesAndTime(path)]),
  );
}

const bytesAndTime = (path: string): string => `${readFileSync(path, 'utf8')} ${statSync(path).mtimeMs}`;

function readBin(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => bytesAndTime(join(folder, name)));
  } catch {
    return [];
  }
}

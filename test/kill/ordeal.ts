/**
 * The kill harness for a library: rounds of scanning, classifying, copying and moving, each cut off by SIGKILL at a random instant, started
 * again, looked at by `proofs.ts`, and taken back. Most rounds go on with the library of the round before, as a person's does.
 */
import {
  accessSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { hashOf } from '../tree-of.ts';
import type { Job } from './driver.ts';
import { Engine, noPack, smallPack } from './engine.ts';
import {
  type Stored,
  agrees,
  allThere,
  asBefore,
  inMidAir,
  lastOperation,
  notInOne,
  nothingHalf,
  stored,
  togetherStill,
  words,
} from './proofs.ts';
import { type Fate, type Strike, strike } from './strike.ts';
import { type Tree, filesIn, foldersIn, look, plantPhotos, plantStrangers } from './tree.ts';

export const phases = ['scan', 'classify', 'copy', 'move'] as const;
export type Phase = (typeof phases)[number];

export interface Round {
  readonly what: string; // "move to another volume, taken back"
  readonly phase: Phase;
  readonly kills: number; // of the two that follow
  readonly killed: { readonly work: number; readonly restart: number }; // work: 0 where it was through before
  readonly files: number; // that were at stake
  readonly done: number; // of those whose outcome was open when it was killed: finished by the restart
  readonly back: number; // rolled back, or not come to
  readonly emptyFolders: number; // left at the target after all was taken back
  readonly findings: readonly string[];
}

interface Way {
  readonly phase: Phase;
  readonly what: string;
  readonly takes: 'scan' | 'again' | 'start' | 'classify' | 'copy' | 'move' | 'bin'; // those of one kind take about as long
}

interface Sort extends Way {
  readonly how: 'copy' | 'move';
  readonly elsewhere: boolean;
  readonly back: boolean; // it is taking it back that is cut off
}

const scans: readonly Way[] = [
  { phase: 'scan', what: 'scan of a new folder', takes: 'scan' },
  { phase: 'scan', what: 'start after folders were renamed', takes: 'again' },
];
const classifies: readonly Way[] = [
  { phase: 'classify', what: 'classification', takes: 'classify' },
  { phase: 'classify', what: 'start of a classification', takes: 'start' },
];
const sorts: readonly Sort[] = [
  { phase: 'copy', what: 'copy', takes: 'copy', how: 'copy', elsewhere: false, back: false },
  { phase: 'move', what: 'move', takes: 'move', how: 'move', elsewhere: false, back: false },
  { phase: 'copy', what: 'copy to another volume', takes: 'copy', how: 'copy', elsewhere: true, back: false },
  { phase: 'move', what: 'move to another volume', takes: 'copy', how: 'move', elsewhere: true, back: false },
  { phase: 'move', what: 'move, taken back', takes: 'move', how: 'move', elsewhere: false, back: true },
  { phase: 'copy', what: 'copy, taken back', takes: 'bin', how: 'copy', elsewhere: false, back: true },
  { phase: 'move', what: 'move to another volume, taken back', takes: 'copy', how: 'move', elsewhere: true, back: true },
];

const titles = ['Cats', 'Dogs', 'Birds', 'People'];
const keys = titles.map((title) => title.toLowerCase());
const copied = 16; // photos of a round that copies, about: each takes ten times as long as a move
const roundsOfALibrary = 5;

/** Numbers of photos. */
export interface Sizes {
  readonly sorted: number;
  readonly scanned: number;
  readonly classified: number;
}

export class Ordeal {
  readonly #random: () => number;
  readonly #root = mkdtempSync(join(tmpdir(), 'squint-kill-'));
  readonly #elsewhere = otherVolume === null ? null : mkdtempSync(join(otherVolume, 'squint-kill-'));
  readonly #lengths = new Map<Way['takes'], number>(); // milliseconds
  #opening: number | null = null; // milliseconds that a start takes, the last time
  readonly #turns = new Map<string, number>();
  readonly #groups = new Map<string, string[][]>(); // of each folder of photos
  #pack = '';
  #machine = '';
  #sorted = 0; // rounds of the library that is sorted

  private constructor(random: () => number) {
    this.#random = random;
  }

  /** Takes the system's bin of this process for its own: one at a time. */
  static async begin(random: () => number, sizes: Sizes): Promise<Ordeal> {
    const ordeal = new Ordeal(random);
    process.env.XDG_DATA_HOME = ordeal.#at('bin');
    const { pack, machine } = await smallPack(ordeal.#root);
    ordeal.#pack = pack;
    ordeal.#machine = machine;
    await ordeal.#library('sort', sizes.sorted);
    await ordeal.#library('classify', sizes.classified);
    await ordeal.#library('scan', sizes.scanned);
    return ordeal;
  }

  end(): void {
    rmSync(this.#root, { recursive: true });
    if (this.#elsewhere) rmSync(this.#elsewhere, { recursive: true });
  }

  /**
   * One round of a phase, of its ways in turn, cut off at a random instant. The first of a kind is let be, to learn how long it takes.
   *
   * @param elsewhere to another volume, where there is one
   */
  async round(phase: Phase, elsewhere = false): Promise<Round> {
    const ways = [...scans, ...classifies, ...sorts].filter((way) => way.phase === phase && (isSort(way) && way.elsewhere) === elsewhere);
    const key = `${phase} ${elsewhere}`;
    const turn = this.#turns.get(key) ?? 0;
    const way = ways[turn % ways.length]!;
    if (this.#lengths.has(way.takes)) this.#turns.set(key, turn + 1);
    if (isSort(way)) return this.#sort(way);
    if (phase === 'classify') return this.#classify(way);
    return way.takes === 'scan' ? this.#scan(way) : this.#scanAgain(way);
  }

  async #scan(way: Way): Promise<Round> {
    const [photos, home] = [this.#at('scan photos'), this.#at('scan home')];
    const before = look(photos);
    this.#fresh('scan');
    const fate = await this.#strike(way, { do: 'scan', folder: photos }, home, noPack);
    const killed = { work: fate.kills, restart: await this.#strikeAgain(home, noPack) };
    await this.#restarted(home, noPack, async (engine) => {
      // Killed so early that the folder was not in the list yet.
      if ((await engine.quiet()).roots.length > 0) return;
      await engine.ask('roots.add', { paths: [photos] });
      await engine.quiet();
    });
    const now = stored(home);
    const findings = [
      ...now.findings,
      ...asBefore(before, look(photos)),
      ...agrees(now, [...before.keys()]),
      ...this.#companions('scan', now),
    ];
    return { ...about(way, killed), files: before.size, findings };
  }

  /** What is known of photos goes along when the person renames their folders. */
  async #scanAgain(way: Way): Promise<Round> {
    const [photos, home] = [this.#at('classify photos'), this.#at('again home')];
    this.#fresh('again');
    const before = words(stored(home));
    const renamed = foldersIn([photos]).filter((folder) => dirname(folder) === photos);
    const other = (folder: string): string => `${folder} renamed`;
    for (const folder of renamed) renameSync(folder, other(folder));
    try {
      const fate = await this.#strike(way, { do: 'open' }, home, this.#pack);
      const killed = { work: fate.kills, restart: await this.#strikeAgain(home, this.#pack) };
      await this.#restarted(home, this.#pack, async (engine) => {
        if ((await engine.quiet()).counts.waiting === 0) return;
        await engine.ask('run.start', { filter: {} });
        await engine.quiet();
      });
      const now = stored(home);
      const findings = [...now.findings, ...agrees(now, filesIn([photos])), ...this.#companions('classify', now)];
      findings.push(...sameWords(before, words(now)));
      return { ...about(way, killed), files: filesIn([photos]).length, findings };
    } finally {
      for (const folder of renamed) renameSync(other(folder), folder);
    }
  }

  async #classify(way: Way): Promise<Round> {
    const [photos, home] = [this.#at('classify photos'), this.#at('classify home')];
    const before = look(photos);
    this.#fresh('classify');
    const fate = await this.#strike(
      way,
      { do: 'classify', from: way.takes === 'start' ? 'the start' : 'the first verdict' },
      home,
      this.#pack,
    );
    const told = new Set(fate.lines.flatMap((line) => (line.type === 'sorted' ? line.ids : [])));
    const findings: string[] = [];
    let first = 0; // photos with a verdict before the kill
    await this.#restarted(home, this.#pack, async (engine) => {
      const { run, counts } = await engine.quiet();
      if (fate.kills > 0 && run?.state !== 'stopped' && told.size > 0)
        findings.push(`the run that was cut off is ${run?.state ?? 'forgotten'}`);
      const rows = await engine.ask('photos.rows', { ids: await engine.ids() });
      first = rows.filter(({ state }) => state === 'sorted').length;
      for (const { id, state } of rows)
        if (told.has(id) && state !== 'sorted') findings.push(`photo ${id} was told sorted, and is ${state}`);
      if (counts.waiting !== rows.length - first) findings.push(`${counts.waiting} wait, and ${first} of ${rows.length} are sorted`);
      if (counts.waiting === 0) return;
      await engine.ask('run.start', { filter: {} });
      const second = (await engine.quiet()).run!;
      if (second.state !== 'done' || second.failed > 0) findings.push(`the second run is ${second.state}, ${second.failed} photos failed`);
      if (second.done !== counts.waiting) findings.push(`${counts.waiting} photos waited, and ${second.done} were classified`);
    });
    const now = stored(home);
    const pictures = now.files.filter(({ role }) => role === 'main');
    const contents = new Set(pictures.map(({ path }) => hashOf(path)));
    if (now.verdicts !== contents.size) findings.push(`${contents.size} pictures have ${now.verdicts} verdicts`);
    findings.push(...now.photos.filter(({ state }) => state !== 'sorted').map(({ id, state }) => `photo ${id} is ${state}`));
    findings.push(...now.photos.filter(({ run }) => run === null).map(({ id }) => `photo ${id} has no verdict`));
    findings.push(...now.findings, ...asBefore(before, look(photos)), ...agrees(now, [...before.keys()]));
    const killed = { work: fate.kills, restart: 0 };
    return { ...about(way, killed), files: before.size, done: first, back: pictures.length - first, findings };
  }

  async #sort(way: Sort): Promise<Round> {
    const home = this.#at('sort home');
    const photos = this.#at('sort photos');
    const target = way.elsewhere ? join(this.#elsewhere!, 'Sorted') : this.#at('Sorted');
    if (this.#sorted % roundsOfALibrary === 0) this.#freshSort();
    this.#sorted += 1;

    const foldersBefore = new Set(foldersIn([target]));
    const before = look(photos, target);
    const strangers = look(target);
    const known = words(stored(home));
    const job: Job = {
      ...{ do: 'sort', how: way.how, target, ids: this.#some([...known.keys()], way.takes === 'move' ? known.size : copied) },
      ...{ collisions: this.#random() < 0.7 ? 'number' : 'skip', intrudersEvery: 5 },
    };
    const whole = way.back ? await strike(job, home, this.#pack, { afterMs: null }) : null;
    const fate = await this.#strike(way, whole ? { do: 'undo', operation: lastOperation(home) } : job, home, this.#pack);
    const air = fate.kills > 0 ? inMidAir(home) : { intended: 0, settled: 0 };
    const killed = { work: fate.kills, restart: await this.#strikeAgain(home, this.#pack) };
    let done = 0;
    await this.#restarted(home, this.#pack, async (engine) => {
      const [last] = await engine.ask('operations.settled', {});
      if (last) done = Math.max(0, last.done - air.settled);
      await engine.quiet();
    });
    const intruders = [...(whole?.lines ?? []), ...fate.lines].flatMap((line) => (line.type === 'intruder' ? [line.path] : []));
    const guests = new Map(
      [...strangers, ...look(...new Set(intruders.map(dirname)))].filter(([path]) => strangers.has(path) || intruders.includes(path)),
    );
    const findings = this.#afterRestart(way, { before, guests, known, target, home });
    for (const path of intruders) {
      const is = existsSync(path) ? readFileSync(path, 'utf8') : null;
      if (is !== `somebody else's ${relative(target, path)}`) findings.push(`${path} of somebody else is ${is ?? 'gone'}`);
    }

    if (findings.length > 0) return { ...about(way, killed), files: before.size, done, back: air.intended - done, findings };

    const copies = way.how === 'copy' ? [...look(target)].filter(([path]) => !guests.has(path)).map(([path]) => hashOf(path)) : [];
    await this.#restarted(home, this.#pack, async (engine) => {
      await engine.quiet();
      for (const { id, undoes, done: were, undone } of await engine.ask('operations.list', { before: null, limit: 50 })) {
        if (undoes !== null || were === undone) continue;
        await engine.ask('operations.undo', { operation: id, photos: null });
        await engine.quiet();
      }
    });
    const end = stored(home);
    findings.push(...end.findings, ...asBefore(new Map([...before, ...guests]), look(photos, target)), ...agrees(end, filesIn([photos])));
    findings.push(...sameWords(known, words(end)));
    const binned = new Set(filesIn([this.#at('bin')]).map(hashOf));
    findings.push(...copies.filter((hash) => !binned.has(hash)).map((hash) => `the copy ${hash} is not in the bin`));
    const emptyFolders = foldersIn([target]).filter(
      (folder) => !foldersBefore.has(folder) && !intruders.some((path) => dirname(path) === folder),
    );
    for (const path of intruders) if (existsSync(path)) rmSync(path);
    for (const folder of [...emptyFolders, ...intruders.map(dirname)])
      if (!foldersBefore.has(folder)) rmSync(folder, { recursive: true, force: true });
    rmSync(this.#at('bin'), { recursive: true, force: true });
    return { ...about(way, killed), files: before.size, done, back: air.intended - done, emptyFolders: emptyFolders.length, findings };
  }

  /** @param guests files of somebody else */
  #afterRestart(
    way: Sort,
    { before, guests, known, target, home }: { before: Tree; guests: Tree; known: Map<number, string>; target: string; home: string },
  ): string[] {
    const photos = this.#at('sort photos');
    const [sources, targets] = [look(photos), look(target)];
    const now = stored(home);
    const own = new Map([...targets].filter(([path]) => !guests.has(path)));
    const findings = [
      ...now.findings,
      ...nothingHalf([...sources.keys(), ...targets.keys()]),
      ...asBefore(guests, new Map([...targets].filter(([path]) => guests.has(path)))),
      ...sameWords(known, words(now)),
    ];
    const groups = this.#groups.get('sort')!;
    if (way.how === 'move') {
      findings.push(...allThere(new Map([...before, ...guests]), new Map([...sources, ...targets])));
      findings.push(...togetherStill(groups, new Map([...sources, ...own])));
      return [...findings, ...agrees(now, [...sources.keys(), ...own.keys()])];
    }
    const originals = new Map([...before].filter(([path]) => path.startsWith(photos)));
    const whole = new Set(originals.values());
    findings.push(...asBefore(originals, sources), ...agrees(now, [...sources.keys()]));
    findings.push(...[...own].filter(([, file]) => !whole.has(file)).map(([path]) => `${path} is no whole copy`));
    if (!way.back) findings.push(...togetherStill(groups, own)); // the bin takes files one by one
    return findings;
  }

  /** Files that belong together are one photo. */
  #companions(name: string, now: Stored): string[] {
    const photos = new Map<string, Set<number>>();
    for (const { path, photo } of now.files) {
      if (existsSync(path)) photos.set(hashOf(path), (photos.get(hashOf(path)) ?? new Set()).add(photo));
    }
    return notInOne(this.#groups.get(name)!, photos).map((of) => `files of one photo are of photos ${of}`);
  }

  async #strike(way: Way, job: Job, home: string, pack: string): Promise<Fate & { kills: number }> {
    const length = this.#lengths.get(way.takes);
    const how: Strike = { afterMs: length === undefined ? null : this.#random() * length, alone: this.#random() < 0.25 };
    const fate = await strike(job, home, pack, how);
    if (!fate.wasKilled) this.#lengths.set(way.takes, fate.ms);
    return { ...fate, kills: fate.wasKilled ? 1 : 0 };
  }

  /** In a third of the rounds the restart is cut off too. */
  async #strikeAgain(home: string, pack: string): Promise<number> {
    const length = this.#opening;
    if (length === null || this.#random() > 1 / 3) return 0;
    return (await strike({ do: 'open' }, home, pack, { afterMs: this.#random() * length })).wasKilled ? 1 : 0;
  }

  async #restarted(home: string, pack: string, act: (engine: Engine) => Promise<void>): Promise<void> {
    const began = performance.now();
    const engine = await Engine.open(home, pack);
    try {
      if (pack !== noPack) this.#opening = performance.now() - began;
      await act(engine);
    } finally {
      await engine.close();
    }
  }

  /** Photos, and a library that knows them: as often as wished afterwards, in no time. */
  async #library(name: string, count: number): Promise<void> {
    const [photos, home] = [this.#at(`${name} photos`), this.#at(`${name} home as new`)];
    const together = await plantPhotos(photos, count, this.#random);
    this.#groups.set(
      name,
      together.map((paths) => paths.map(hashOf)),
    );
    mkdirSync(home);
    writeFileSync(join(home, 'machine.json'), this.#machine);
    if (name === 'scan') return;
    await this.#restarted(home, noPack, async (engine) => {
      await engine.ask('roots.add', { paths: [photos] });
      await engine.quiet();
    });
    if (name === 'classify') {
      // The same photos once more, all classified: for those that are found again after their folders were renamed.
      cpSync(home, this.#at('again home as new'), { recursive: true });
      await this.#restarted(this.#at('again home as new'), this.#pack, async (engine) => {
        await engine.ask('run.start', { filter: {} });
        await engine.quiet();
        await this.#decide(engine);
      });
      return;
    }
    await this.#restarted(home, this.#pack, (engine) => this.#decide(engine));
  }

  async #decide(engine: Engine): Promise<void> {
    const ids = await engine.ids();
    for (const [i, collection] of keys.entries()) {
      await engine.ask('decisions.correct', { ids: ids.filter((_, at) => at % keys.length === i), collection });
    }
  }

  #fresh(name: string, home = `${name} home`): void {
    rmSync(this.#at(home), { recursive: true, force: true });
    cpSync(this.#at(`${name} home as new`), this.#at(home), { recursive: true });
  }

  #freshSort(): void {
    this.#fresh('sort');
    const pictures = filesIn([this.#at('sort photos')]).filter((path) => path.endsWith('.jpg'));
    for (const target of [this.#at('Sorted'), ...(this.#elsewhere ? [join(this.#elsewhere, 'Sorted')] : [])]) {
      rmSync(target, { recursive: true, force: true });
      plantStrangers(target, pictures, titles, this.#random);
    }
  }

  #some<T>(all: readonly T[], count: number): T[] {
    return all.filter(() => this.#random() < count / all.length);
  }

  #at(name: string): string {
    return join(this.#root, name);
  }
}

const isSort = (way: Way): way is Sort => 'how' in way;

const about = ({ what, phase }: Way, killed: Round['killed']) => ({
  ...{ what, phase, killed, kills: killed.work + killed.restart },
  ...{ done: 0, back: 0, emptyFolders: 0 },
});

function sameWords(before: ReadonlyMap<number, string>, now: ReadonlyMap<number, string>): string[] {
  const all = new Set([...before.keys(), ...now.keys()]);
  return [...all].flatMap((photo) => {
    const [was, is] = [before.get(photo), now.get(photo)];
    return was === is ? [] : [`photo ${photo} was ${was ?? 'unknown'} and is ${is ?? 'unknown'}`];
  });
}

/** A folder that is on another volume than temporary files are; null where there is none to be had. */
export const otherVolume = [process.env.SQUINT_OTHER_VOLUME, '/dev/shm'].find((place) => place && isElsewhere(place)) ?? null;

function isElsewhere(place: string): boolean {
  try {
    accessSync(place, constants.W_OK);
    return statSync(place).dev !== statSync(tmpdir()).dev;
  } catch {
    return false;
  }
}

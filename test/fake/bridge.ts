/**
 * An engine that exists only in the page: made photos, made verdicts, made runs, of any number. For tests of state classes and components,
 * for looking at a view in a browser (page.ts), and for the bench of the grid. Answers come from the contract's types; nothing here decides
 * what the product does.
 */
import type { Bridge, Reply } from '../../src-main/contract/bridge.ts';
import type { Counts, Filter, Inspection, LibraryState, PackInfo, Row, RunState } from '../../src-main/contract/library.ts';
import type { Notice } from '../../src-main/contract/notices.ts';
import type { Answers, Name } from './answers.ts';
import { operationAnswers } from './operations.ts';

export interface Fake extends Bridge {
  readonly asked: { readonly name: string; readonly params: unknown }[]; // in order
  tell(notice: Notice): void;
  /** Replaces answers, in tests of one case. */
  answer(answers: Answers): void;
  rows: Row[];
  state: LibraryState;
}

export const pack: PackInfo = {
  name: 'photos',
  title: 'Photos',
  version: '0.2',
  digest: 'd1',
  calibrated: true,
  licence: 'weights trained on research data',
  source: 'made for tests',
  collections: [
    ['people', 'People', 'people'],
    ['dogs', 'Dogs', 'animals'],
    ['cats', 'Cats', 'animals'],
    ['wild-farm-animals', 'Wild & farm animals', 'animals'],
    ['flowers-plants', 'Flowers & plants', 'nature'],
    ['food-drink', 'Food & drink', 'things'],
    ['aircraft', 'Aircraft', 'vehicles'],
    ['buildings-landmarks', 'Buildings & landmarks', 'places'],
    ['mountains-snow', 'Mountains & snow', 'nature'],
    ['sky-sunsets', 'Sky & sunsets', 'nature'],
    ['electronics-music', 'Electronics & music', 'things'],
  ].map(([key, title, group]) => ({ key: key!, title: title!, group: group! })),
  groups: [
    ['people', 'People & sports'],
    ['animals', 'Animals'],
    ['nature', 'Nature'],
    ['things', 'Things & food'],
    ['vehicles', 'Vehicles'],
    ['places', 'Places'],
  ].map(([key, title]) => ({ key: key!, title: title! })),
  networks: [
    { kind: 'ranet', side: 64, short: 64, grids: [8, 16] },
    { kind: 'graphs', side: 104, short: 104, grids: [] },
    { kind: 'graphs', side: 224, short: 224, grids: [] },
  ],
  exits: [
    { network: 1, side: 64, macs: 12e6, subNetwork: 1, grid: 8 },
    { network: 1, side: 64, macs: 20e6, subNetwork: 1, grid: 8 },
    { network: 1, side: 64, macs: 31e6, subNetwork: 1, grid: 4 },
    { network: 1, side: 64, macs: 48e6, subNetwork: 2, grid: 16 },
    { network: 1, side: 64, macs: 58e6, subNetwork: 2, grid: 8 },
    { network: 2, side: 104, macs: 150e6, subNetwork: null, grid: null },
    { network: 3, side: 224, macs: 1.02e9, subNetwork: null, grid: null },
  ],
  review: 0.41,
  curve: Array.from({ length: 24 }, (_, i) => pointAt(i / 23)),
  presets: { saver: pointAt(0.35), balanced: pointAt(0.62), accurate: pointAt(0.8), full: pointAt(1) },
  measuredOn: { name: 'LARGE.tsv', photos: 519 },
};

function pointAt(t: number) {
  const accuracy = 0.62 + 0.33 * (1 - (1 - t) ** 3);
  return {
    accuracy,
    low: accuracy - 0.022,
    high: Math.min(1, accuracy + 0.018),
    macs: 12e6 * 85 ** t,
    milliseconds: { network: 0.3 * 45 ** t, read: 6 + 27 * t ** 2 },
    rungs: { preview: 1 - t ** 2, scaled: t ** 2, full: 0 },
  };
}

/** Of the pictures that page.ts draws the photos from, in its order. */
const shapes: readonly [number, number][] = [
  [512, 512],
  [451, 300],
  [600, 400],
  [640, 427],
  [1600, 900],
  [1065, 1600],
  [1068, 1600],
  [1600, 1082],
  [1600, 1200],
  [640, 427],
  [1600, 1065],
  [1600, 1067],
  [640, 427],
];

/** Photo number `id` after it was sorted: the same each time. */
export function sortedRow(id: number): Row {
  const r = (salt: number): number => (((id * 2654435761 + salt * 40503) >>> 0) % 10_007) / 10_007;
  const exit = r(1) < 0.5 ? 1 + Math.floor(r(2) * 3) : r(1) < 0.75 ? 4 + Math.floor(r(2) * 2) : r(1) < 0.92 ? 6 : 7;
  const collection = pack.collections[Math.floor(r(3) * pack.collections.length)]!;
  const confidence = exit === 7 ? 0.3 + 0.65 * r(4) : 0.85 + 0.14 * r(4);
  const joules = 0.03 + (exit > 5 ? 0.02 : 0) + (exit === 7 ? 0.11 : 0) + exit * 0.002;
  return {
    ...waitingRow(id),
    state: 'sorted',
    collection: collection.key,
    pile: exit === 7 && confidence < pack.review ? 'review' : 'collection',
    group: collection.group,
    confidence,
    exit,
    side: pack.exits[exit - 1]!.side,
    energy: { joules, low: joules * 0.4, high: joules * 2.4, method: 'modelled', read: joules * 0.8, network: joules * 0.2 },
  };
}

export function waitingRow(id: number): Row {
  const [width, height] = shapes[id % shapes.length]!;
  return {
    id,
    root: 1 + (id % 2),
    name: `IMG_${String(id).padStart(4, '0')}.JPG`,
    version: '1',
    width,
    height,
    state: 'waiting',
    missing: false,
    problem: null,
    collection: null,
    decided: null,
    flag: null,
    pile: null,
    group: null,
    confidence: null,
    exit: null,
    exits: pack.exits.length,
    side: null,
    further: false,
    energy: null,
    damaged: false,
  };
}

export const failedRow = (id: number): Row => ({
  ...waitingRow(id),
  state: 'failed',
  width: null,
  height: null,
  problem: { code: 'file-ends-early', message: 'The file ends early.', hint: 'Copy it again from the camera.' },
});

function countsOf(rows: readonly Row[]): Counts {
  const counts: Counts = {
    photos: rows.length,
    waiting: 0,
    failed: 0,
    skipped: 0,
    review: 0,
    picks: rows.filter(({ flag }) => flag === 'pick').length,
    rejects: rows.filter(({ flag }) => flag === 'reject').length,
    further: 0,
    collections: {},
    groups: {},
    exits: pack.exits.map(() => 0),
  };
  for (const row of rows) {
    if (row.state !== 'sorted') {
      counts[row.state] += 1;
      continue;
    }
    counts.exits[row.exit! - 1]! += 1;
    const key = row.decided?.collection ?? row.collection!;
    if (row.decided === null && row.pile === 'review') counts.review += 1;
    else counts.collections[key] = (counts.collections[key] ?? 0) + 1;
  }
  return counts;
}

const cameras = ['OM-1', 'Canon EOS 7D', 'Pixel 8'];
const cameraOf = (row: Row): string => cameras[row.id % cameras.length]!;
const yearOf = (row: Row): number => 2024 - (row.id % 4);

/** Of each value how many rows have it. */
const tally = <T>(rows: readonly Row[], of: (row: Row) => T): [T, number][] =>
  [...Map.groupBy(rows, of)].map(([value, its]) => [value, its.length]);

const titleOf = (key: string): string => [...pack.collections, ...pack.groups].find((one) => one.key === key)?.title ?? key;
const wordsOf = (row: Row): string => `${row.name}\n${titleOf(row.decided?.collection ?? row.collection ?? '')}`.toLowerCase();

const matches = (row: Row, { root, pile, exit, flag, year, camera, text }: Filter): boolean =>
  (root === undefined || row.root === root) &&
  (exit === undefined || row.exit === exit) &&
  (flag === undefined || row.flag === flag) &&
  (year === undefined || yearOf(row) === year) &&
  (camera === undefined || cameraOf(row) === camera) &&
  (text === undefined || wordsOf(row).includes(text.toLowerCase())) &&
  (pile === undefined ||
    (pile.kind === 'collection' &&
      row.state === 'sorted' &&
      row.pile === 'collection' &&
      (row.decided?.collection ?? row.collection) === pile.key) ||
    (pile.kind === 'group' && row.pile === 'group' && row.group === pile.key) ||
    (pile.kind === 'review' && row.pile === 'review' && row.decided === null) ||
    (pile.kind === 'not-sorted' && row.state !== 'sorted'));

export function runOf(rows: readonly Row[], state: RunState['state']): RunState {
  const done = rows.filter((row) => row.state === 'sorted');
  const joules = done.reduce((sum, row) => sum + row.energy!.joules, 0);
  return {
    id: 1,
    state,
    reason: state === 'paused' ? 'You paused it.' : null,
    hint: null,
    choice: { kind: 'preset', preset: 'balanced' },
    files: rows.length,
    done: rows.filter((row) => row.state !== 'waiting').length,
    stored: 0,
    failed: rows.filter((row) => row.state === 'failed').length,
    skipped: 0,
    photosPerSecond: state === 'running' ? 86 : null,
    secondsLeft: state === 'running' ? 151 : null,
    seconds: 34,
    provider: 'cpu',
    providerNote: null,
    rungs: { preview: Math.round(done.length * 0.8), scaled: Math.round(done.length * 0.2), full: 0 },
    bytes: done.length * 700_000,
    exits: countsOf(rows).exits,
    energy: { joules, low: joules * 0.4, high: joules * 2.4, method: 'modelled', read: joules * 0.8, network: joules * 0.2 },
    overheadJoules: 4,
    watts: { typical: 5, low: 2, high: 12, of: 'a server processor' },
    saved: { read: joules * 1.6, network: joules * 0.5, ofRead: joules * 2.4, ofNetwork: joules * 0.7 },
  };
}

const topOf = (best: string, confidence: number) => [
  { collection: best, confidence },
  ...['cats', 'people', 'dogs']
    .filter((other) => other !== best)
    .slice(0, 2)
    .map((collection, i) => ({ collection, confidence: ((1 - confidence) * (2 - i)) / 4 })),
];

function inspectionOf(row: Row): Inspection {
  const exits = row.exit ?? 0;
  return {
    row,
    place: 'Iceland 2024',
    verdict:
      row.state === 'sorted'
        ? {
            type: 'verdict',
            path: row.name,
            collection: row.collection!,
            group: row.group,
            leaf: null,
            confidence: row.confidence!,
            exit: exits,
            exits: row.exits,
            review: row.pile === 'review',
            damaged: false,
            stored: false,
            reads: [
              { side: 104, rung: 'preview', bytes: 65_536, ms: 3.1, enlarged: false },
              ...(exits === 7 ? [{ side: 224, rung: 'scaled' as const, bytes: 4_212_000, ms: 31, enlarged: false }] : []),
            ],
            macs: pack.exits[exits - 1]!.macs,
            fullMacs: 1.02e9,
            ms: { read: 3.1, network: 1.8 },
            energy: row.energy!,
            pile: row.pile!,
            opinions: Array.from({ length: exits }, (_, i) => ({
              exit: i + 1,
              side: pack.exits[i]!.side,
              rung: i === 6 ? ('scaled' as const) : ('preview' as const),
              leaf: null,
              top: topOf(
                i + 1 === exits ? row.collection! : pack.collections[(row.id + i) % 11]!.key,
                i + 1 === exits ? row.confidence! : 0.35 + 0.06 * i,
              ),
              group: null,
              threshold: i === 6 ? null : 0.84 + 0.01 * i,
            })),
          }
        : null,
    steps: Array.from({ length: exits }, (_, i) => ({
      exit: i + 1,
      macs: pack.exits[i]!.macs - (pack.exits[i - 1]?.macs ?? 0),
      ms: 0.2 + 0.15 * i,
      joules: 0.001 + 0.0008 * i,
    })),
    why: row.state === 'sorted' ? `Left at exit ${exits} of ${row.exits}: it was sure enough there.` : null,
    closer: exits > 0 && exits < 7 ? { exits: 7 - exits, joules: { typical: 0.17, low: 0.07, high: 0.4 }, seconds: 0.05 } : null,
    pictures: pack.networks.map(({ side }, i) => ({
      network: i + 1,
      side,
      seen: exits > 0 && pack.exits[exits - 1]!.network >= i + 1,
      rung: 'preview',
    })),
    about: {
      bytes: 4_212_000,
      format: 'JPEG',
      taken: '2024-06-14T07:12:09',
      camera: 'OM System OM-1',
      lens: '40–150 mm',
      exposure: '1/320 s',
      aperture: 'f/5.6',
      iso: 800,
      focalLength: '150 mm',
    },
  };
}

/** Of more photos only so many are made at once, the others when they are looked at; counts and filters are of these. Half a million are 200 MB. */
const madeAtOnce = 50_000;

/**
 * @param photos how many; the first `sorted` of them have their verdict
 * @param pictures addresses to draw photos from, taken in turn; none where nothing is to be drawn
 */
export function createFake({
  photos = 60,
  sorted = photos,
  pictures = [],
}: { photos?: number; sorted?: number; pictures?: readonly string[] } = {}): Fake {
  const listeners = new Set<(notice: Notice) => void>();
  const made = (i: number): Row => (i < sorted ? (i % 23 === 19 ? failedRow(i + 1) : sortedRow(i + 1)) : waitingRow(i + 1));
  const rows = Array.from({ length: Math.min(photos, madeAtOnce) }, (_, i) => made(i));
  const rowOf = (id: number): Row => (fake.rows[id - 1] ??= made(id - 1));
  const own: Answers = {};
  const fake: Fake = {
    host: 'electron',
    platform: 'linux',
    asked: [],
    rows,
    state: {
      roots:
        photos === 0
          ? []
          : [
              {
                id: 1,
                name: 'Iceland 2024',
                path: '/photos/Iceland 2024',
                scope: 'folder',
                state: 'online',
                scanning: false,
                photos: Math.ceil(photos / 2),
              },
              {
                id: 2,
                name: 'Phone',
                path: '/photos/Phone',
                scope: 'folder',
                state: 'offline',
                scanning: false,
                photos: Math.floor(photos / 2),
              },
            ],
      counts: countsOf(rows),
      run: sorted < photos && sorted > 0 ? runOf(rows, 'running') : null,
      pack,
      packProblem: null,
      settings: {
        choice: { kind: 'preset', preset: 'balanced' },
        provider: 'cpu',
        watts: null,
        threads: 2,
        cacheBytes: 2e9,
        theme: 'dark',
        autoAdvance: true,
        tileWidth: 160,
        order: 'added',
      },
      watts: { typical: 5, low: 2, high: 12, of: 'a server processor' },
      formats: ['JPEG', 'HEIC', 'PNG', 'WebP', 'TIFF', 'AVIF', 'GIF'],
      cores: 2,
      version: '0.1.0',
    },
    tell: (notice) => {
      for (const listener of listeners) listener(notice);
    },
    answer: (answers) => void Object.assign(own, answers),
    onNotice: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    addDropped: () => Promise.resolve({ ok: true, value: { root: 1, notes: [] } }),
    mediaUrl: (id) => pictures[id % pictures.length] ?? '',
    request: async (name, params): Promise<Reply<unknown>> => {
      fake.asked.push({ name, params });
      const answer = (own[name as Name] ?? answers[name as Name]) as ((params: unknown) => unknown) | undefined;
      if (!answer) return { ok: false, problem: { code: 'fake', message: `The fake engine does not answer ${name}.` } };
      return { ok: true, value: await answer(params) };
    },
  };
  const undone: Row[][] = [];
  const change = (changed: readonly Row[]): void => {
    for (const row of changed) fake.rows[row.id - 1] = row;
    fake.tell({ type: 'rows', rows: changed });
    fake.tell({ type: 'counts', counts: countsOf(fake.rows) });
  };
  const decide = (ids: readonly number[], word: (row: Row) => Pick<Row, 'decided'> | Pick<Row, 'flag'>): null => {
    const before = ids.map(rowOf);
    undone.push(before);
    change(before.map((row) => ({ ...row, ...word(row) })));
    return null;
  };
  const answers: Answers = {
    'library.state': () => fake.state,
    'library.counts': ({ root }) => countsOf(fake.rows.filter((row) => root === undefined || row.root === root)),
    'photos.ids': ({ filter, order, after, limit }) => {
      if (order === 'added' && Object.keys(filter).length === 0) {
        const [first, next] = [Number(after), Number(after) + limit];
        const all = Math.max(photos, fake.rows.length);
        return {
          ids: Array.from({ length: Math.min(limit, all - first) }, (_, i) => first + i + 1),
          next: next < all ? String(next) : null,
        };
      }
      const found = fake.rows.filter((row) => matches(row, filter));
      if (order === 'confidence') found.sort((a, b) => (a.confidence ?? 2) - (b.confidence ?? 2));
      const from = after === null ? 0 : Number(after);
      return { ids: found.slice(from, from + limit).map(({ id }) => id), next: from + limit < found.length ? String(from + limit) : null };
    },
    'photos.count': ({ filter }) =>
      Object.keys(filter).length === 0 ? Math.max(photos, fake.rows.length) : fake.rows.filter((row) => matches(row, filter)).length,
    'photos.facets': ({ root }) => {
      const rows = fake.rows.filter((row) => row.state === 'sorted' && (root === undefined || row.root === root));
      return {
        years: tally(rows, yearOf)
          .map(([year, photos]) => ({ year, photos }))
          .sort((a, b) => b.year - a.year),
        cameras: tally(rows, cameraOf)
          .map(([camera, photos]) => ({ camera, photos }))
          .sort((a, b) => b.photos - a.photos),
      };
    },
    'photos.rows': ({ ids }) => ids.filter((id) => id <= Math.max(photos, fake.rows.length)).map(rowOf),
    'photos.show': ({ ids }) => {
      queueMicrotask(() => fake.tell({ type: 'thumbs', thumbs: ids.map((id) => ({ id, level: 'thumb' })) }));
      return null;
    },
    'photos.inspect': ({ id }) => inspectionOf(rowOf(id)),
    'policy.estimate': ({ choice }) => {
      const point = choice.kind === 'preset' ? pack.presets[choice.preset]! : pack.curve[choice.point]!;
      const joules = (point.milliseconds.network + point.milliseconds.read) * 0.005;
      return {
        photos: fake.rows.length,
        known: Math.round(fake.rows.length * 0.8),
        further: Math.round(fake.rows.length * 0.1),
        waiting: Math.round(fake.rows.length * 0.1),
        accuracy: { share: point.accuracy, low: point.low, high: point.high },
        macs: point.macs,
        fullMacs: 1.02e9,
        joules: { typical: joules * fake.rows.length * 0.2, low: joules * fake.rows.length * 0.08, high: joules * fake.rows.length * 0.5 },
        joulesAPhoto: { typical: joules, low: joules * 0.4, high: joules * 2.4 },
        seconds: fake.rows.length * 0.2 * 0.02,
      };
    },
    'policy.choose': ({ choice }) => {
      fake.state = { ...fake.state, settings: { ...fake.state.settings, choice } };
      fake.tell({ type: 'settings', settings: fake.state.settings });
      return { changed: 12, further: 5 };
    },
    'settings.set': (settings) => {
      fake.state = { ...fake.state, settings: { ...fake.state.settings, ...settings } as LibraryState['settings'] };
      return fake.state.settings;
    },
    'providers.list': () => [
      { name: 'cpu', available: true, note: null },
      { name: 'webgpu', available: false, note: 'needs a Vulkan driver' },
      { name: 'cuda', available: false, note: 'needs the CUDA libraries, see the README' },
    ],
    'cache.size': () => ({ bytes: 184_000_000 }),
    'cache.clear': () => null,
    'activity.list': () => ({
      runs: [
        { id: 1, started: '2026-11-25T09:00:00Z', state: 'done', preset: 'balanced', photos: 1204, failed: 3, seconds: 41, joules: 96 },
      ],
      problems: [
        {
          kind: 'failed',
          code: 'file-ends-early',
          message: 'The file ends early.',
          hint: 'Copy it again from the camera.',
          count: 3,
          examples: [{ id: 20, name: 'IMG_0020.JPG' }],
        },
        {
          kind: 'not-a-picture',
          code: 'not-a-picture-name',
          message: 'Files named .mov are no pictures.',
          hint: null,
          count: 12,
          examples: [],
        },
      ],
    }),
    'about.licences': () => ({ text: 'Squint is licensed under Apache 2.0.' }),
    'decisions.confirm': ({ ids }) => decide(ids, (row) => ({ decided: { collection: row.collection!, how: 'confirmed' } })),
    'decisions.correct': ({ ids, collection }) => decide(ids, () => ({ decided: { collection, how: 'corrected' } })),
    'decisions.flag': ({ ids, flag }) => decide(ids, () => ({ flag })),
    'decisions.undo': () => {
      const before = undone.pop();
      if (!before) return null;
      change(before);
      return { message: 'The decision is undone.', ids: before.map(({ id }) => id) };
    },
    'decisions.redo': () => null,
    ...operationAnswers(
      (notice) => fake.tell(notice),
      ({ of }) =>
        of.kind === 'photos'
          ? of.ids.length
          : Object.keys(of.filter).length === 0
            ? Math.max(photos, fake.rows.length)
            : fake.rows.filter((row) => matches(row, of.filter)).length,
    ),
    'run.start': () => null,
    'run.pause': () => null,
    'run.resume': () => null,
    'run.stop': () => null,
    'run.closer': () => null,
    'roots.remove': () => null,
    'roots.rescan': () => null,
    'samples.add': () => ({ root: 1, notes: [] }),
    'host.about': () => ({ host: 'electron', platform: 'linux', versions: { electron: '45.4.1', chrome: '156', node: '26.10.0' } }),
    'host.addFolders': () => ({ root: 1, notes: [] }),
    'host.reveal': () => null,
    'host.showLog': () => null,
    'host.exportCsv': () => ({ path: '/photos/verdicts.csv', photos: 60 }),
    'host.progress': () => null,
  };
  return fake;
}

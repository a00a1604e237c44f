/** Changes to files that exist only in the page: a made plan, an operation that ticks to its end, a history with one of each kind. */
import { SquintError } from '../../src-main/contract/errors.ts';
import type { Notice } from '../../src-main/contract/notices.ts';
import type { Left, Operation, PlannedFile, SortPlan, SortRequest, Target, UndoCheck } from '../../src-main/contract/operations.ts';
import type { Answers } from './answers.ts';

const tickMs = 250;
const ticks = 24; // of one operation

export const targets: readonly Target[] = [
  { id: 1, path: '/home/ada/Photos/Sorted', name: 'Photos › Sorted' },
  { id: 2, path: '/photos/Iceland 2024', name: 'photos › Iceland 2024' },
];

/** @param about what differs from a move that went well */
export const operation = (about: Partial<Operation> = {}): Operation => {
  const files = about.files ?? 2144;
  return {
    id: 9,
    kind: 'move',
    undoes: null,
    isBack: about.undoes !== undefined && about.undoes !== null,
    target: 'Photos › Iceland',
    state: 'done',
    reason: null,
    started: '2026-06-14T19:40:00Z',
    files,
    done: files,
    left: 0,
    undone: 0,
    ...about,
  };
};

const changed: Left = {
  code: 'changed',
  message: 'edited or replaced since',
  files: 3,
  examples: ['Dogs/2024/IMG_0112.JPG', 'Dogs/2024/IMG_0113.JPG', 'Cats/2023/IMG_0007.JPG'],
};

const ago = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();

const history = (): Operation[] => [
  operation({ id: 9, started: ago(1), done: 2141, left: 3 }),
  operation({
    id: 8,
    started: ago(3),
    kind: 'copy',
    target: 'Backup › Best',
    state: 'failed',
    reason: 'The disk is full.',
    files: 8302,
    done: 5120,
    left: 1,
  }),
  operation({ id: 7, started: ago(5), kind: 'bin', undoes: 6, target: 'Desktop › For print', files: 310 }),
  operation({ id: 6, started: ago(6), kind: 'copy', target: 'Desktop › For print', files: 310, undone: 310 }),
  operation({ id: 5, started: ago(20), undoes: 4, target: 'Photos › Trial', files: 12, undone: 12 }),
  operation({ id: 4, started: ago(20), target: 'Photos › Trial', files: 12, undone: 12 }),
  operation({ id: 3, started: ago(400), target: 'Photos › Old', state: 'stopped', reason: 'You stopped it.', files: 6200, done: 1800 }),
];

const titles = [
  'Birds',
  'Buildings & landmarks',
  'Cats',
  'Dogs',
  'Flowers & plants',
  'Food & drink',
  'Mountains & snow',
  'People',
  'Sky & sunsets',
  'Vehicles',
];

/** Folders as a pattern would name them; of `files` each gets a share. */
function foldersOf(pattern: string, files: number): SortPlan['folders'] {
  const years = pattern.includes('{year}') ? ['2023', '2024'] : [''];
  const months = pattern.includes('{month}') ? ['05', '06', '07'] : [''];
  const paths = titles.flatMap((title) =>
    years.flatMap((year) =>
      months.map((month) => pattern.replaceAll('{collection}', title).replaceAll('{year}', year).replaceAll('{month}', month)),
    ),
  );
  const weights = paths.map((_, i) => 1 + ((i * 7) % 11));
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  let left = files;
  return [...new Set([...paths, 'Rejects'])]
    .map((path, i, { length }) => {
      const share = i === length - 1 ? left : Math.min(left, Math.floor((files * (weights[i] ?? 1)) / (all + 1)));
      left -= share;
      return { path, files: share, bytes: share * 4_212_000 };
    })
    .filter((folder) => folder.files > 0)
    .sort((a, b) => a.path.localeCompare(b.path));
}

function planOf(id: number, photos: number, { how, pattern, target, collisions, review }: SortRequest): SortPlan {
  const going = Math.round(photos * (review ? 0.9 : 0.86));
  const files = Math.round(going * 1.46);
  const bytes = files * 4_212_000;
  const copied = how === 'copy' ? files : Math.round(files * 0.1);
  return {
    id,
    target: targets.find((one) => one.id === target) ?? targets[0]!,
    photos: going,
    files,
    bytes,
    withCompanions: Math.round(going * 0.4),
    folders: foldersOf(pattern, files),
    renamed: collisions === 'number' ? 19 : 0,
    staying: [
      { code: 'same', message: 'the same file is there already', files: 12, examples: ['IMG_0012.JPG', 'IMG_0044.JPG'] },
      { code: 'not-sorted', message: 'not sorted yet', files: 9, examples: ['IMG_0052.JPG'] },
      ...(review ? [] : [{ code: 'review', message: 'still in Review', files: photos - going, examples: [] }]),
    ],
    copied: { files: copied, bytes: copied * 4_212_000 },
    free: { bytes: 413e9, of: 1.8e12 },
    problem: null,
  };
}

/** @param photosOf how many a sort is of */
export function operationAnswers(tell: (notice: Notice) => void, photosOf: (request: SortRequest) => number): Answers {
  let all = history();
  let plan: { readonly plan: SortPlan; readonly how: 'move' | 'copy' } | null = null;
  let plans = 0;
  let now: Operation | null = null;

  function begin(begun: Operation): Operation {
    now = begun;
    all = [begun, ...all.map((one) => (one.id === begun.undoes ? { ...one, undone: one.done } : one))];
    setTimeout(tick, tickMs);
    return begun;
  }
  function tick(): void {
    if (now === null) return;
    const done = Math.min(now.files, now.done + Math.ceil(now.files / ticks));
    const isStopped = now.state === 'stopping';
    const state = isStopped ? 'stopped' : done === now.files ? 'done' : 'running';
    const next = (now = { ...now, state, done, reason: isStopped ? 'You stopped it.' : null });
    all = all.map((one) => (one.id === next.id ? next : one));
    tell({
      type: 'operation',
      progress: {
        operation: next,
        bytes: 11.2e9,
        bytesDone: (11.2e9 * done) / next.files,
        secondsLeft: ((1 - done / next.files) * ticks * tickMs) / 1000,
        now: 'Mountains & snow/2023/_MG_0912.CR3',
      },
    });
    if (state === 'running') setTimeout(tick, tickMs);
    else now = null;
  }
  const found = (id: number): Operation => all.find((one) => one.id === id)!;
  const checked = (id: number, photos: readonly number[] | null): UndoCheck => {
    const of = found(id);
    const files = photos ? photos.length : of.done - of.undone - (id === 9 ? 3 : 0);
    return { operation: of, files, bytes: files * 4_212_000, cannot: id === 9 && !photos ? [changed] : [] };
  };
  return {
    'targets.list': () => [...targets],
    'host.chooseTarget': () => ({ id: 3, path: '/home/ada/Pictures/New', name: 'Pictures › New' }),
    'host.folders': ({ folder }) => ({
      folder: folder ?? 1,
      path: folder === 2 ? '/home/ada/Pictures' : '/home/ada',
      parent: folder === 2 ? 1 : null,
      folders: folder === 2 ? [] : [{ folder: 2, name: 'Pictures' }],
      photos: folder === 2 ? 1204 : 0,
    }),
    'host.takeTarget': ({ name }) => ({ id: 4, path: `/home/ada/Pictures/${name ?? ''}`, name: `Pictures › ${name ?? 'ada'}` }),
    'sort.plan': (request) => {
      if (/[{}]/.test(request.pattern.replaceAll(/\{(collection|year|month)\}/g, ''))) {
        throw new SquintError('bad-pattern', 'There is no such part of a name.', {
          hint: 'Those there are: {collection}, {year}, {month}.',
        });
      }
      plan = { plan: planOf(++plans, photosOf(request), request), how: request.how };
      return plan.plan;
    },
    'sort.files': ({ folder, from, limit }) => {
      const files = plan?.plan.folders.find(({ path }) => path === folder)?.files ?? 0;
      return Array.from({ length: Math.max(0, Math.min(limit, files - from)) }, (_, i): PlannedFile => {
        const name = `IMG_${String(from + i + 1).padStart(4, '0')}`;
        const renamed = (from + i) % 9 === 4;
        return {
          photo: from + i + 1,
          from: `Iceland 2024/Day 3/${name}.JPG`,
          to: `${folder}/${name}${renamed ? ' (2)' : ''}.JPG`,
          renamed,
        };
      });
    },
    'sort.begin': () => {
      const { plan: begun, how } = plan!;
      return begin(
        operation({
          id: all[0]!.id + 1,
          kind: how,
          target: begun.target.name,
          state: 'running',
          files: begun.files,
          done: 0,
          started: ago(0),
        }),
      );
    },
    'operations.list': ({ before, limit }) => all.filter(({ id }) => before === null || id < before).slice(0, limit),
    'operations.report': ({ operation: id }) => ({
      operation: found(id),
      left: found(id).left > 0 ? [{ ...changed, message: 'it is open in another program', files: found(id).left }] : [],
      lost: id === 8 ? ['Extended attributes of 12 files could not be kept on this volume.'] : [],
    }),
    'operations.of': ({ photo }) => (photo % 3 === 0 ? { operation: found(9), from: `Phone/DCIM/IMG_${photo}.JPG` } : null),
    'operations.check': ({ operation: id, photos }) => checked(id, photos),
    'operations.undo': ({ operation: id, photos }) => {
      const { files, operation: of } = checked(id, photos);
      const kind = of.kind === 'move' ? 'move' : of.kind === 'copy' ? 'bin' : 'copy';
      return begin(
        operation({ id: all[0]!.id + 1, kind, undoes: id, target: of.target, state: 'running', files, done: 0, started: ago(0) }),
      );
    },
    'operations.settled': () => [],
    'operations.now': () => now && { operation: now, bytes: 0, bytesDone: 0, secondsLeft: null, now: null },
    'operations.stop': () => {
      if (now) now = { ...now, state: 'stopping' };
      return null;
    },
  };
}

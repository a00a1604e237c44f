/** Every request of the contract, and who answers it. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Step } from '../../catalog/index.ts';
import { SquintError } from '../../contract/errors.ts';
import type { Counts, LibraryState } from '../../contract/library.ts';
import { type MediaFile, mediaFile } from '../media.ts';
import { activity } from './activity.ts';
import { type Context, packOf, settingsIn, wattsIn } from './context.ts';
import type { Handlers } from './dispatch.ts';
import { Estimates } from './estimate.ts';
import { exportCsv } from './export.ts';
import { inspect } from './inspect.ts';
import { licences } from './licences.ts';
import { mediaMeans } from './pictures.ts';
import { providers } from './providers.ts';
import type { Operations } from './operations.ts';
import type { Redeciding } from './redecide.ts';
import type { Roots } from './roots.ts';
import type { Runs } from './runs.ts';
import { filesInFlight } from './settings.ts';
import type { Sorting } from './sorting.ts';

export interface Parts {
  readonly context: Context;
  readonly roots: Roots;
  readonly runs: Runs;
  readonly redeciding: Redeciding;
  readonly sorting: Sorting;
  readonly operations: Operations;
}

/** Kinds of picture that are read, for people. */
const formats = ['JPEG', 'PNG', 'WebP', 'AVIF', 'TIFF', 'GIF', 'HEIC'];

export function handlersOf({ context, roots, runs, redeciding, sorting, operations }: Parts): Handlers {
  const { catalog, notices, settings, thumbnails, cache } = context;
  const estimates = new Estimates(context);
  const decided = (ids: readonly number[]): null => {
    notices.rows(ids);
    notices.counts();
    return null;
  };
  const said = (step: Step | null, how: 'Taken back' | 'Done again'): { message: string; ids: number[] } | null => {
    if (!step) return null;
    decided(step.photos);
    return { message: `${how}: ${wordsOf(step, context)}.`, ids: [...step.photos] };
  };
  return {
    'library.state': () => stateOf({ context, roots, runs }),
    'library.counts': ({ root }) => countsOf(context, root),

    'roots.add': ({ paths }) => roots.add(paths),
    'roots.remove': async ({ root }) => {
      await roots.remove(root);
      return null;
    },
    'roots.rescan': ({ root }) => {
      roots.rescan(root);
      return null;
    },
    'roots.path': ({ root }) => roots.find(root).path,
    'samples.add': () => roots.add([join(context.resources, 'models', 'samples')]),

    'photos.ids': (view) => catalog.idsOf(view),
    'photos.count': ({ filter }) => catalog.count(filter),
    'photos.facets': ({ root }) => catalog.facets(root),
    'photos.rows': ({ ids }) => catalog.rowsOf(ids, context.use?.pack.exits ?? 0),
    'photos.show': ({ ids }) => {
      runs.show(ids);
      thumbnails.show(ids);
      return null;
    },
    'photos.inspect': ({ id }) => inspect(context, id),
    'photos.path': ({ id }) => fileOf(context, id),
    'photos.csv': (wanted) => exportCsv(context, wanted),

    'decisions.confirm': ({ ids }) => decided(catalog.confirm(ids)),
    'decisions.correct': ({ ids, collection }) => {
      if (!packOf(context).info.collections.some(({ key }) => key === collection)) {
        throw new SquintError('no-such-collection', `The pack has no collection "${collection}".`);
      }
      return decided(catalog.correct(ids, collection));
    },
    'decisions.flag': ({ ids, flag }) => decided(catalog.flag(ids, flag)),
    'decisions.undo': () => said(catalog.undoLast(), 'Taken back'),
    'decisions.redo': () => said(catalog.redoLast(), 'Done again'),

    'targets.list': () => sorting.targets(),
    'targets.grant': ({ path }) => sorting.grant(path),
    'sort.plan': (request) => sorting.plan(request),
    'sort.files': (wanted) => sorting.files(wanted),
    'sort.begin': async ({ plan }) => {
      const operation = await operations.beginSort(sorting.planned(plan));
      sorting.forget();
      return operation;
    },
    'operations.list': ({ before, limit }) => operations.list(before, limit),
    'operations.settled': () => operations.settled(),
    'operations.report': ({ operation }) => operations.report(operation),
    'operations.of': ({ photo }) => operations.of(photo),
    'operations.check': ({ operation, photos }) => operations.check(operation, photos),
    'operations.undo': ({ operation, photos }) => operations.undo(operation, photos),
    'operations.now': () => operations.now(),
    'operations.stop': async () => {
      await operations.stop();
      return null;
    },

    'run.start': async ({ filter }) => {
      await runs.start(filter);
      return null;
    },
    'run.pause': () => {
      runs.pause();
      return null;
    },
    'run.resume': () => {
      runs.resume();
      return null;
    },
    'run.stop': async () => {
      await runs.stop();
      return null;
    },
    'run.closer': ({ ids }) => {
      runs.closer(ids);
      return null;
    },

    'policy.estimate': (wanted) => estimates.of(wanted),
    'policy.choose': ({ choice }) => redeciding.choose(choice),

    'settings.set': (changes) => {
      settings.change(changes);
      context.reading.window = filesInFlight(settings.current);
      if (changes.cacheBytes !== undefined) void cache.setLimit(changes.cacheBytes);
      notices.settings(settingsIn(context));
      return settingsIn(context);
    },
    'providers.list': () => providers(context),
    'cache.size': async () => ({ bytes: await cache.size() }),
    'cache.clear': async () => {
      await cache.clear();
      return null;
    },
    'activity.list': () => activity(context),
    'about.licences': async () => ({ text: await licences(context.resources, context.use?.pack ?? null) }),
    'log.path': () => context.log.path,

    'media.file': async (wanted) => found(await mediaFile(wanted, mediaMeans(context))),
  };
}

function stateOf({ context, roots, runs }: Pick<Parts, 'context' | 'roots' | 'runs'>): LibraryState {
  const { use, packProblem, version } = context;
  return {
    roots: roots.list(),
    counts: countsOf(context),
    run: runs.state(),
    pack: use?.info ?? null,
    packProblem,
    settings: settingsIn(context),
    watts: { ...wattsIn(context) },
    formats,
    cores: availableParallelism(),
    version,
  };
}

/** One number for every exit of the pack. */
export function countsOf({ catalog, use }: Pick<Context, 'catalog' | 'use'>, root?: number): Counts {
  const counts = catalog.counts(root);
  const exits = Array.from({ length: Math.max(use?.pack.exits ?? 0, counts.exits.length) }, (_, i) => counts.exits[i] ?? 0);
  return { ...counts, exits };
}

function fileOf({ catalog }: Context, id: number): string {
  const file = catalog.fileOf(id);
  if (!file) throw new SquintError('no-such-photo', 'This photo is not in the library any more.');
  return file.path;
}

/** "3 photos confirmed as Dogs" */
function wordsOf({ how, collections, photos }: Step, { use }: Context): string {
  const titles = collections.map((key) => use?.info.collections.find((one) => one.key === key)?.title ?? key);
  const some = photos.length === 1 ? 'one photo' : `${photos.length} photos`;
  const [only] = titles;
  if (titles.length !== 1) return `${some} ${how}`;
  return how === 'confirmed' ? `${some} confirmed as ${only!}` : `${some} corrected to ${only!}`;
}

function found(file: MediaFile): { path: string; type: string } {
  if ('path' in file) return { ...file };
  const { code, message, hint } = file.problem;
  throw new SquintError(code, message, hint === undefined ? {} : { hint });
}

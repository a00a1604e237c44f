/**
 * The door between views and the engine: one table of requests with the schemas of what goes in and comes out. Types, the dispatcher, the
 * hosts and every test double come from it. Parameters are checked where they enter the engine; unknown keys are refused.
 *
 * `from: 'view'` is what a page may ask. `from: 'host'` takes or gives paths, so only a host may: it got them from the system's dialog, from
 * a drop, from its command line, and the page knows their ids.
 */
import * as v from 'valibot';
import {
  Activity,
  Added,
  Choice,
  Counts,
  Estimate,
  Facets,
  Filter,
  Flag,
  Id,
  Inspection,
  LibraryState,
  Order,
  Provider,
  Row,
  Settings,
} from './library.ts';
import {
  Moved,
  Operation,
  OperationProgress,
  OperationReport,
  PlannedFile,
  SortPlan,
  SortRequest,
  Target,
  UndoCheck,
} from './operations.ts';

const Nothing = v.null_();
const Ids = v.pipe(v.array(Id), v.maxLength(10_000));
const Key = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const None = v.strictObject({});
const Count = v.pipe(v.number(), v.integer(), v.minValue(0));

interface Request {
  readonly from: 'view' | 'host';
  readonly params: v.GenericSchema;
  readonly result: v.GenericSchema;
}

export const requests = {
  'library.state': { from: 'view', params: None, result: LibraryState },
  'library.counts': { from: 'view', params: v.strictObject({ root: v.optional(Id) }), result: Counts },

  // Folders and files, by what the host granted. Adding scans them and begins to classify, or joins the run that goes.
  'roots.add': { from: 'host', params: v.strictObject({ paths: v.pipe(v.array(v.string()), v.minLength(1)) }), result: Added },
  'roots.remove': { from: 'view', params: v.strictObject({ root: Id }), result: Nothing }, // from the list; no file is touched, results are kept
  'roots.rescan': { from: 'view', params: v.strictObject({ root: Id }), result: Nothing },
  'roots.path': { from: 'host', params: v.strictObject({ root: Id }), result: v.string() },
  'samples.add': { from: 'view', params: None, result: Added }, // the sample photographs that ship with Squint

  // Photos, by key: pages of ids in an order, then rows of those that are looked at.
  'photos.ids': {
    from: 'view',
    params: v.strictObject({
      filter: Filter,
      order: Order,
      after: v.nullable(v.string()),
      limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20_000)),
    }),
    result: v.strictObject({ ids: v.array(Id), next: v.nullable(v.string()) }), // `next`: hand it back as `after`; null at the end
  },
  'photos.count': { from: 'view', params: v.strictObject({ filter: Filter }), result: Count },
  'photos.facets': { from: 'view', params: v.strictObject({ root: v.optional(Id) }), result: Facets },
  'photos.rows': { from: 'view', params: v.strictObject({ ids: Ids }), result: v.array(Row) }, // in the order asked for; ids that are gone are left out
  'photos.show': { from: 'view', params: v.strictObject({ ids: Ids }), result: Nothing }, // what is on screen, most wanted first: its pictures are made, its verdicts come first
  'photos.inspect': { from: 'view', params: v.strictObject({ id: Id }), result: Inspection },
  'photos.path': { from: 'host', params: v.strictObject({ id: Id }), result: v.string() },
  'photos.csv': { from: 'host', params: v.strictObject({ path: v.string(), filter: Filter }), result: v.strictObject({ photos: Count }) }, // a new file; never overwrites

  // The person's word. Kept with undo that outlives a restart.
  'decisions.confirm': { from: 'view', params: v.strictObject({ ids: Ids }), result: Nothing },
  'decisions.correct': { from: 'view', params: v.strictObject({ ids: Ids, collection: Key }), result: Nothing },
  'decisions.flag': { from: 'view', params: v.strictObject({ ids: Ids, flag: v.nullable(Flag) }), result: Nothing }, // null takes it off
  'decisions.undo': { from: 'view', params: None, result: v.nullable(v.strictObject({ message: v.string(), ids: Ids })) }, // null where there is nothing to undo
  'decisions.redo': { from: 'view', params: None, result: v.nullable(v.strictObject({ message: v.string(), ids: Ids })) },

  // Changes to files: planned, shown, then done. Each can be taken back as long as its files are where it left them.
  'targets.list': { from: 'view', params: None, result: v.array(Target) }, // those used last first, then roots
  'targets.grant': { from: 'host', params: v.strictObject({ path: v.string() }), result: Target },
  'sort.plan': { from: 'view', params: SortRequest, result: SortPlan },
  'sort.files': {
    from: 'view',
    params: v.strictObject({
      plan: Id,
      folder: v.string(),
      from: Count,
      limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)),
    }),
    result: v.array(PlannedFile), // of one of the plan's folders
  },
  'sort.begin': { from: 'view', params: v.strictObject({ plan: Id }), result: Operation }, // as planned, or refused; goes on by itself
  'operations.list': {
    from: 'view',
    params: v.strictObject({ before: v.nullable(Id), limit: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)) }),
    result: v.array(Operation), // newest first
  },
  'operations.settled': { from: 'view', params: None, result: v.array(Operation) }, // those that a crash had cut off, finished or rolled back at this start; told once
  'operations.report': { from: 'view', params: v.strictObject({ operation: Id }), result: OperationReport },
  'operations.of': { from: 'view', params: v.strictObject({ photo: Id }), result: v.nullable(Moved) },
  'operations.check': { from: 'view', params: v.strictObject({ operation: Id, photos: v.nullable(Ids) }), result: UndoCheck },
  'operations.undo': { from: 'view', params: v.strictObject({ operation: Id, photos: v.nullable(Ids) }), result: Operation }, // what can be taken back; null: of all photos
  'operations.now': { from: 'view', params: None, result: v.nullable(OperationProgress) }, // the one that goes
  'operations.stop': { from: 'view', params: None, result: Nothing }, // what is done stays done

  // Runs.
  'run.start': { from: 'view', params: v.strictObject({ filter: Filter }), result: Nothing }, // those of it that wait or that the policy would take further; of what is not sorted those that failed, too
  'run.pause': { from: 'view', params: None, result: Nothing },
  'run.resume': { from: 'view', params: None, result: Nothing },
  'run.stop': { from: 'view', params: None, result: Nothing },
  'run.closer': { from: 'view', params: v.strictObject({ ids: Ids }), result: Nothing }, // through the remaining exits

  // Power against accuracy.
  'policy.estimate': { from: 'view', params: v.strictObject({ choice: Choice, filter: Filter }), result: Estimate },
  'policy.choose': { from: 'view', params: v.strictObject({ choice: Choice }), result: v.strictObject({ changed: Count, further: Count }) }, // decides again at once what is known; runs nothing

  'settings.set': { from: 'view', params: v.partial(v.omit(Settings, ['choice'])), result: Settings },
  'providers.list': { from: 'view', params: None, result: v.array(Provider) },
  'cache.size': { from: 'view', params: None, result: v.strictObject({ bytes: Count }) },
  'cache.clear': { from: 'view', params: None, result: Nothing },
  'activity.list': { from: 'view', params: None, result: Activity },
  'about.licences': { from: 'view', params: None, result: v.strictObject({ text: v.string() }) },
  'log.path': { from: 'host', params: None, result: v.string() },

  // Pictures are files of the cache, served by the host under squint://KIND/ID…: original bytes never reach a page.
  'media.file': {
    from: 'host',
    params: v.variant('kind', [
      v.strictObject({ kind: v.literal('thumb'), id: Id, level: v.picklist(['preview', 'thumb']) }),
      v.strictObject({ kind: v.literal('loupe'), id: Id, width: Count, height: Count }), // fitted into that many pixels
      v.strictObject({ kind: v.literal('full'), id: Id }), // 1:1
      v.strictObject({ kind: v.literal('picture'), id: Id, network: Id }), // the exact crop that a network was given
    ]),
    result: v.strictObject({ path: v.string(), type: v.string() }),
  },
} as const satisfies Record<string, Request>;

/** What the hosts themselves answer; `in` names those that can. */
export const hostRequests = {
  'host.about': {
    in: ['electron', 'web'],
    params: None,
    result: v.strictObject({ host: v.picklist(['electron', 'web']), platform: v.string(), versions: v.record(v.string(), v.string()) }),
  },
  'host.addFolders': { in: ['electron'], params: None, result: v.nullable(Added) }, // asks with the system's dialog; null where the person cancelled
  'host.chooseTarget': { in: ['electron'], params: None, result: v.nullable(Target) }, // where to sort into, by the system's dialog
  'host.reveal': { in: ['electron'], params: v.union([v.strictObject({ root: Id }), v.strictObject({ photo: Id })]), result: Nothing },
  'host.showLog': { in: ['electron'], params: None, result: Nothing },
  'host.exportCsv': {
    in: ['electron', 'web'],
    params: v.strictObject({ filter: Filter }),
    result: v.nullable(v.strictObject({ path: v.string(), photos: Count })),
  },
  'host.restoreLibrary': { in: ['electron'], params: None, result: Nothing }, // a damaged one: back to its last backup
  'host.progress': { in: ['electron'], params: v.strictObject({ share: v.nullable(v.number()) }), result: Nothing }, // on the dock or taskbar
  // A browser gives no paths, so the web host has a picker of its own, by id.
  'host.folders': {
    in: ['web'],
    params: v.strictObject({ folder: v.nullable(Id) }), // null: where it begins
    result: v.strictObject({
      folder: Id, // the one shown
      path: v.string(),
      parent: v.nullable(Id),
      folders: v.array(v.strictObject({ folder: Id, name: v.string() })),
      photos: Count,
    }),
  },
  'host.addFolder': { in: ['web'], params: v.strictObject({ folder: Id }), result: Added },
  'host.takeTarget': { in: ['web'], params: v.strictObject({ folder: Id, name: v.optional(Key) }), result: Target }, // name: of a folder in it that is made when it is needed
} as const;

export type RequestName = keyof typeof requests;
export type ViewRequestName = { [N in RequestName]: (typeof requests)[N]['from'] extends 'view' ? N : never }[RequestName];
export type HostRequestName = keyof typeof hostRequests;
type Entry<N extends RequestName | HostRequestName> = N extends RequestName
  ? (typeof requests)[N]
  : N extends HostRequestName
    ? (typeof hostRequests)[N]
    : never;
export type Params<N extends RequestName | HostRequestName> = v.InferOutput<Entry<N>['params']>;
export type Result<N extends RequestName | HostRequestName> = v.InferOutput<Entry<N>['result']>;

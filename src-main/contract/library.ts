/**
 * What a window shows of the library: roots, photos as rows, counts, a run while it goes, the pack, settings. The engine fills these in;
 * a view computes none of it. Photos and roots are named by id only.
 */
import * as v from 'valibot';
import { Energy, Preset, Rung, Verdict } from './events.ts';

const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
const NotNegative = v.pipe(v.number(), v.minValue(0));
const Share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
export const Id = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const Key = v.pipe(v.string(), v.minLength(1), v.maxLength(200));

export const ProblemShape = v.strictObject({
  code: v.string(),
  message: v.string(),
  hint: v.optional(v.string()),
  path: v.optional(v.string()),
});

/** A folder in the list, or the folder that single dropped files lie in (`files`: only those of it are in the library). */
export const Root = v.strictObject({
  id: Id,
  name: v.string(), // its last part
  path: v.string(), // for people to read; no request takes one
  scope: v.picklist(['folder', 'files']),
  state: v.picklist(['online', 'offline']),
  scanning: v.boolean(),
  photos: Count,
});
export type Root = v.InferOutput<typeof Root>;

export const Flag = v.picklist(['pick', 'reject']);
export type Flag = v.InferOutput<typeof Flag>;

/** Which photos: everything that is given must hold. */
export const Filter = v.strictObject({
  root: v.optional(Id),
  pile: v.optional(
    v.variant('kind', [
      v.strictObject({ kind: v.literal('collection'), key: Key }),
      v.strictObject({ kind: v.literal('group'), key: Key }),
      v.strictObject({ kind: v.literal('review') }),
      v.strictObject({ kind: v.literal('not-sorted') }), // waiting, failed and skipped
    ]),
  ),
  exit: v.optional(Id), // left there
  flag: v.optional(Flag),
  year: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(9999))), // taken in it
  camera: v.optional(Key), // taken with it
  text: v.optional(v.pipe(v.string(), v.maxLength(200))), // part of the file's name, or of its pile's title or that of the pile's group
});
export type Filter = v.InferOutput<typeof Filter>;

export const Order = v.picklist(['added', 'name', 'taken', 'confidence']); // taken: oldest first, undated last; confidence: least sure first
export type Order = v.InferOutput<typeof Order>;

/** A photo as a tile shows it. */
export const Row = v.strictObject({
  id: Id,
  root: Id,
  name: v.string(),
  version: v.string(), // changes when the file does; part of a picture's address
  width: v.nullable(Count), // pixels, upright; null until it was read
  height: v.nullable(Count),
  state: v.picklist(['waiting', 'sorted', 'failed', 'skipped']),
  missing: v.boolean(), // its file is gone, or its root is offline
  problem: v.nullable(ProblemShape), // why it failed or was skipped
  collection: v.nullable(Key), // the network's word
  decided: v.nullable(v.strictObject({ collection: Key, how: v.picklist(['confirmed', 'corrected']) })), // the person's
  flag: v.nullable(Flag), // the person's
  pile: v.nullable(v.picklist(['collection', 'group', 'review'])), // by the network, under the policy in force
  group: v.nullable(Key),
  confidence: v.nullable(Share),
  exit: v.nullable(Id),
  exits: Count, // of the pack
  side: v.nullable(Count), // of the picture that was looked at last, pixels, square
  further: v.boolean(), // the policy in force would have it looked at closer than it was
  energy: v.nullable(Energy),
  damaged: v.boolean(),
});
export type Row = v.InferOutput<typeof Row>;

/** Kept by the catalogue; of the whole library or of one root. */
export const Counts = v.strictObject({
  photos: Count,
  waiting: Count,
  failed: Count,
  skipped: Count,
  review: Count,
  picks: Count,
  rejects: Count, // in their piles too
  further: Count, // decided, but the policy in force would go on
  collections: v.record(v.string(), Count), // piles by key, the person's word first
  groups: v.record(v.string(), Count),
  exits: v.array(Count),
});
export type Counts = v.InferOutput<typeof Counts>;

/** By when and with what photos were taken; kept by the catalogue. */
export const Facets = v.strictObject({
  years: v.array(v.strictObject({ year: Count, photos: Count })), // the latest first
  cameras: v.array(v.strictObject({ camera: Key, photos: Count })), // those with most photos first
});
export type Facets = v.InferOutput<typeof Facets>;

/** How much accuracy may give way to saving: a preset, or a point of the pack's curve (its place in PackInfo.curve). */
export const Choice = v.variant('kind', [
  v.strictObject({ kind: v.literal('preset'), preset: Preset }),
  v.strictObject({ kind: v.literal('point'), point: Count }),
]);
export type Choice = v.InferOutput<typeof Choice>;

const Milliseconds = v.strictObject({ network: NotNegative, read: NotNegative });

/** A policy's figures on the pack's calibration photos. */
export const CurvePoint = v.strictObject({
  accuracy: Share,
  low: Share, // with high: the 95 % interval
  high: Share,
  macs: NotNegative, // mean, a photo
  milliseconds: Milliseconds, // CPU on the calibrating computer, mean, a photo, previews assumed
  rungs: v.strictObject({ preview: Share, scaled: Share, full: Share }),
});
export type CurvePoint = v.InferOutput<typeof CurvePoint>;

export const PackInfo = v.strictObject({
  name: v.string(),
  title: v.string(),
  version: v.string(),
  digest: v.string(),
  calibrated: v.boolean(),
  licence: v.string(),
  source: v.string(),
  collections: v.array(v.strictObject({ key: v.string(), title: v.string(), group: v.nullable(v.string()) })),
  groups: v.array(v.strictObject({ key: v.string(), title: v.string() })),
  networks: v.array(
    v.strictObject({
      kind: v.picklist(['ranet', 'graphs']),
      side: Count, // pixels, square: the picture it looks at
      short: Count, // pixels: the length that a photo's short side is brought to; the centre of that is the picture
      grids: v.array(Count), // side of the feature grid of each sub-network, coarse first; empty for graphs
    }),
  ),
  exits: v.array(
    v.strictObject({
      network: Count, // from 1
      side: Count,
      macs: Count, // cumulative through the whole pack
      subNetwork: v.nullable(Count), // from 1 within its RANet
      grid: v.nullable(Count), // side of the feature grid that the exit reads
    }),
  ),
  review: Share, // below it at the last exit a photo is doubtful
  curve: v.array(CurvePoint), // from cheapest to dearest, none with a threshold below `review`; empty where the pack is not calibrated
  presets: v.record(Preset, CurvePoint), // empty where the pack is not calibrated: then only `full` runs
  measuredOn: v.nullable(v.strictObject({ name: v.string(), photos: Count })),
});
export type PackInfo = v.InferOutput<typeof PackInfo>;

/** The run that goes or went last. Sent at most four times a second. */
export const RunState = v.strictObject({
  id: Id,
  state: v.picklist(['counting', 'running', 'paused', 'stopping', 'done', 'stopped', 'failed']),
  reason: v.nullable(v.string()), // of a pause or a failure, in words for people
  hint: v.nullable(v.string()),
  choice: Choice,
  files: Count, // found so far while counting
  done: Count,
  stored: Count, // answered from the catalogue
  failed: Count,
  skipped: Count,
  photosPerSecond: v.nullable(NotNegative), // over the last seconds
  secondsLeft: v.nullable(NotNegative),
  seconds: NotNegative, // of work, pauses left out
  provider: v.string(),
  providerNote: v.nullable(v.string()), // why it is not the one asked for
  rungs: v.strictObject({ preview: Count, scaled: Count, full: Count }), // reads of this run
  bytes: Count,
  exits: v.array(Count), // photos of this run that left there
  energy: Energy, // of this run's photos
  overheadJoules: NotNegative, // start-up and the engine itself, known at the end
  watts: v.strictObject({ typical: NotNegative, low: NotNegative, high: NotNegative, of: v.string() }), // per busy core
  saved: v.strictObject({ read: v.number(), network: v.number(), ofRead: NotNegative, ofNetwork: NotNegative }), // joules, modelled, against every network on one scaled decode
});
export type RunState = v.InferOutput<typeof RunState>;

/** What a choice would mean for a selection, before it is made. */
export const Estimate = v.strictObject({
  photos: Count,
  known: Count, // decided at once from what is stored
  further: Count, // run again, as what is stored does not suffice
  waiting: Count, // never run
  accuracy: v.nullable(v.strictObject({ share: Share, low: Share, high: Share })), // on the pack's calibration photos
  macs: NotNegative, // mean, a photo
  fullMacs: Count,
  joules: v.strictObject({ typical: NotNegative, low: NotNegative, high: NotNegative }), // of further and waiting, modelled
  joulesAPhoto: v.strictObject({ typical: NotNegative, low: NotNegative, high: NotNegative }),
  seconds: v.nullable(NotNegative), // of further and waiting, on this computer; null until something was measured here
});
export type Estimate = v.InferOutput<typeof Estimate>;

export const Settings = v.strictObject({
  choice: Choice,
  provider: v.string(),
  watts: v.nullable(v.pipe(v.number(), v.minValue(0.1), v.maxValue(1000))), // the person's figure per busy core; null: the table's
  threads: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(64)), // files read side by side
  cacheBytes: v.pipe(v.number(), v.integer(), v.minValue(100_000_000), v.maxValue(1e12)),
  theme: v.picklist(['system', 'dark', 'light']),
  autoAdvance: v.boolean(),
  tileWidth: v.pipe(v.number(), v.integer(), v.minValue(96), v.maxValue(320)), // pixels
  order: Order,
});
export type Settings = v.InferOutput<typeof Settings>;

export const Provider = v.strictObject({ name: v.string(), available: v.boolean(), note: v.nullable(v.string()) }); // note: why not, or what it needs
export type Provider = v.InferOutput<typeof Provider>;

/** All that stands outside a photo; what a view asks first. */
export const LibraryState = v.strictObject({
  roots: v.array(Root),
  counts: Counts,
  run: v.nullable(RunState),
  pack: v.nullable(PackInfo), // null where it cannot be used, see packProblem
  packProblem: v.nullable(ProblemShape),
  settings: Settings,
  watts: v.strictObject({ typical: NotNegative, low: NotNegative, high: NotNegative, of: v.string() }),
  formats: v.array(v.string()), // kinds of picture that are read, for people: "JPEG"
  cores: Count,
  version: v.string(), // of Squint
});
export type LibraryState = v.InferOutput<typeof LibraryState>;

/** Everything about one photo. */
export const Inspection = v.strictObject({
  row: Row,
  place: v.string(), // folder within its root, for people
  verdict: v.nullable(Verdict), // its thresholds are those of the policy in force; `path` is the file's name
  steps: v.array(v.strictObject({ exit: Id, macs: Count, ms: NotNegative, joules: NotNegative })), // what each exit visited cost alone
  why: v.nullable(v.string()), // where it left and why, in one sentence
  closer: v.nullable(
    v.strictObject({
      exits: Count,
      joules: v.strictObject({ typical: NotNegative, low: NotNegative, high: NotNegative }),
      seconds: NotNegative,
    }),
  ), // the remaining exits; null where none remains
  pictures: v.array(v.strictObject({ network: Count, side: Count, seen: v.boolean(), rung: v.nullable(Rung) })), // per network of the pack
  about: v.strictObject({
    bytes: Count,
    format: v.nullable(v.string()),
    taken: v.nullable(v.string()), // as the camera wrote it, ISO 8601 without a zone
    camera: v.nullable(v.string()),
    lens: v.nullable(v.string()),
    exposure: v.nullable(v.string()), // "1/320 s"
    aperture: v.nullable(v.string()), // "f/5.6"
    iso: v.nullable(Count),
    focalLength: v.nullable(v.string()), // "40 mm"
  }),
});
export type Inspection = v.InferOutput<typeof Inspection>;

export const Activity = v.strictObject({
  runs: v.array(
    v.strictObject({
      id: Id,
      started: v.string(),
      state: v.string(),
      preset: v.string(),
      photos: Count,
      failed: Count,
      seconds: NotNegative,
      joules: NotNegative,
    }),
  ),
  problems: v.array(
    v.strictObject({
      kind: v.picklist(['failed', 'skipped', 'not-a-picture']),
      code: v.string(),
      message: v.string(),
      hint: v.nullable(v.string()),
      count: Count,
      examples: v.array(v.strictObject({ id: v.nullable(Id), name: v.string() })),
    }),
  ),
});
export type Activity = v.InferOutput<typeof Activity>;

/** What adding folders or files led to. */
export const Added = v.strictObject({
  root: v.nullable(Id), // to show; null where several came, or none
  notes: v.array(v.string()), // for people: "Iceland is already in the library, inside Photos."
});
export type Added = v.InferOutput<typeof Added>;

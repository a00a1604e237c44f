/**
 * What a run tells: one `start`, then exactly one `verdict`, `skipped` or `failed` per file, then one `summary`.
 * The command line prints them as JSON lines (`--json`); the window will receive the same. Exits are numbered from 1 through the whole pack.
 */
import * as v from 'valibot';

const Share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
const NotNegative = v.pipe(v.number(), v.minValue(0));

export const presets = ['saver', 'balanced', 'accurate', 'full'] as const;
export const Preset = v.picklist(presets);
export type Preset = v.InferOutput<typeof Preset>;

export const Rung = v.picklist(['preview', 'scaled', 'full']);
/** How much of a file was read: its embedded preview, a decode at reduced size, or every pixel. */
export type Rung = v.InferOutput<typeof Rung>;

/** What one exit thinks of one photo. */
export const Opinion = v.strictObject({
  exit: v.pipe(v.number(), v.integer(), v.minValue(1)),
  side: Count, // pixels, square: the picture that was looked at
  rung: Rung,
  leaf: v.nullable(v.string()), // null where the network's classes are the collections
  top: v.array(v.strictObject({ collection: v.string(), confidence: Share })), // keys, best first, at most three
  group: v.nullable(v.strictObject({ key: v.string(), confidence: Share })), // null where the pack has no groups
  threshold: v.nullable(Share), // null at the pack's last exit, where everyone leaves, and where the policy lets nobody leave
});
export type Opinion = v.InferOutput<typeof Opinion>;

export const Energy = v.strictObject({
  joules: NotNegative,
  low: NotNegative,
  high: NotNegative,
  method: v.picklist(['measured', 'modelled', 'counted']),
  read: NotNegative, // joules; read + network = joules
  network: NotNegative,
});
export type Energy = v.InferOutput<typeof Energy>;

/** One read of a file. */
export const Read = v.strictObject({
  side: Count, // the largest picture made from it
  rung: Rung,
  bytes: Count,
  ms: NotNegative,
  enlarged: v.boolean(), // the file has fewer pixels than the side
});
export type Read = v.InferOutput<typeof Read>;

export const Verdict = v.strictObject({
  type: v.literal('verdict'),
  path: v.string(),
  collection: v.string(),
  group: v.nullable(v.string()),
  leaf: v.nullable(v.string()),
  confidence: Share,
  exit: Count,
  exits: Count,
  review: v.boolean(),
  damaged: v.boolean(),
  stored: v.boolean(),
  reads: v.array(Read),
  macs: Count,
  fullMacs: Count,
  ms: v.strictObject({ read: NotNegative, network: NotNegative }),
  energy: Energy,
  pile: v.picklist(['collection', 'group', 'review']),
  opinions: v.array(Opinion),
});
export type Verdict = v.InferOutput<typeof Verdict>;

const Because = { path: v.string(), code: v.string(), message: v.string(), hint: v.optional(v.string()) };

/** A file that Squint does not read (yet): no picture, or of a kind that comes later. */
export const Skipped = v.strictObject({ type: v.literal('skipped'), ...Because });
export type Skipped = v.InferOutput<typeof Skipped>;

/** A picture that could not be read. */
export const Failed = v.strictObject({ type: v.literal('failed'), ...Because });
export type Failed = v.InferOutput<typeof Failed>;

export const Start = v.strictObject({
  type: v.literal('start'),
  pack: v.strictObject({ name: v.string(), title: v.string(), version: v.string(), digest: v.string(), calibrated: v.boolean() }),
  collections: v.array(v.strictObject({ key: v.string(), title: v.string(), group: v.nullable(v.string()) })),
  groups: v.array(v.strictObject({ key: v.string(), title: v.string() })),
  exits: v.array(v.strictObject({ network: Count, side: Count, macs: Count })), // network from 1; side of its picture, pixels; macs cumulative
  preset: Preset,
  thresholds: v.array(v.number()),
  provider: v.string(),
  providerNote: v.optional(v.string()), // why it is not the one asked for
  watts: v.strictObject({ typical: v.number(), low: v.number(), high: v.number(), of: v.string() }), // per busy core; `of`: whose figure that is
  files: Count,
});
export type Start = v.InferOutput<typeof Start>;

export const Summary = v.strictObject({
  type: v.literal('summary'),
  how: v.picklist(['done', 'stopped']),
  providerNote: v.optional(v.string()), // why it ended on another provider than it began on
  files: Count,
  verdicts: Count,
  stored: Count, // of them answered from the library; what the run took, from meanMacs on, is of the others
  skipped: Count,
  failed: Count,
  notReached: Count, // files that a stopped run did not come to
  sorted: Count, // piles of collections
  grouped: Count, // piles of groups
  review: Count,
  collections: v.record(v.string(), Count), // collection piles, by key
  exits: v.array(Count), // photos that left there
  meanMacs: NotNegative,
  fullMacs: Count,
  rungs: v.strictObject({ preview: Count, scaled: Count, full: Count }), // reads
  bytes: Count,
  seconds: NotNegative,
  busySeconds: v.strictObject({ read: NotNegative, network: NotNegative, overhead: NotNegative }), // CPU; overhead is start-up and the engine itself
  energy: Energy, // of the photos
  overheadJoules: NotNegative,
  saved: v.strictObject({
    read: v.number(),
    network: v.number(),
    ofRead: NotNegative,
    ofNetwork: NotNegative,
    method: v.literal('modelled'),
  }), // joules, against every network on one scaled decode; negative where more was spent
});
export type Summary = v.InferOutput<typeof Summary>;

export type RunEvent = Start | Verdict | Skipped | Failed | Summary;
export const RunEvent = v.variant('type', [Start, Verdict, Skipped, Failed, Summary]);

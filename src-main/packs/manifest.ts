/**
 * pack.json: what a pack says of itself. Its shape is checked here, and that its parts agree with each other; whether the files are the
 * ones it was written for is load.ts's question.
 */
import * as v from 'valibot';
import { PackError } from '../contract/errors.ts';
import { Preset } from '../contract/events.ts';

export const format = 1;

const Text = v.pipe(v.string(), v.maxLength(10_000));
const Key = v.pipe(v.string(), v.minLength(1), v.maxLength(200));
const Count = v.pipe(v.number(), v.integer(), v.minValue(0));
const Positive = v.pipe(v.number(), v.finite(), v.gtValue(0));
const NotNegative = v.pipe(v.number(), v.finite(), v.minValue(0));
const Share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
/** Confidences; above 1 nobody leaves there. */
const Threshold = NotNegative;
const Side = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4096));
/** A plain name inside the pack's folder: no way out of it on any system. */
const FileName = v.pipe(v.string(), v.maxLength(200), v.regex(/^[A-Za-z0-9_-][A-Za-z0-9_. -]*$/, 'expected a plain file name'));
const Onnx = v.pipe(FileName, v.endsWith('.onnx', 'expected a name that ends in .onnx'));
const Safetensors = v.pipe(FileName, v.endsWith('.safetensors', 'expected a name that ends in .safetensors'));
const Channels = v.pipe(v.array(v.pipe(v.number(), v.finite())), v.length(3));

export const Preprocessing = v.strictObject({
  short: v.optional(Side), // pixels: the photo's short side before the crop; absent where it is the network's side
  crop: v.literal('centre'),
  filter: v.literal('lanczos3'),
  transparent: v.optional(v.literal('white'), 'white'), // what a transparent picture is laid on
  mean: Channels, // of values 0 … 1, RGB
  std: v.pipe(
    Channels,
    v.everyItem((s) => s > 0, 'expected numbers above 0'),
  ),
});
export type Preprocessing = v.InferOutput<typeof Preprocessing>;

/** A class of one network, in the order of its logits: a leaf, or a collection itself. */
const Class = v.strictObject({ name: Text, collection: Key });
/** `macs`: what this network alone does up to the exit, one photo. `features`: length of the exit's feature vector. */
const Exit = v.strictObject({ macs: Count, features: v.pipe(Count, v.minValue(1)) });
export const Stage = v.strictObject({ file: Onnx, inputs: v.pipe(v.array(Key), v.minLength(1)) });

export const looksAt = {
  side: Side, // pixels, square
  preprocessing: Preprocessing,
  classes: v.pipe(v.array(Class), v.minLength(1)),
};
const exits = v.pipe(v.array(Exit), v.minLength(1));

const RanetNetwork = v.strictObject({
  kind: v.literal('ranet'),
  ...looksAt,
  exits,
  config: v.record(v.string(), v.unknown()), // checked where the network is built
  weights: Safetensors,
});
const GraphsNetwork = v.strictObject({
  kind: v.literal('graphs'),
  ...looksAt,
  exits,
  stages: v.pipe(v.array(Stage), v.minLength(1)), // one per exit
});
export type RanetNetwork = v.InferOutput<typeof RanetNetwork>;
export type GraphsNetwork = v.InferOutput<typeof GraphsNetwork>;
export type Network = RanetNetwork | GraphsNetwork;

const Collection = v.strictObject({ key: Key, title: Text, group: v.optional(Key) });
export type Collection = v.InferOutput<typeof Collection>;
const Group = v.strictObject({ key: Key, title: Text });
export type Group = v.InferOutput<typeof Group>;

/** On the calibrating machine, a photo, up to the exit, previews assumed. */
const Milliseconds = v.strictObject({ network: NotNegative, read: NotNegative });
const Rungs = v.strictObject({ preview: Share, scaled: Share, full: Share });
const CurvePoint = v.strictObject({
  preset: v.optional(Preset), // where a preset stands on this point
  accuracy: Share, // of collections; low and high: its 95 % interval
  low: Share,
  high: Share,
  macs: NotNegative, // mean, a photo
  milliseconds: Milliseconds,
  rungs: Rungs, // share of photos read at each
});

const calibration = {
  temperatures: v.array(Positive), // one per exit, through all networks; so are milliseconds
  milliseconds: v.array(Milliseconds),
  presets: v.strictObject({
    saver: v.array(Threshold), // one per exit but the last
    balanced: v.array(Threshold),
    accurate: v.array(Threshold),
    full: v.array(Threshold),
  }),
  review: Share,
  calibration: v.strictObject({ name: Text, split: v.nullable(Text), half: v.nullable(Text), photos: Count, rung: Text }),
};
const Calibration = v.object(calibration);
export type Calibration = v.InferOutput<typeof Calibration>;

export const Manifest = v.strictObject({
  format: v.literal(format),
  name: Key,
  version: Text,
  title: Text,
  licence: Text,
  source: Text,
  collections: v.pipe(v.array(Collection), v.minLength(1)),
  groups: v.optional(v.array(Group)),
  networks: v.pipe(v.array(v.variant('kind', [RanetNetwork, GraphsNetwork])), v.minLength(1)), // in running order
  ...v.partial(Calibration).entries,
  groupReview: v.optional(Share),
  curve: v.optional(v.array(CurvePoint)),
  files: v.record(FileName, v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in hexadecimal'))), // all but pack.json
});
export type Manifest = v.InferOutput<typeof Manifest>;
/** What a pack says of itself before its files have their sums. */
export type ManifestDraft = DeepReadonly<Omit<Manifest, 'files'>>;

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;

/** Whether temperatures, thresholds and figures are there; a pack without them runs only under `full`. */
export const isCalibrated = (manifest: Manifest): manifest is Manifest & Calibration => manifest.presets !== undefined;

/** The same pack before it was calibrated. */
export function uncalibrated(manifest: Manifest): Manifest {
  const measured = new Set([...Object.keys(calibration), 'groupReview', 'curve']);
  return Object.fromEntries(Object.entries(manifest).filter(([field]) => !measured.has(field))) as Manifest;
}

/**
 * @param value what JSON.parse made of pack.json
 * @param where the pack's folder, for messages
 * @throws {PackError} `pack-format` for a pack of a newer Squint, `pack-invalid` with the field that is wrong
 */
export function parseManifest(value: unknown, where: string): Manifest {
  const { format: found } = (typeof value === 'object' && value !== null ? value : {}) as { format?: unknown };
  if (typeof found === 'number' && found > format) {
    throw new PackError('pack-format', `The pack in ${where} has format ${found}; this Squint reads format ${format}.`, {
      hint: 'Use a newer Squint for it.',
    });
  }
  const manifest = parseAs(Manifest, value, `pack.json in ${where}`);
  const contradiction = contradictionIn(manifest);
  if (contradiction !== null) throw new PackError('pack-invalid', `pack.json in ${where} contradicts itself: ${contradiction}.`);
  return manifest;
}

/** @throws {PackError} `pack-invalid`, naming the first field that is not as the schema has it */
export function parseAs<T extends v.GenericSchema>(schema: T, value: unknown, what: string): v.InferOutput<T> {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0];
  const field = v.getDotPath(issue);
  throw new PackError('pack-invalid', `${what} is not as it must be${field === null ? '' : ` at ${field}`}: ${issue.message}.`);
}

/** The exits of the networks before each network, added up: the number of a network's first exit is one more. */
export function exitsBefore(networks: readonly Network[]): number[] {
  let sum = 0;
  return networks.map(({ exits }) => (sum += exits.length) - exits.length);
}

/** K of `exitK.features`, or null for another name. */
export function exitOf(input: string): number | null {
  const match = /^exit([1-9][0-9]*)\.features$/.exec(input);
  return match === null ? null : Number(match[1]);
}

function contradictionIn(manifest: Manifest): string | null {
  const { collections, groups = [], networks, files } = manifest;
  const keys = new Set(collections.map(({ key }) => key));
  const groupKeys = new Set(groups.map(({ key }) => key));
  if (keys.size < collections.length) return 'two collections have the same key';
  if (groupKeys.size < groups.length) return 'two groups have the same key';
  for (const { key, group } of collections) {
    if (group !== undefined && !groupKeys.has(group)) return `the collection "${key}" names the group "${group}", which is not listed`;
  }
  const before = exitsBefore(networks);
  for (const [i, network] of networks.entries()) {
    const { short } = network.preprocessing;
    const stranger = network.classes.find(({ collection }) => !keys.has(collection));
    if (stranger)
      return `the class "${stranger.name}" of network ${i + 1} is of the collection "${stranger.collection}", which is not listed`;
    if (short !== undefined && short < network.side) return `network ${i + 1} crops ${network.side} pixels from a short side of ${short}`;
    const needed = network.kind === 'ranet' ? [network.weights] : network.stages.map(({ file }) => file);
    const unlisted = needed.find((file) => !Object.hasOwn(files, file));
    if (unlisted !== undefined) return `network ${i + 1} needs ${unlisted}, which is not among its files`;
    if (network.kind === 'ranet') continue;
    if (network.stages.length !== network.exits.length) {
      return `network ${i + 1} has ${network.stages.length} stages and ${network.exits.length} exits; each stage ends in one exit`;
    }
    const late = network.stages.flatMap(({ inputs }) => inputs).find((input) => (exitOf(input) ?? 0) > before[i]!);
    if (late !== undefined) return `network ${i + 1} reads ${late}, but there are only ${before[i]!} exits in the networks before it`;
  }
  return contradictionInCalibration(manifest);
}

function contradictionInCalibration(manifest: Manifest): string | null {
  const exits = manifest.networks.flatMap((network) => network.exits).length;
  const missing = Object.keys(calibration).filter((field) => manifest[field as keyof Calibration] === undefined);
  if (missing.length > 0 && missing.length < Object.keys(calibration).length)
    return `it is calibrated, but ${missing.join(', ')} is missing`;
  if (!isCalibrated(manifest)) return null;
  const wrong = (field: string, expected: number, found: number): string => `${field} has ${found} entries, expected ${expected}`;
  const { temperatures, milliseconds, presets } = manifest;
  if (temperatures.length !== exits) return wrong('temperatures', exits, temperatures.length);
  if (milliseconds.length !== exits) return wrong('milliseconds', exits, milliseconds.length);
  for (const [preset, thresholds] of Object.entries(presets)) {
    if (thresholds.length !== exits - 1) return wrong(`presets.${preset}`, exits - 1, thresholds.length);
  }
  return null;
}

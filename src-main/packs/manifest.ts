/** pack.json: the fields in which a pack says what it is. */
import * as v from 'valibot';
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

export const calibration = {
  temperatures: v.array(Positive), // one per exit, through all networks; so are milliseconds
  milliseconds: v.array(Milliseconds),
  presets: v.strictObject({
    saver: v.array(Threshold), // one per exit but the last
    balanced: v.array(Threshold),
    accurate: v.array(Threshold),
    full: v.array(Threshold),
  }),
  review: Share,
  calibration: v.strictObject({
    name: Text,
    split: v.nullable(Text),
    half: v.nullable(Text),
    photos: Count,
    rung: Text,
    margins: v.optional(v.array(NotNegative)), // one per network, in log-odds: what its thresholds were raised by, the last one's review too
  }),
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

const isMeasured = ([field]: readonly [string, unknown]): boolean => [...Object.keys(calibration), 'groupReview', 'curve'].includes(field);

/** What calibration put into a pack; empty where it is not calibrated. */
export const calibrationOf = (manifest: Manifest): Partial<Calibration> => Object.fromEntries(Object.entries(manifest).filter(isMeasured));

/** The same pack before it was calibrated. */
export const uncalibrated = (manifest: Manifest): Manifest =>
  Object.fromEntries(Object.entries(manifest).filter((entry) => !isMeasured(entry))) as Manifest;

/** The files that calibration puts beside the networks. */
export const calibrationFiles = ['calibration.tsv', 'curve.svg'] as const;

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

/**
 * The file that `packs import --config` takes: a RANet's configuration alone, or with a name and the preprocessing around it, as the
 * training writes it (`{name, config, preprocessing, …}`), and with what the pack says of itself to people. What only tells of the training is
 * left aside.
 */
import * as v from 'valibot';
import { PackError } from '../contract/errors.ts';
import { type RanetConfig, parseConfig } from '../ranet/index.ts';
import { Preprocessing } from './manifest.ts';

/** ImageNet's, which the authors' loader and most others use. */
const imagenet = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };

/** Of the pack, for people. */
const ForPeople = v.object({
  name: v.optional(v.string()),
  title: v.optional(v.string()),
  version: v.optional(v.string()),
  licence: v.optional(v.string()),
  source: v.optional(v.string()),
});
export type ForPeople = v.InferOutput<typeof ForPeople>;

const Around = v.object({
  ...ForPeople.entries,
  config: v.unknown(),
  preprocessing: v.optional(
    v.object({
      mean: v.optional(Preprocessing.entries.mean),
      std: v.optional(Preprocessing.entries.std),
      short: v.optional(v.number()),
      resize: v.optional(v.string()), // prose
    }),
    {},
  ),
});

export interface Description {
  readonly forPeople: ForPeople;
  readonly config: RanetConfig;
  readonly preprocessing: Preprocessing;
}

/**
 * @param value what JSON.parse made of the file
 * @param path for messages
 * @throws {PackError} `ranet-config` from the configuration, `config-file` from what is around it
 */
export function parseConfigFile(value: unknown, path: string): Description {
  const hasAround = typeof value === 'object' && value !== null && 'config' in value;
  const parsed = v.safeParse(Around, hasAround ? value : { config: value });
  if (!parsed.success) {
    const issue = parsed.issues[0];
    throw new PackError('config-file', `${path} is not as it must be at ${v.getDotPath(issue) ?? 'its top'}: ${issue.message}.`);
  }
  const { config: raw, preprocessing, ...forPeople } = parsed.output;
  const config = parseConfig(raw);
  const { mean = imagenet.mean, std = imagenet.std } = preprocessing;
  const short = shortSideOf(preprocessing) ?? config.inputSize;
  if (!Number.isInteger(short) || short < config.inputSize) {
    throw new PackError('config-file', `${path} brings the short side to ${short} pixels, but the network looks at ${config.inputSize}.`);
  }
  const around = { crop: 'centre', filter: 'lanczos3', transparent: 'white', mean, std } as const;
  return { forPeople, config, preprocessing: short === config.inputSize ? around : { short, ...around } };
}

/**
 * Pixels that the short side has before the crop. Trainings that crop from a larger picture tell so in a sentence only ("short side to
 * 36, …"), and without it the network would see a wider view than it was trained on.
 */
function shortSideOf({ short, resize = '' }: { short?: number | undefined; resize?: string | undefined }): number | null {
  if (short !== undefined) return short;
  const told = /\bshort side to (\d+)\b/.exec(resize)?.[1];
  return told === undefined ? null : Number(told);
}

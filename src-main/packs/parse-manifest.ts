/**
 * pack.json from a file to a manifest that can be relied on: of a known format, in shape, and without a contradiction between its parts.
 * Whether the files beside it are the ones it was written for is asked when they are read.
 */
import * as v from 'valibot';
import { PackError } from '../contract/errors.ts';
import { type Calibration, Manifest, calibration, exitOf, exitsBefore, format, isCalibrated } from './manifest.ts';

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
  if (contradiction !== null) throw new PackError('pack-invalid', `pack.json in ${where} contradicts itself: ${short(contradiction)}.`);
  return manifest;
}

/** @throws {PackError} `pack-invalid`, naming the first field that is not as the schema has it */
export function parseAs<T extends v.GenericSchema>(schema: T, value: unknown, what: string): v.InferOutput<T> {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return parsed.output;
  const issue = parsed.issues[0];
  const field = v.getDotPath(issue);
  throw new PackError(
    'pack-invalid',
    `${what} is not as it must be${field === null ? '' : ` at ${short(field)}`}: ${short(issue.message)}.`,
  );
}

/** Names and values in it are the file's own words, and may be as long as the file. */
const short = (words: string): string => (words.length > 300 ? `${words.slice(0, 300)}…` : words);

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
  if (missing.length > 0 && missing.length < Object.keys(calibration).length) return `it is calibrated, but lacks ${missing.join(', ')}`;
  if (!isCalibrated(manifest)) return null;
  const wrong = (field: string, expected: number, found: number): string => `the number of ${field} is ${found}, expected ${expected}`;
  const { temperatures, milliseconds, presets, calibration: on, networks } = manifest;
  if (temperatures.length !== exits) return wrong('temperatures', exits, temperatures.length);
  if (milliseconds.length !== exits) return wrong('milliseconds', exits, milliseconds.length);
  if (on.margins && on.margins.length !== networks.length) return wrong('margins', networks.length, on.margins.length);
  for (const [preset, thresholds] of Object.entries(presets)) {
    if (thresholds.length !== exits - 1) return wrong(`thresholds of ${preset}`, exits - 1, thresholds.length);
  }
  return null;
}

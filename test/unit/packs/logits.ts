/** A pack's logits for given pictures, by real sessions, stage by stage; and what the training code says that they must be. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadNetworks } from '../../../src-main/network/sessions.ts';
import { runStaged } from '../../../src-main/network/staged.ts';
import type { Pack } from '../../../src-main/packs/index.ts';

export const shared = fileURLToPath(new URL('../../../../shared', import.meta.url));
export const fixtures = fileURLToPath(new URL('../../fixtures/packs', import.meta.url));

export interface Expected {
  readonly macs: number[];
  readonly photos: { readonly rgbBase64: string; readonly logits: number[][] }[];
}

export const expectedOf = (path: string): Expected => JSON.parse(readFileSync(path, 'utf8')) as Expected;

/** The pictures as they come from the reader: RGB bytes, one behind the other. */
export const picturesOf = ({ photos }: Expected): Uint8Array =>
  Buffer.concat(photos.map(({ rgbBase64 }) => Buffer.from(rgbBase64, 'base64')));

/**
 * Every photo through every network, nobody leaves early.
 *
 * @param pictures per network of the pack
 * @returns per photo, per exit of the pack
 */
export async function logitsOf(pack: Pack, pictures: readonly Uint8Array[]): Promise<number[][][]> {
  const { networks } = await loadNetworks(pack.networks, 'cpu', 1);
  const features: Record<string, Float32Array> = {};
  let logits: number[][][] = [];
  for (const [network, loaded] of networks.entries()) {
    const { side, stages } = pack.networks[network]!;
    const photos = pictures[network]!.length / (3 * side * side);
    const { photos: ran } = await runStaged(loaded, {
      network,
      photos,
      pictures: pictures[network]!,
      features: Object.fromEntries(pack.needs[network]!.map((name) => [name, features[name]!])),
      thresholds: stages.map(() => 2),
      want: { features: pack.featuresNeeded, logits: true },
    });
    logits = ran.map((photo, i) => [...(logits[i] ?? []), ...photo.logits.map((z) => [...z])]);
    for (const name of Object.keys(ran[0]!.features)) {
      features[name] = Float32Array.from(ran.flatMap((photo) => [...photo.features[name]!]));
    }
  }
  return logits;
}

/** Largest difference of any logit, as a share of the largest logit at that exit of that photo. */
export function difference(found: readonly number[][][], expected: readonly (readonly number[][])[]): number {
  if (found.length !== expected.length) return Infinity;
  const each = expected.flatMap((exits, photo) => exits.map((logits, exit) => relative(found[photo]![exit] ?? [], logits)));
  return Math.max(...each);
}

function relative(found: readonly number[], expected: readonly number[]): number {
  if (found.length !== expected.length) return Infinity;
  const largest = Math.max(...expected.map(Math.abs));
  return Math.max(...expected.map((z, i) => Math.abs(z - found[i]!))) / largest;
}

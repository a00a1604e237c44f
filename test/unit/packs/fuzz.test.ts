/** Packs gone wrong, by the thousand: pack.json and the header of a safetensors file are understood, or refused in a sentence. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PackError } from '../../../src-main/contract/errors.ts';
import { parseManifest } from '../../../src-main/packs/parse-manifest.ts';
import { readSafetensors, writeSafetensors } from '../../../src-main/packs/safetensors.ts';
import { parseConfig, tensorsOf } from '../../../src-main/ranet/index.ts';
import { type Random, fuzz, mutated } from '../fuzz.ts';
import { photos32, photos64 } from './fixture-packs.ts';

const manifests = [photos32, photos64].map((folder) => readFileSync(join(folder, 'pack.json'), 'utf8'));

function understoodOrRefused<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof PackError)) throw error;
    expect(error.message).toMatch(/^\S[^\0]{10,800}\.$/);
    return null;
  }
}

const odd: readonly (() => unknown)[] = [
  () => null,
  () => -1,
  () => 0,
  () => 1e308,
  () => 2 ** 53,
  () => 0.5,
  () => '',
  () => '../../etc/passwd',
  () => 'C:\\Windows',
  () => 'con.onnx',
  () => 'x'.repeat(20_000),
  () => [],
  () => ({}),
  () => new Array<number>(1000).fill(1),
  () => JSON.parse('{"__proto__":{"side":64},"constructor":1}') as unknown,
];

/** One to four values of it replaced, left out, or put in another's place. */
function spoilt(text: string, random: Random): unknown {
  const root = { value: JSON.parse(text) as unknown };
  for (let faults = 1 + random(4); faults > 0; faults--) {
    let [parent, key] = [root as Record<string, unknown>, 'value'];
    for (let depth = random(8); depth >= 0; depth--) {
      const below = parent[key];
      if (typeof below !== 'object' || below === null || Object.keys(below).length === 0) break;
      const keys = Object.keys(below);
      [parent, key] = [below as Record<string, unknown>, keys[random(keys.length)]!];
    }
    if (random(5) === 0) Reflect.deleteProperty(parent, key);
    else parent[key] = odd[random(odd.length)]!();
  }
  return root.value;
}

describe('a pack.json gone wrong', () => {
  it('is understood or refused in a sentence, and names no file outside its folder', async () => {
    let understood = 0;
    await fuzz(1000, (random) => {
      const manifest = understoodOrRefused(() => parseManifest(spoilt(manifests[random(2)]!, random), '/pack'));
      if (manifest === null) return;
      understood++;
      for (const file of Object.keys(manifest.files)) expect(file).toMatch(/^[A-Za-z0-9_-][A-Za-z0-9_. -]*$/);
      for (const network of manifest.networks) {
        if (network.kind === 'ranet') understoodOrRefused(() => tensorsOf(parseConfig(network.config)));
      }
    });
    expect(understood).toBeGreaterThan(10);
  });

  it('with a configuration gone wrong is built or refused in a sentence', async () => {
    const config = JSON.stringify((JSON.parse(manifests[0]!) as { networks: { config: unknown }[] }).networks[0]!.config);
    await fuzz(1500, (random) => understoodOrRefused(() => tensorsOf(parseConfig(spoilt(config, random)))));
  });
});

describe('a safetensors file gone wrong', () => {
  const sound = Buffer.from(
    writeSafetensors(
      new Map([
        ['a', { shape: [2, 3], data: Float32Array.of(1, -2, 0.1, 1e-30, 3e38, 0) }],
        ['b.bias', { shape: [2], data: Float32Array.of(0.25, -0.5) }],
      ]),
    ),
  );

  it('is read to tensors that fill their shapes, or refused in a sentence', async () => {
    let read = 0;
    await fuzz(6000, (random) => {
      const weights = understoodOrRefused(() => readSafetensors(mutated(sound, [sound], random), 'w.safetensors'));
      if (weights === null) return;
      read++;
      for (const { shape, data } of weights.values()) expect(data).toHaveLength(shape.reduce((a, b) => a * b, 1));
    });
    expect(read).toBeGreaterThan(10);
  });

  it('by tensors that all name the same megabyte is refused before one is copied', () => {
    const names = Array.from({ length: 20_000 }, (_, i) => `"${i}":{"dtype":"F32","shape":[262144],"data_offsets":[0,1048576]}`);
    const header = Buffer.from(`{${names.join(',')}}`);
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(header.length));
    const file = Buffer.concat([length, header, Buffer.alloc(1_048_576)]); // 20 GB of tensors in 2 MB
    expect(() => readSafetensors(file, 'w.safetensors')).toThrow('"1" begins at byte 0 of the values, the one before it ends at 1048576.');
  });
});

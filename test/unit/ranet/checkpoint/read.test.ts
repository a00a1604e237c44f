import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readCheckpoint } from '../../../../src-main/ranet/checkpoint/index.ts';
import type { Weights } from '../../../../src-main/ranet/weights.ts';

const fixtures = fileURLToPath(new URL('../../../fixtures/checkpoints/', import.meta.url));
const shared = fileURLToPath(new URL('../../../../../shared/', import.meta.url));

type Plain = Record<string, { shape: readonly number[]; data: number[] }>;
const expected = JSON.parse(readFileSync(`${fixtures}expected.json`, 'utf8')) as Record<'training' | 'views', Plain>;

const plain = (weights: Weights): Plain =>
  Object.fromEntries(Array.from(weights, ([name, { shape, data }]) => [name, { shape, data: Array.from(data) }]));

describe('a checkpoint of the training', () => {
  it.each(['training', 'training-legacy', 'training-protocol4', 'training-protocol4-legacy', 'training-deflated'])(
    '%s gives the weights without "module." and counters, and the labels',
    async (name) => {
      const { weights, labels } = await readCheckpoint(`${fixtures}${name}.pth.tar`);
      expect(plain(weights)).toEqual(expected.training);
      expect([...weights.keys()]).toEqual(Object.keys(expected.training));
      expect(labels).toEqual(['cats', 'dogs']);
    },
  );
});

describe('a bare state dictionary', () => {
  it.each(['views', 'views-legacy'])('%s gives tensors that share storages, in row-major float32 whatever they were', async (name) => {
    const { weights, labels } = await readCheckpoint(`${fixtures}${name}.pth.tar`);
    expect(plain(weights)).toEqual(expected.views);
    expect(labels).toBeNull();
  });

  it('takes the memory of a shared storage once', async () => {
    const { weights } = await readCheckpoint(`${fixtures}views.pth.tar`);
    expect(weights.get('part')!.data.buffer).toBe(weights.get('whole')!.data.buffer);
  });
});

describe('what is no state dictionary', () => {
  it.each(['whole-network', 'whole-network-legacy'])('%s is refused by the name of its class', async (name) => {
    await expect(readCheckpoint(`${fixtures}${name}.pth.tar`)).rejects.toThrow(
      'The checkpoint is a `__main__.Network`; expected a dictionary with a state_dict in it.',
    );
  });

  it('is refused when it was written on a big-endian computer', async () => {
    await expect(readCheckpoint(`${fixtures}big-endian.pth.tar`)).rejects.toThrow(
      'The checkpoint\'s numbers are stored in byte order "big"; Squint reads "little" only.',
    );
  });
});

describe.skipIf(!existsSync(`${shared}checkpoints`))('the interim checkpoints', () => {
  it.each([
    ['photos64-interim', 'photos64-interim'],
    ['photos32-interim', 'photos32-interim'],
    ['photos32-interim', 'photos32-interim-legacy'],
  ])('%s: %s has as many classes as its configuration, and no tensor but with a shape that its data fills', async (name, file) => {
    const { config } = JSON.parse(readFileSync(`${shared}checkpoints/${name}.config.json`, 'utf8')) as { config: { numClasses: number } };
    const { weights, labels } = await readCheckpoint(`${shared}checkpoints/${file}.pth.tar`);
    expect(labels).toHaveLength(config.numClasses);
    for (const { shape, data } of weights.values()) expect(data).toHaveLength(shape.reduce((a, b) => a * b, 1));
  });

  it('photos32 has the tensors of its golden file in their order, the same in both forms', async () => {
    const golden = JSON.parse(readFileSync(`${shared}ranet/golden-photos32.json`, 'utf8')) as { tensors: [string, number[]][] };
    const [zip, stream] = await Promise.all(
      ['', '-legacy'].map((form) => readCheckpoint(`${shared}checkpoints/photos32-interim${form}.pth.tar`)),
    );
    const named = golden.tensors
      .filter(([name]) => !name.endsWith('num_batches_tracked'))
      .map(([name, shape]) => [name, name.includes('.linear.') ? [26, ...shape.slice(1)] : shape]); // the golden network has 20 classes
    expect(Array.from(zip!.weights, ([name, { shape }]) => [name, shape])).toEqual(named);
    for (const [name, { data }] of zip!.weights) expect(Buffer.compare(bytesOf(data), bytesOf(stream!.weights.get(name)!.data))).toBe(0);
    expect(stream!.weights.size).toBe(zip!.weights.size);
  });
});

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array): Buffer => Buffer.from(buffer, byteOffset, byteLength);

import { beforeAll, describe, expect, it } from 'vitest';
import { type LoadedNetwork, loadNetworks } from '../../../src-main/network/sessions.ts';
import { runStaged } from '../../../src-main/network/staged.ts';
import { brightnessNetwork, lookAgainNetwork } from './graphs.ts';

// Photos of one grey pixel; with mean 0 and std 1/255 a byte enters as itself, so exit 1 has logits [0, v] and exit 2 [0, 10 v].
const grey = (...values: number[]): Uint8Array => Uint8Array.from(values.flatMap((v) => [v, v, v]));
const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));
const nothing = { features: [], logits: false };

describe('a staged run', () => {
  let network: LoadedNetwork;
  let closer: LoadedNetwork;
  beforeAll(async () => {
    const { networks } = await loadNetworks([brightnessNetwork(), lookAgainNetwork('exit2.features', 3)], 'cpu', 1);
    [network, closer] = networks as [LoadedNetwork, LoadedNetwork];
  });

  it('lets a photo leave at the first exit that is sure and runs the next stage for the others only', async () => {
    const { photos, stages } = await runStaged(network, {
      network: 0,
      photos: 4,
      pictures: grey(0, 1, 3, 2),
      features: {},
      thresholds: [0.9, 0.99],
      want: nothing,
    });
    expect(photos.map(({ guesses, left }) => [guesses.length, left])).toEqual([
      [2, false],
      [2, true],
      [1, true],
      [2, true],
    ]);
    expect(stages.map((stage) => stage.photos)).toEqual([4, 3]);
    expect(photos[2]!.guesses[0]!.top[0]).toEqual({ collection: 'bright', confidence: expect.closeTo(sigmoid(3), 6) as number });
    expect(photos[3]!.guesses[1]!.top[0]!.confidence).toBeCloseTo(sigmoid(20), 6);
  });

  it('keeps each survivor with its own rows when the batch is compacted', async () => {
    const { photos } = await runStaged(network, {
      network: 0,
      photos: 5,
      pictures: grey(9, 1, 9, 0, 2),
      features: {},
      thresholds: [0.95, 2],
      want: { features: [1, 2], logits: true },
    });
    expect(photos.map(({ logits }) => logits.map((z) => z[1]))).toEqual([[9], [1, 10], [9], [0, 0], [2, 20]]);
    expect(photos[4]!.features).toEqual({ 'exit1.features': Float32Array.of(2), 'exit2.features': Float32Array.of(2) });
    expect(photos[0]!.features).toEqual({ 'exit1.features': Float32Array.of(9) });
  });

  it('lets a confidence equal to the threshold leave', async () => {
    const run = (threshold: number) =>
      runStaged(network, { network: 0, photos: 1, pictures: grey(2), features: {}, thresholds: [threshold, 2], want: nothing });
    const confidence = (await run(2)).photos[0]!.guesses[0]!.top[0]!.confidence;
    expect((await run(confidence)).photos[0]!.left).toBe(true);
    expect((await run(confidence + 1e-7)).photos[0]!.left).toBe(false);
  });

  it("divides the logits by the exit's own temperature before it decides", async () => {
    const plan = brightnessNetwork();
    const stages = plan.stages.map((stage, i) => ({
      ...stage,
      exits: stage.exits.map((exit) => ({ ...exit, temperature: i === 0 ? 4 : 0.5 })),
    }));
    const { networks } = await loadNetworks([{ ...plan, stages }], 'cpu', 1);
    const run = { network: 0, photos: 1, pictures: grey(2), features: {}, thresholds: [sigmoid(1), 2], want: nothing };
    const [photo] = (await runStaged(networks[0]!, run)).photos;
    expect(photo!.guesses.map(({ top }) => top[0]!.confidence)).toEqual([
      expect.closeTo(sigmoid(2 / 4), 6),
      expect.closeTo(sigmoid(20 / 0.5), 6),
    ]);
  });

  it('feeds feature vectors of an earlier network to a later one', async () => {
    const { photos } = await runStaged(closer, {
      network: 1,
      photos: 2,
      pictures: grey(0, 0),
      features: { 'exit2.features': Float32Array.of(4, 5) },
      thresholds: [0],
      want: { features: [], logits: true },
    });
    expect(photos.map(({ logits }) => logits[0]![1])).toEqual([4, 5]);
  });

  it('takes float32 as it enters the network, without preparing it again', async () => {
    const pictures = Float32Array.of(0.25, 0.25, 0.25);
    const { photos } = await runStaged(network, {
      network: 0,
      photos: 1,
      pictures,
      features: {},
      thresholds: [2, 2],
      want: { features: [], logits: true },
    });
    expect(photos[0]!.logits[0]![1]).toBeCloseTo(0.25, 6);
  });

  it('prepares bytes channel by channel with one float32 rounding per step', async () => {
    const plan = { ...brightnessNetwork(), mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };
    const { networks } = await loadNetworks([plan], 'cpu', 1);
    const { photos } = await runStaged(networks[0]!, {
      network: 0,
      photos: 1,
      pictures: Uint8Array.of(255, 0, 128),
      features: {},
      thresholds: [2, 2],
      want: { features: [1], logits: false },
    });
    const expected = ((1 - 0.485) / 0.229 + (0 - 0.456) / 0.224 + (128 / 255 - 0.406) / 0.225) / 3;
    expect(photos[0]!.features['exit1.features']![0]).toBeCloseTo(expected, 5);
  });
});

describe('a provider that is not there', () => {
  it('is replaced by the cpu, with the reason', async () => {
    const { provider, note } = await loadNetworks([brightnessNetwork()], 'abacus', 1);
    expect(provider).toBe('cpu');
    expect(note).toMatch(/^abacus is not built in on this system \(there are cpu, .*\), so the cpu is used$/);
  });

  it.skipIf(process.platform !== 'linux')('[other system] is replaced too where its libraries are missing', async () => {
    const { provider, note } = await loadNetworks([brightnessNetwork()], 'cuda', 1);
    expect(provider).toBe('cpu');
    expect(note).toMatch(/^cuda could not start \([^/]*Failed to load shared library\), so the cpu is used$/);
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import { Inference, type InferenceOptions } from '../../../src-main/engine/inference.ts';
import { setTimeout as after } from 'node:timers/promises';
import { brightnessNetwork, lookAgainNetwork } from '../network/graphs.ts';

const options: InferenceOptions = {
  networks: [brightnessNetwork(), lookAgainNetwork('exit2.features', 3)],
  provider: 'cpu',
  want: { features: [2], logits: true },
};
const thresholds = [0.9, 2];
const grey = (v: number) => ({ picture: Uint8Array.of(v, v, v), features: {}, thresholds });

const until = async (what: () => boolean): Promise<void> => {
  while (!what()) await after(10);
};

describe('inference', () => {
  let inference: Inference;
  afterEach(() => inference.close());

  it('gives each photo of many its own answer', async () => {
    inference = new Inference(options);
    const values = Array.from({ length: 100 }, (_, i) => i % 5);
    const ran = await Promise.all(values.map((v) => inference.look(0, grey(v))));
    expect(ran.map(({ logits }) => logits[0]![1])).toEqual(values);
    expect(ran.map(({ left }) => left)).toEqual(values.map((v) => v >= 3));
  });

  it('holds each photo to its own thresholds', async () => {
    inference = new Inference(options);
    const strict = [2, 2];
    const looks = Array.from({ length: 40 }, (_, i) => inference.look(0, { ...grey(4), thresholds: i % 3 === 0 ? strict : thresholds }));
    expect((await Promise.all(looks)).map(({ left }) => left)).toEqual(Array.from({ length: 40 }, (_, i) => i % 3 !== 0));
  });

  it.each([
    [64, 16],
    [224, 4],
  ])('looks at pictures of %i pixels at most %i at a time, so that large ones take no more memory', async (side, most) => {
    const program = new URL('../../fixtures/children/network.ts', import.meta.url); // a batch takes it one millisecond, however many there are
    inference = new Inference({ ...options, networks: [{ ...brightnessNetwork(), side }], program });
    const ran = await Promise.all(Array.from({ length: 64 }, () => inference.look(0, grey(1))));
    expect(Math.max(...ran.map(({ cpuMs }) => Math.round(1 / cpuMs[0]!)))).toBe(most);
  });

  it('carries feature vectors from one network to the next', async () => {
    inference = new Inference(options);
    const { features, left } = await inference.look(0, grey(1));
    expect(left).toBe(false);
    const { logits } = await inference.look(1, { picture: Uint8Array.of(0, 0, 0), features, thresholds: [0] });
    expect(logits[0]![1]).toBe(1);
  });

  it('loses no photo when the child is killed', async () => {
    inference = new Inference(options);
    await inference.ready;
    const looks = Array.from({ length: 300 }, (_, i) => inference.look(0, grey(i % 3)));
    for (let i = 0; i < 3; i++) {
      await looks[i * 10];
      process.kill(inference.pid!, 'SIGKILL');
    }
    expect((await Promise.all(looks)).map(({ logits }) => logits[0]![1])).toEqual(Array.from({ length: 300 }, (_, i) => i % 3));
  });

  it('is given more kills from outside than it would be allowed crashes', async () => {
    inference = new Inference(options);
    const look = inference.look(0, grey(1));
    for (let kills = 0, last: number | null = null; kills < 12; await new Promise(setImmediate)) {
      if (inference.pid === null || inference.pid === last) continue;
      last = inference.pid;
      process.kill(last, 'SIGKILL');
      kills += 1;
    }
    expect((await look).logits[0]![1]).toBe(1);
  });

  it('goes on with the cpu where a provider crashes, and says why', async () => {
    const program = new URL('../../fixtures/children/network.ts', import.meta.url);
    inference = new Inference({ ...options, provider: 'cuda', program });
    expect(await inference.ready).toEqual({ provider: 'cuda', note: null, available: ['cpu', 'cuda'] });
    await Promise.all(Array.from({ length: 40 }, (_, i) => inference.look(0, grey(i))));
    expect(inference.note).toBe("cuda made the network's process crash, so the cpu is used");
  });

  it('ends the child that nobody asks, and starts another for the next photo', async () => {
    inference = new Inference({ ...options, idleMs: 50 });
    await inference.look(0, grey(1));
    const first = inference.pid;
    await until(() => inference.pid === null);
    expect((await inference.look(0, grey(2))).logits[0]![1]).toBe(2);
    expect(inference.pid).not.toBe(first);
  });

  it('keeps no program from ending once it is closed, though more is asked of it', async () => {
    inference = new Inference(options);
    await inference.ready;
    const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    const before = timers();
    const asked = inference.look(0, grey(1)).then(() => inference.look(0, grey(1))); // the first is still answered
    const refused = expect(asked).rejects.toThrow('The networks are not in use any more.');
    await inference.close();
    await refused;
    expect(timers()).toBe(before);
  });

  it('shares the time of a batch among its photos', async () => {
    inference = new Inference(options);
    const ran = await inference.look(0, grey(1));
    expect(ran.cpuMs).toHaveLength(2);
    expect(ran.cpuMs.every((ms) => ms >= 0)).toBe(true);
  });

  it('tells who waits when a graph does not run', async () => {
    const [stage] = brightnessNetwork().stages;
    inference = new Inference({ ...options, networks: [{ ...brightnessNetwork(), stages: [{ ...stage!, inputs: ['nowhere'] }] }] });
    await expect(inference.look(0, grey(1))).rejects.toThrow('The network could not run: no earlier stage gave the tensor "nowhere"');
  });

  it('tells who waits when a model cannot be loaded', async () => {
    const [stage] = brightnessNetwork().stages;
    inference = new Inference({
      ...options,
      networks: [{ ...brightnessNetwork(), stages: [{ ...stage!, model: Uint8Array.of(1, 2, 3) }] }],
    });
    await expect(inference.look(0, grey(1))).rejects.toMatchObject({
      code: 'network-failed',
      hint: 'The pack may be damaged: squint packs verify tells.',
    });
  });
});

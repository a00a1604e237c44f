import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FileError, PackError, SquintError } from '../../../../src-main/contract/errors.ts';
import { readCheckpoint } from '../../../../src-main/ranet/checkpoint/index.ts';
import { archive, call, dict, list, op, pickle, stream, tensor, tuple, zip } from './made.ts';

const fixtures = fileURLToPath(new URL('../../../fixtures/checkpoints/', import.meta.url));
const two = Buffer.from(Float32Array.of(1, 2).buffer);
const repeat = (n: number, ...parts: Buffer[]): Buffer => Buffer.alloc(n * Buffer.concat(parts).length, Buffer.concat(parts));

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'squint checkpoint '));
});
afterAll(() => rmSync(folder, { recursive: true }));

const file = (bytes: Buffer | string): string => {
  const path = join(folder, 'made.pth.tar');
  writeFileSync(path, bytes);
  return path;
};
const reading = (bytes: Buffer | string): Promise<unknown> => readCheckpoint(file(bytes));
const state = (stateDict: Buffer, more: Record<string, Buffer> = {}): Buffer => dict({ state_dict: stateDict, ...more });
const system = call('os', 'system', op.text('touch /tmp/harm'));

describe('a file that is no checkpoint', () => {
  it.each<[string, Buffer | string, string]>([
    ['an empty file', '', 'made.pth.tar is empty; expected a checkpoint that torch.save wrote.'],
    [
      'a picture',
      Buffer.from('ffd8ffe000104a46494600010100', 'hex'),
      'made.pth.tar is a file of type image/jpeg; expected a checkpoint that torch.save wrote.',
    ],
    [
      'a text file',
      'Hello, this is no checkpoint.',
      'made.pth.tar is of a kind unknown to Squint (it begins with 48656c6c6f2c2074); expected a checkpoint that torch.save wrote.',
    ],
    ['another pickle', pickle(op.int(7)), "The file is a pickle, but none of torch.save: it does not begin with PyTorch's magic number."],
    [
      'another archive',
      zip([{ name: 'a.txt', data: two }]),
      'The file is a zip archive without a data.pkl, so torch.save did not write it.',
    ],
  ])('%s is refused as what it is', async (_, bytes, message) => {
    const refusal = expect(reading(bytes)).rejects;
    await refusal.toThrow(PackError);
    await refusal.toThrow(message);
    await refusal.toMatchObject({ code: 'checkpoint-unknown', hint: expect.stringContaining('torch.save') as string });
  });

  it('a folder is refused by name', async () => {
    const path = join(folder, 'save_models');
    mkdirSync(path);
    const refusal = expect(readCheckpoint(path)).rejects;
    await refusal.toThrow(FileError);
    await refusal.toThrow(`${path} is a folder; a checkpoint is a file that torch.save wrote.`);
  });

  it('a missing file is named', async () => {
    const refusal = expect(readCheckpoint(join(folder, 'none'))).rejects;
    await refusal.toThrow(FileError);
    await refusal.toThrow(`There is no file ${join(folder, 'none')}.`);
  });
});

describe('a function in the pickle', () => {
  const weights = dict({ a: tensor() });

  it.each<[string, Buffer, string]>([
    ['in place of a tensor', state(dict({ a: system })), 'The checkpoint\'s state_dict holds a `os.system` under "a"; expected a tensor.'],
    [
      'in place of a counter',
      state(dict({ num_batches_tracked: system })),
      'a `os.system` under "num_batches_tracked"; expected a tensor.',
    ],
    ['in place of the state_dict', state(system), "The checkpoint's state_dict is a `os.system`; expected a dictionary of tensors."],
    ['not even called', state(dict({ a: op.global('os', 'system') })), 'a `os.system` under "a"; expected a tensor.'],
    [
      'behind a tensor',
      state(dict({ a: tensor({ extra: system }) })),
      'The tensor "a" in the checkpoint\'s state_dict comes with a `os.system`; expected none but its numbers.',
    ],
    ['in place of the labels', state(weights, { labels: system }), "The checkpoint's labels are a `os.system`; expected a list of names."],
    [
      'among the labels',
      state(weights, { labels: list(op.text('cats'), system) }),
      "The checkpoint's labels hold a `os.system` at place 1; expected a name.",
    ],
    ['in place of everything', system, 'The checkpoint is a `os.system`; expected a dictionary with a state_dict in it.'],
  ])('%s is refused by name', async (_, root, message) => {
    await expect(reading(stream(root, { 0: two }))).rejects.toThrow(message);
    await expect(reading(archive(root, { 0: two }))).rejects.toThrow(message);
  });

  it('beside weights and labels does no harm', async () => {
    const root = state(weights, { optimizer: system, args: list(system) });
    for (const bytes of [stream(root, { 0: two }), archive(root, { 0: two })]) {
      const { weights: read } = await readCheckpoint(file(bytes));
      expect(Array.from(read.get('a')!.data)).toEqual([1, 2]);
    }
  });

  it('of any length is named in a sentence', async () => {
    const root = state(dict({ a: call('x'.repeat(100_000), 'y') }));
    const error = await readCheckpoint(file(stream(root))).catch((e: unknown) => e as SquintError);
    expect((error as SquintError).message.length).toBeLessThan(300);
  });
});

describe('a tensor that does not fit', () => {
  const one = (said: Parameters<typeof tensor>[0]): Buffer => state(dict({ 'module.a': tensor(said) }));

  it.each<[string, Buffer, string, string?]>([
    [
      'reaches past its storage',
      one({ shape: [3] }),
      'The tensor "module.a" of shape [3] reaches element 2 of storage "0", which has 2 elements.',
    ],
    [
      'begins past its storage',
      one({ offset: 2, shape: [], strides: [] }),
      'of shape [] reaches element 2 of storage "0", which has 2 elements.',
    ],
    [
      'is larger than numbers go',
      one({ shape: new Array<number>(8).fill(2 ** 31 - 1), strides: new Array<number>(8).fill(1) }),
      'which has 2 elements.',
    ],
    [
      'has a negative stride',
      one({ offset: 1, strides: [-1] }),
      'The tensor "module.a" lacks a storage, an offset, or sizes and strides of one length.',
    ],
    ['has a negative size', one({ shape: [-2] }), 'The tensor "module.a" lacks a storage, an offset, or sizes and strides of one length.'],
    [
      'has sizes without strides',
      one({ shape: [1, 2] }),
      'The tensor "module.a" lacks a storage, an offset, or sizes and strides of one length.',
    ],
    [
      'has a storage longer than stored',
      one({ stored: 3 }),
      'Storage "0" of the checkpoint has 8 bytes; its tensors expect 12.',
      'The checkpoint is cut off: its storages end at byte 206, but the file has 202 bytes.',
    ],
    [
      'has a storage of more elements than it uses',
      one({ stored: 1, shape: [1] }),
      'In the checkpoint\'s zip archive "made/data/0" has 8 bytes; at most 4 are expected.',
      'Storage "0" of the checkpoint has 2 elements; its tensors expect 1.',
    ],
    [
      'has a storage that is not there',
      one({ key: '../0' }),
      'The checkpoint\'s zip archive lacks "made/data/../0".',
      'The checkpoint lists a storage that nothing refers to, so those after it cannot be found.',
    ],
    [
      'is made of integers',
      one({ kind: 'LongStorage', stored: 1, shape: [1] }),
      'The tensor "module.a" is stored as torch.LongStorage; expected float32, float16, bfloat16 or float64.',
    ],
    [
      'is made of something unknown',
      one({ kind: 'QInt8Storage' }),
      'Storage "0" is a "torch.QInt8Storage", of which Squint does not know how long its elements are.',
    ],
    [
      'has a name twice',
      state(dict({ a: tensor(), 'module.a': tensor() })),
      'The checkpoint\'s state_dict holds the tensor "a" twice, with and without "module.".',
    ],
    ['is none', state(op.emptyDict), "The checkpoint's state_dict holds no tensor."],
    ['is a number', dict({ epoch: op.int(3) }), 'The checkpoint\'s state_dict holds a number under "epoch"; expected a tensor.'],
  ])('%s', async (_, root, inArchive, inStream = inArchive) => {
    await expect(reading(archive(root, { 0: two }))).rejects.toThrow(inArchive);
    await expect(reading(stream(root, { 0: two }))).rejects.toThrow(inStream);
    await expect(reading(stream(root, { 0: two }))).rejects.toThrow(PackError);
  });
});

describe('a bomb ends soon, in little memory', () => {
  const mega = 2 ** 20;
  const weights = { state_dict: dict({ a: tensor() }) };

  it.each<[string, () => Buffer, string]>([
    [
      'lists in lists',
      () => stream(Buffer.concat([repeat(400_000, op.emptyList), repeat(399_999, op.append)])),
      'The checkpoint is a list',
    ],
    [
      'more dictionaries than work is allowed',
      () => stream(repeat(2 * mega, op.emptyDict)),
      "The checkpoint's pickle takes more than 1000000 steps",
    ],
    [
      'a dictionary copied again and again',
      () => {
        const pairs = list(repeat(100_000, tuple(op.int(1), op.int(2))));
        const copy = Buffer.concat([op.global('collections', 'OrderedDict'), op.mark, op.get(0), op.tuple, op.reduce]);
        return stream(Buffer.concat([pairs, op.put(0), repeat(100_000, copy)]));
      },
      "The checkpoint's pickle takes more than 1000000 steps",
    ],
    ['a list that holds itself', () => stream(Buffer.concat([op.emptyList, op.put(0), op.get(0), op.append])), 'The checkpoint is a list'],
    [
      'a parameter that is its own tensor',
      () => {
        const drop = Buffer.from('0');
        const args = [op.emptyList, op.put(0), drop];
        const parameter = [op.global('torch._utils', '_rebuild_parameter'), op.get(0), op.reduce, op.put(1), drop];
        const loop = [op.get(0), op.get(1), op.append, drop];
        return stream(dict({ a: Buffer.concat([...args, ...parameter, ...loop, op.get(1)]) }));
      },
      'holds a `torch._utils._rebuild_parameter` under "a"; expected a tensor.',
    ],
    [
      'a whole number of megabytes',
      () => stream(Buffer.from([0x8b, 0, 0, 16, 0])),
      "The checkpoint's pickle has a whole number of 1048576 bytes; at most 256 are read.",
    ],
    [
      'a string longer than the file',
      () => stream(Buffer.from([0x58, 255, 255, 255, 255])),
      "The checkpoint's pickle wants 4294967295 bytes",
    ],
    [
      'a string longer than numbers go',
      () => stream(Buffer.from([0x8d, 255, 255, 255, 255, 255, 255, 255, 255])),
      "The checkpoint's pickle wants 18446744073709552000 bytes",
    ],
    [
      'an element repeated to gigabytes',
      () => stream(state(dict({ a: tensor({ shape: [2 ** 15, 2 ** 15], strides: [0, 0] }) })), { 0: two }),
      "The checkpoint's weights would take more than",
    ],
    [
      'a million tensors from one storage',
      () => {
        const many = Buffer.concat(Array.from({ length: 3000 }, (_, i) => Buffer.concat([op.text(String(i)), op.get(0)])));
        const large = tensor({ shape: [2 ** 15], strides: [0] });
        return stream(state(Buffer.concat([op.emptyDict, op.mark, op.text('a'), large, op.put(0), many, op.setItems])), { 0: two });
      },
      "The checkpoint's weights would take more than",
    ],
    [
      'a pickle of zeros',
      () => zip([{ name: 'a/data.pkl', data: Buffer.alloc(80 * mega), deflate: true }]),
      '"a/data.pkl" has 83886080 bytes; at most 67108864 are expected.',
    ],
    [
      'a storage of zeros',
      () =>
        zip([
          { name: 'a/data.pkl', data: pickle(dict({ a: tensor({ stored: 32 * mega, shape: [1] }) })) },
          { name: 'a/data/0', data: Buffer.alloc(128 * mega), deflate: true },
        ]),
      "The checkpoint's weights would take more than",
    ],
    [
      'a storage that unpacks to more than it says',
      () =>
        zip([
          { name: 'a/data.pkl', data: pickle(dict(weights)) },
          { name: 'a/data/0', data: Buffer.alloc(mega), deflate: true, says: 8 },
        ]),
      "The checkpoint's zip archive cannot be read: Cannot create a Buffer larger than 8 bytes.",
    ],
    [
      'files that overlap',
      () =>
        zip([
          { name: 'a/data.pkl', data: pickle(dict(weights)) },
          { name: 'a/data/0', data: two, at: 0 },
        ]),
      'In the checkpoint\'s zip archive "a/data/0" begins at byte 0, before the file before it ends.',
    ],
    [
      'a file that is there twice',
      () =>
        zip([
          { name: 'a/data.pkl', data: two },
          { name: 'a/data.pkl', data: two },
        ]),
      'The checkpoint\'s zip archive holds "a/data.pkl" twice.',
    ],
    [
      'tens of thousands of files',
      () => zip(Array.from({ length: 30_000 }, (_, i) => ({ name: `a/${i}`, data: two }))),
      "The checkpoint's zip archive has 30000 files; at most 20000 are read.",
    ],
  ])('%s', async (_, make, message) => {
    const path = file(make());
    const before = process.memoryUsage().rss;
    const refusal = expect(readCheckpoint(path)).rejects;
    await refusal.toThrow(PackError);
    await refusal.toThrow(message);
    expect(process.memoryUsage().rss - before).toBeLessThan(600 * mega);
  });
});

describe('a file cut off or altered', () => {
  it.each(['views.pth.tar', 'views-legacy.pth.tar'])('%s is refused cut off at any byte', async (name) => {
    const whole = readFileSync(`${fixtures}${name}`);
    const path = file(whole);
    for (let length = whole.length - 1; length >= 0; length--) {
      truncateSync(path, length);
      const outcome = await readCheckpoint(path).then(
        () => `was read with ${length} bytes`,
        (error: unknown) => error,
      );
      expect(outcome).toBeInstanceOf(PackError);
    }
  });

  it('is told where it ends', async () => {
    const [archived, streamed] = ['views.pth.tar', 'views-legacy.pth.tar'].map((name) =>
      readFileSync(`${fixtures}${name}`).subarray(0, -1),
    );
    await expect(reading(archived!)).rejects.toThrow("The checkpoint's zip archive cannot be read: End of central directory record");
    await expect(reading(streamed!)).rejects.toThrow(
      'The checkpoint is cut off: its storages end at byte 1872, but the file has 1871 bytes.',
    );
  });

  it('a changed number in an archive is found by its checksum', async () => {
    const bytes = archive(dict({ a: tensor() }), { 0: two });
    bytes[bytes.indexOf(two)]! ^= 1;
    await expect(reading(bytes)).rejects.toThrow('In the checkpoint\'s zip archive "made/data/0" is altered: its checksum does not agree.');
  });

  it('with random bytes changed it is read, or refused with a sentence, and no file stays open', async () => {
    const random = randomFrom(11);
    const open = (): number => (process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0);
    const names = readdirSync(fixtures).filter((name) => name.endsWith('.pth.tar'));
    const before = open();
    for (let round = 0; round < 600; round++) {
      const bytes = readFileSync(`${fixtures}${names[round % names.length]!}`);
      for (let changes = 1 + random(4); changes > 0; changes--) bytes[random(bytes.length)] = random(256);
      const outcome = await readCheckpoint(file(bytes)).catch((error: unknown) => error);
      if (outcome instanceof Error) expect(outcome).toBeInstanceOf(SquintError);
    }
    expect(open()).toBe(before);
  });
});

/** Whole numbers below a limit, the same every time (mulberry32). */
function randomFrom(seed: number): (below: number) => number {
  return (below) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

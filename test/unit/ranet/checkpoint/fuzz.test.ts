/** Checkpoints gone wrong, by the thousand: each is read, or refused in a sentence. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflateRawSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { PackError } from '../../../../src-main/contract/errors.ts';
import { readCheckpoint } from '../../../../src-main/ranet/checkpoint/index.ts';
import { Call, Global, Persistent, type Value, unpickle } from '../../../../src-main/ranet/checkpoint/unpickle.ts';
import { type Random, fuzz, mutated } from '../../fuzz.ts';
import { type ZipFile, dict, op, pickle, stream, tensor, zip } from './made.ts';

const fixtures = fileURLToPath(new URL('../../../fixtures/checkpoints/', import.meta.url));
const checkpoints = readdirSync(fixtures)
  .filter((name) => name.endsWith('.pth.tar'))
  .map((name) => readFileSync(`${fixtures}${name}`));
const pickles = checkpoints.flatMap(picklesOf);

const folder = mkdtempSync(join(tmpdir(), 'squint-fuzz-'));
const path = join(folder, 'made.pth.tar');
afterAll(() => rmSync(folder, { recursive: true }));

/** The pickles in a checkpoint: of a stream those at its start, of an archive its data.pkl, stored or deflated. */
function picklesOf(bytes: Buffer): Buffer[] {
  if (bytes.readUInt32LE(0) !== 0x04034b50) {
    const found: Buffer[] = [];
    for (let at = 0; found.length < 5;) {
      const { end } = unpickle(bytes.subarray(at));
      found.push(bytes.subarray(at, at + end));
      at += end;
    }
    return found;
  }
  const start = 30 + bytes.readUInt16LE(26) + bytes.readUInt16LE(28);
  const data = bytes.subarray(start);
  return [bytes.readUInt16LE(8) === 0 ? data.subarray(0, unpickle(data).end) : inflateRawSync(data)];
}

/** Runs it and holds its outcome against what may come of it. */
async function readOrRefused(read: () => unknown): Promise<'read' | 'refused'> {
  try {
    await read();
    return 'read';
  } catch (error) {
    if (!(error instanceof PackError)) throw error;
    expect(error.code).toMatch(/^checkpoint-(unknown|damaged|unfit|excessive)$/);
    expect(error.message).toMatch(/^([A-Z]|made\.pth\.tar is )[^\n]{10,600}\.$/);
    return 'refused';
  }
}

/** Only what the reading knows to make, however deep and however often it refers to itself. */
function isPlain(root: Value): boolean {
  const seen = new Set<Value>();
  const ahead: Value[] = [root];
  for (let value = ahead.pop(); value !== undefined; value = ahead.pop()) {
    if (value === null || ['boolean', 'number', 'bigint', 'string'].includes(typeof value) || seen.has(value)) continue;
    seen.add(value);
    if (Array.isArray(value)) for (const item of value) ahead.push(item);
    else if (value instanceof Map) for (const [key, item] of value) ahead.push(key, item);
    else if (value instanceof Call) for (const item of value.args) ahead.push(item);
    else if (value instanceof Persistent) ahead.push(value.id);
    else if (!(value instanceof Global || value instanceof Uint8Array)) return false;
  }
  return true;
}

const opcodes = Buffer.from(
  '80 95 4e 88 89 4b 4d 4a 49 4c 8a 8b 47 8c 58 8d 55 54 43 42 8e 96 28 30 31 29 85 86 87 74 5d 61 65 7d 73 75 8f 90 91 71 72 94 68 6a 63 93 52 81 92 62 51'.replaceAll(
    ' ',
    '',
  ),
  'hex',
);

/** Opcodes in any order, with short arguments, above a few values to work on. */
function soup(random: Random): Buffer {
  const starts = [
    tensor(),
    dict({ a: op.int(1) }),
    op.global('os', 'system'),
    op.global('collections', 'OrderedDict'),
    op.text('a'),
    op.mark,
  ];
  const parts = Array.from({ length: 1 + random(60) }, () => {
    if (random(4) === 0) return starts[random(starts.length)]!;
    return Buffer.from([opcodes[random(opcodes.length)]!, ...Array.from({ length: random(3) }, () => random(8))]);
  });
  return Buffer.concat([Buffer.from([0x80, 2]), ...parts, op.stop]);
}

describe('a pickle gone wrong', () => {
  const tell = async (make: (random: Random) => Buffer, inputs: number): Promise<Record<'read' | 'refused', number>> => {
    const told = { read: 0, refused: 0 };
    await fuzz(inputs, async (random) => {
      const bytes = make(random);
      const how = await readOrRefused(() => {
        const { value, end, persistents } = unpickle(bytes);
        expect(end).toBeLessThanOrEqual(bytes.length);
        expect([value, ...persistents].every(isPlain)).toBe(true);
      });
      told[how]++;
    });
    return told;
  };

  it('gives plain values or a sentence', async () => {
    const { read, refused } = await tell((random) => mutated(pickles[random(pickles.length)]!, pickles, random), 8_000);
    expect(Math.min(read, refused)).toBeGreaterThan(100); // both are tried
  });

  it('made of opcodes in any order gives plain values or a sentence', async () => {
    const { read, refused } = await tell(soup, 10_000);
    expect(Math.min(read, refused)).toBeGreaterThan(50);
  });
});

describe('a checkpoint gone wrong', () => {
  const reads = (bytes: Buffer): Promise<'read' | 'refused'> => {
    writeFileSync(path, bytes);
    return readOrRefused(() => readCheckpoint(path));
  };

  it('in any byte of its file is read or refused in a sentence', async () => {
    await fuzz(600, (random) => reads(mutated(checkpoints[random(checkpoints.length)]!, checkpoints, random)));
  });

  it('in its pickle alone, in a sound archive, is read or refused in a sentence', async () => {
    const two = Buffer.from(Float32Array.of(1, 2).buffer);
    const sound = pickle(dict({ state_dict: dict({ a: tensor(), b: tensor({ key: '1' }) }), labels: op.emptyList }));
    const told = { read: 0, refused: 0 };
    await fuzz(600, async (random) => {
      const data = mutated(sound, pickles, random);
      const files = [{ name: 'a/data.pkl', data }, ...['0', '1'].map((key) => ({ name: `a/data/${key}`, data: two }))];
      told[await reads(random(2) ? zip(files) : stream(data.subarray(2, -1), { 0: two, 1: two }))]++;
    });
    expect(Math.min(told.read, told.refused)).toBeGreaterThan(2);
  });

  it('in its archive’s directory is read or refused in a sentence, whatever the names and sizes say', async () => {
    const data = pickle(dict({ a: tensor() }));
    const two = Buffer.from(Float32Array.of(1, 2).buffer);
    const names = [
      'a/data.pkl',
      'a/data/0',
      '../../data.pkl',
      '/etc/passwd',
      'a/../data/0',
      'a\\data.pkl',
      '',
      'a/data.pkl\0',
      'b/data.pkl',
      'a/byteorder',
    ];
    await fuzz(600, (random) => {
      const files: ZipFile[] = [
        { name: 'a/data.pkl', data },
        { name: 'a/data/0', data: two },
      ];
      for (let more = random(4); more > 0; more--) {
        files.push({
          name: names[random(names.length)]!,
          data: random(2) ? two : data,
          deflate: random(2) === 0,
          ...(random(2) && { says: [0, 7, 8, 2 ** 31, 2 ** 32 - 2][random(5)]! }),
          ...(random(2) && { at: [0, 5, 40, 2 ** 31, 2 ** 32 - 2][random(5)]! }),
        });
      }
      const bytes = zip(files);
      return reads(random(2) ? bytes : mutated(bytes, [bytes], random));
    });
  });

  it('takes no memory beyond its bounds, whatever it says of its tensors', async () => {
    const sound = pickle(dict({ a: tensor({ stored: 2 ** 18, shape: [2 ** 8] }) }));
    const data = Buffer.alloc(2 ** 20);
    const before = process.memoryUsage().rss;
    await fuzz(100, (random) => {
      const files = [
        { name: 'a/data.pkl', data: mutated(sound, pickles, random) },
        { name: 'a/data/0', data, deflate: true },
      ];
      return reads(zip(files));
    });
    expect(process.memoryUsage().rss - before).toBeLessThan(600 * 2 ** 20);
  });
});

describe('a dictionary made to be slow', () => {
  const longs = (key: (i: number) => Buffer): Buffer =>
    pickle(
      Buffer.concat([op.emptyDict, op.mark, ...Array.from({ length: 20_000 }, (_, i) => Buffer.concat([key(i), op.none])), op.setItems]),
    );
  const took = (bytes: Buffer): number => {
    const began = performance.now();
    unpickle(bytes);
    return performance.now() - began;
  };

  it('by whole numbers that V8 hashes alike takes no longer than one of names', () => {
    const names = took(longs((i) => op.text(`a${i}`)));
    const alike = took(
      longs((i) => {
        const sixteenBytes = Buffer.alloc(18);
        sixteenBytes.set([0x8a, 16, 7]);
        sixteenBytes.writeUInt32LE(i + 1, 10); // above the 64 bits that are hashed
        return sixteenBytes;
      }),
    );
    expect(alike).toBeLessThan(10 * names + 500); // it was a hundred times as long
  });

  it('keeps no value under a number that no count reaches', () => {
    expect(() => unpickle(pickle(Buffer.concat([op.none, op.put(1_000_001)])))).toThrow(
      "The checkpoint's pickle keeps value 1000001 at byte 8; at most 1000000 are kept.",
    );
    expect(unpickle(pickle(Buffer.concat([op.none, op.put(1_000_000), op.get(1_000_000)]))).value).toBeNull();
  });
});

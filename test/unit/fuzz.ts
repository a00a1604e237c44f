/**
 * Bytes gone wrong, the same every time: samples with bits flipped, cut off, parts twice, out of place or of another sample, and numbers at
 * the edges of their range where a length or a place may stand. A failure names the input's seed, and `SQUINT_FUZZ=SEED` begins there;
 * `SQUINT_FUZZ_TIMES=N` tries N times as many.
 */
const first = Number(process.env.SQUINT_FUZZ ?? 1);
const times = Number(process.env.SQUINT_FUZZ_TIMES ?? 1);

/** Whole numbers below a limit (mulberry32). */
export type Random = (below: number) => number;

export function randomFrom(seed: number): Random {
  return (below) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** Tries so many inputs, each by a seed of its own. @param tryOne throws where the input shows a fault */
export async function fuzz(inputs: number, tryOne: (random: Random) => unknown): Promise<void> {
  for (let seed = first; seed < first + inputs * times; seed++) {
    try {
      await tryOne(randomFrom(seed));
    } catch (cause) {
      throw new Error(`The input of seed ${seed} shows a fault (SQUINT_FUZZ=${seed} begins with it): ${String(cause)}`, { cause });
    }
  }
}

/** @returns a copy with one to eight faults */
export function mutated(sample: Buffer, others: readonly Buffer[], random: Random): Buffer {
  let bytes: Buffer = Buffer.from(sample);
  for (let faults = 1 + random(8); faults > 0 && bytes.length > 0; faults--) {
    bytes = mutations[random(mutations.length)]!(bytes, others[random(others.length)]!, random);
  }
  return bytes;
}

type Mutation = (bytes: Buffer, other: Buffer, random: Random) => Buffer;

const edges = [0, 1, 2, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];

const mutations: readonly Mutation[] = [
  (bytes, _, random) => {
    bytes[random(bytes.length)]! ^= 1 << random(8);
    return bytes;
  },
  (bytes, _, random) => {
    bytes[random(bytes.length)] = random(256);
    return bytes;
  },
  (bytes, _, random) => edge(bytes, random),
  (bytes, _, random) => edge(bytes, random),
  (bytes, _, random) => place(bytes, random),
  (bytes, _, random) => bytes.subarray(0, random(bytes.length)),
  (bytes, _, random) => {
    const [at, part] = [random(bytes.length), slice(bytes, random)];
    return Buffer.concat([bytes.subarray(0, at), part, bytes.subarray(at)]);
  },
  (bytes, other, random) => {
    const [at, part] = [random(bytes.length), slice(other, random)];
    part.copy(bytes, at);
    return bytes;
  },
  (bytes, _, random) => {
    const [at, length] = [random(bytes.length), random(64)];
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
  },
];

const slice = (bytes: Buffer, random: Random): Buffer => {
  const at = random(Math.max(1, bytes.length));
  return Buffer.from(bytes.subarray(at, at + random(256)));
};

/** A number of 1, 2, 4 or 8 bytes in either order. */
function edge(bytes: Buffer, random: Random): Buffer {
  const value = edges[random(edges.length)]!;
  const number = Buffer.alloc([1, 2, 4, 8][random(4)]!);
  number.writeUIntBE(value % 2 ** (8 * Math.min(4, number.length)), Math.max(0, number.length - 4), Math.min(4, number.length));
  (random(2) ? number : number.reverse()).copy(bytes, random(bytes.length));
  return bytes;
}

/** A number that is a place in the same bytes, as loops and overlaps need them. */
function place(bytes: Buffer, random: Random): Buffer {
  const number = Buffer.alloc(4);
  number.writeUInt32BE(random(bytes.length));
  (random(2) ? number : number.reverse()).copy(bytes, random(bytes.length));
  return bytes;
}

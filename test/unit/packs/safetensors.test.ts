import { describe, expect, it } from 'vitest';
import { readSafetensors, writeSafetensors } from '../../../src-main/packs/safetensors.ts';

const weights = new Map([
  ['classifier.0.linear.weight', { shape: [2, 3], data: Float32Array.of(1, -2, 0.1, 1e-30, 3e38, 0) }],
  ['classifier.0.linear.bias', { shape: [2], data: Float32Array.of(0.25, -0.5) }],
]);

/** A file from its header and values, as another program might write it. */
function fileOf(header: unknown, values: ArrayBufferView<ArrayBuffer>): Uint8Array {
  const json = typeof header === 'string' ? header : JSON.stringify(header);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, Buffer.from(json), new Uint8Array(values.buffer, values.byteOffset, values.byteLength)]);
}
const read = (header: unknown, values: ArrayBufferView<ArrayBuffer> = new Float32Array(2)) =>
  readSafetensors(fileOf(header, values), 'w.safetensors');
const two = (more: object) => ({ a: { dtype: 'F32', shape: [2], data_offsets: [0, 8], ...more } });

describe('safetensors', () => {
  it('come back bit for bit, in order', () => {
    const back = readSafetensors(writeSafetensors(weights), 'w.safetensors');
    expect([...back]).toEqual([...weights]);
  });

  it('take half the room where every number is one of float16', () => {
    const halves = new Map([['a', { shape: [3], data: Float32Array.of(0.25, -65504, 2 ** -24) }]]);
    const bytes = writeSafetensors(halves);
    expect([...readSafetensors(bytes, 'w.safetensors')]).toEqual([...halves]);
    expect(bytes.length % 8).toBe(6); // the values come last: three of two bytes
  });

  it('begin their values at a multiple of eight bytes', () => {
    const bytes = writeSafetensors(weights);
    expect(Number(new DataView(bytes.buffer).getBigUint64(0, true)) % 8).toBe(0);
  });

  it('in float16 are read as the numbers they stand for', () => {
    const back = read({ a: { dtype: 'F16', shape: [3], data_offsets: [0, 6] } }, Float16Array.of(1, -0.5, 65504));
    expect([...back.get('a')!.data]).toEqual([1, -0.5, 65504]);
  });

  it('may lie at odd places and carry metadata and counters', () => {
    const header = {
      __metadata__: { format: 'pt' },
      'x.num_batches_tracked': { dtype: 'I64', shape: [], data_offsets: [0, 8] },
      a: { dtype: 'F32', shape: [1], data_offsets: [8, 12] },
    };
    const back = read(header, new Uint8Array(Float32Array.of(0, 0, 7).buffer));
    expect([...back]).toEqual([['a', { shape: [1], data: Float32Array.of(7) }]]);
  });

  it.each([
    [
      'a picture',
      () => readSafetensors(Buffer.from('\x89PNG\r\n\x1a\n and more'), 'w.safetensors'),
      /its header should have \d+ bytes, the file has 18/,
    ],
    [
      'four bytes',
      () => readSafetensors(Buffer.alloc(4), 'w.safetensors'),
      'w.safetensors is not a whole safetensors file: it has 4 bytes.',
    ],
    ['a header that is no JSON', () => read('{"a'), 'its header is no JSON object'],
    [
      'an entry without offsets',
      () => read({ a: { dtype: 'F32', shape: [2] } }),
      `the header's entry of "a" is not {dtype, shape, data_offsets}`,
    ],
    ['a shape below zero', () => read(two({ shape: [-2] })), `the header's entry of "a"`],
    ['another type', () => read(two({ dtype: 'F64' })), '"a" is of type F64, expected F32 or F16'],
    ['a shape that is not its length', () => read(two({ shape: [3] })), '"a" of shape [3] should lie at 0 … 8 of 8 bytes'],
    ['a file cut short', () => read(two({}), new Float32Array(1)), '"a" of shape [2] should lie at 0 … 8 of 4 bytes'],
    ['a tensor over another', () => read({ ...two({}), b: two({}).a }), '"b" begins at byte 0 of the values, the one before it ends at 8'],
    ['a gap', () => read({ a: { dtype: 'F32', shape: [1], data_offsets: [4, 8] } }), '"a" begins at byte 4 of the values'],
    ['bytes after the last', () => read({ a: { dtype: 'F32', shape: [1], data_offsets: [0, 4] } }), 'its tensors end at byte 4 of 8'],
  ])('refuse %s', (_, act, message) => {
    expect(act).toThrow(message);
  });
});

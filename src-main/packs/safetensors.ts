/**
 * safetensors, the plain file of named tensors: 8 bytes with the header's length (little-endian), the header in JSON
 * (`name: {dtype, shape, data_offsets}`), then the values, little-endian, without gaps. Read and written in F32 and F16.
 */
import * as v from 'valibot';
import { PackError } from '../contract/errors.ts';
import type { Tensor, Weights } from '../ranet/weights.ts';

const headerLimit = 100_000_000; // bytes, as the reference implementation has it
const bytesOf = { F32: 4, F16: 2 };

const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const Entry = v.strictObject({ dtype: v.string(), shape: v.array(Count), data_offsets: v.tuple([Count, Count]) });
const Header = v.record(v.string(), v.unknown());

/**
 * Reads every tensor; `num_batches_tracked`, which has no effect in evaluation, is left out.
 *
 * @param bytes the whole file
 * @param file its name, for messages
 * @throws {PackError} `safetensors` with the tensor that is wrong
 */
export function readSafetensors(bytes: Uint8Array, file: string): Weights {
  const fail = (what: string): PackError => new PackError('safetensors', `${file} is not a whole safetensors file: ${what}.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 8) throw fail(`it has ${bytes.length} bytes`);
  const headerLength = Number(view.getBigUint64(0, true));
  if (headerLength > headerLimit || 8 + headerLength > bytes.length) {
    throw fail(`its header should have ${headerLength} bytes, the file has ${bytes.length}`);
  }
  const data = bytes.subarray(8 + headerLength);
  const tensors: { name: string; dtype: keyof typeof bytesOf; shape: number[]; range: [begin: number, end: number] }[] = [];
  const ranges: [begin: number, end: number, name: string][] = [];
  for (const [name, entry] of Object.entries(parseHeader(bytes.subarray(8, 8 + headerLength), fail))) {
    if (name === '__metadata__') continue;
    if (!v.is(Entry, entry)) throw fail(`the header's entry of "${name}" is not {dtype, shape, data_offsets}`);
    const { dtype, shape, data_offsets: range } = entry;
    ranges.push([...range, name]);
    if (name.endsWith('.num_batches_tracked')) continue;
    if (dtype !== 'F32' && dtype !== 'F16') throw fail(`"${name}" is of type ${dtype}, expected F32 or F16`);
    const [begin, end] = range;
    const elements = shape.reduce((a, b) => a * b, 1);
    if (end - begin !== elements * bytesOf[dtype] || end > data.length) {
      throw fail(`"${name}" of shape [${shape.join(', ')}] should lie at ${begin} … ${end} of ${data.length} bytes`);
    }
    tensors.push({ name, dtype, shape, range });
  }
  checkCover(ranges, data.length, fail); // before anything is copied: entries that all name the same bytes would fill the memory
  const weights = new Map<string, Tensor>();
  for (const { name, dtype, shape, range } of tensors) {
    const own = new Uint8Array(data.subarray(...range)).buffer; // a copy of its own, so that it is aligned and does not hold the file
    weights.set(name, { shape, data: dtype === 'F32' ? new Float32Array(own) : Float32Array.from(new Float16Array(own)) });
  }
  return weights;
}

function parseHeader(bytes: Uint8Array, fail: (what: string) => PackError): v.InferOutput<typeof Header> {
  try {
    return v.parse(Header, JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch {
    throw fail('its header is no JSON object');
  }
}

/** Tensors lie one behind the other, none over another, and nothing is between or after them. */
function checkCover(ranges: [begin: number, end: number, name: string][], length: number, fail: (what: string) => PackError): void {
  let reached = 0;
  for (const [begin, end, name] of ranges.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    if (begin !== reached || end < begin)
      throw fail(`"${name}" begins at byte ${begin} of the values, the one before it ends at ${reached}`);
    reached = end;
  }
  if (reached !== length) throw fail(`its tensors end at byte ${reached} of ${length} of the values`);
}

/** All tensors in the order given: in F16 where that loses nothing, as with a checkpoint stored so, else in F32. */
export function writeSafetensors(weights: Weights): Uint8Array {
  const fits = weights.values().every(({ data }) => data.every((x) => Math.f16round(x) === x));
  const stored = Array.from(weights, ([name, { shape, data }]) => ({ name, shape, values: fits ? Float16Array.from(data) : data }));
  let end = 0;
  const entries = stored.map(({ name, shape, values }) => {
    const begin = end;
    end += values.byteLength;
    return [name, { dtype: fits ? 'F16' : 'F32', shape, data_offsets: [begin, end] }];
  });
  const json = new TextEncoder().encode(JSON.stringify(Object.fromEntries(entries)));
  const headerLength = Math.ceil(json.length / 8) * 8; // padded with spaces, so that the values are aligned
  const bytes = new Uint8Array(8 + headerLength + end).fill(0x20, 8, 8 + headerLength);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerLength), true);
  bytes.set(json, 8);
  let at = 8 + headerLength;
  for (const { values } of stored) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  return bytes;
}

/** The storages that tensors are views of: how a pickle names one, and its bytes as float32. */
import { damaged, shown, unfit } from './faults.ts';
import { Global, type Persistent, type Value } from './unpickle.ts';

/** A checkpoint opened: its pickle read, its storages not yet. */
export interface Container {
  readonly root: Value;
  /** The storage's bytes, little-endian, in memory of their own. */
  read(storage: Storage): Promise<Buffer>;
}

export interface Storage {
  readonly key: string; // names it within the checkpoint
  readonly kind: string; // PyTorch's class, as `torch.FloatStorage`
  readonly elements: number;
  readonly bytes: number;
  /** The elements of these bytes; null where they are no real numbers that weights may be stored as. */
  readonly toFloat32: ((bytes: Buffer) => Float32Array) | null;
}

/** All computers that Squint runs on are little-endian, as the files are. A float32 storage is not copied. */
const kinds: ReadonlyMap<string, { bytes: number; toFloat32: Storage['toFloat32'] }> = new Map([
  ['torch.FloatStorage', { bytes: 4, toFloat32: ({ buffer, byteOffset, length }) => new Float32Array(buffer, byteOffset, length / 4) }],
  [
    'torch.HalfStorage',
    { bytes: 2, toFloat32: ({ buffer, byteOffset, length }) => Float32Array.from(new Float16Array(buffer, byteOffset, length / 2)) },
  ],
  ['torch.BFloat16Storage', { bytes: 2, toFloat32: fromBFloat16 }],
  [
    'torch.DoubleStorage',
    { bytes: 8, toFloat32: ({ buffer, byteOffset, length }) => Float32Array.from(new Float64Array(buffer, byteOffset, length / 8)) },
  ],
  ['torch.LongStorage', { bytes: 8, toFloat32: null }],
  ['torch.IntStorage', { bytes: 4, toFloat32: null }],
  ['torch.ShortStorage', { bytes: 2, toFloat32: null }],
  ['torch.CharStorage', { bytes: 1, toFloat32: null }],
  ['torch.ByteStorage', { bytes: 1, toFloat32: null }],
  ['torch.BoolStorage', { bytes: 1, toFloat32: null }],
  ['torch.ComplexFloatStorage', { bytes: 8, toFloat32: null }],
  ['torch.ComplexDoubleStorage', { bytes: 16, toFloat32: null }],
]);

/** bfloat16 is the upper half of a float32. */
function fromBFloat16({ buffer, byteOffset, length }: Buffer): Float32Array {
  return new Float32Array(Uint32Array.from(new Uint16Array(buffer, byteOffset, length / 2), (half) => half << 16).buffer);
}

const longestKey = 100; // characters; PyTorch's are numbers

/**
 * @param persistent its id is ('storage', class, key, device, elements), and in the stream a view, None since PyTorch 0.4
 * @throws {PackError} `checkpoint-damaged` or `checkpoint-unfit`
 */
export function storageOf({ id }: Persistent): Storage {
  const [tag, type, key, , elements, view = null] = Array.isArray(id) ? id : [];
  if (tag !== 'storage' || !(type instanceof Global) || typeof key !== 'string' || key.length > longestKey || !isCount(elements)) {
    throw damaged('The checkpoint names a storage without its class, key and number of elements.');
  }
  if (view !== null)
    throw unfit(`Storage ${shown(key)} is a view of another, as PyTorch before 0.4 wrote them; Squint does not read these.`);
  const kind = kinds.get(type.name);
  if (kind === undefined)
    throw unfit(`Storage ${shown(key)} is a ${shown(type.name)}, of which Squint does not know how long its elements are.`);
  return { key, kind: type.name, elements, bytes: elements * kind.bytes, toFloat32: kind.toFloat32 };
}

export const isCount = (value: Value | undefined): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

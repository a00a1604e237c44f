/** One tensor of a checkpoint: what the pickle says of it, held against its storage, and its elements in row-major order. */
import { damaged, shown, unfit } from './faults.ts';
import { isCount, type Storage, storageOf } from './storage.ts';
import { Call, Global, Persistent, type Value } from './unpickle.ts';

/** A view of a storage; every element it reaches lies within. */
export interface View {
  readonly storage: Storage;
  readonly offset: number; // elements
  readonly shape: readonly number[];
  readonly strides: readonly number[]; // elements, not negative; 0 repeats an element
  readonly elements: number;
}

const parameter = 'torch._utils._rebuild_parameter';
const rebuilds = ['torch._utils._rebuild_tensor_v2', 'torch._utils._rebuild_tensor'];
const mostArguments = 7; // of the call that rebuilds a tensor
const mostDimensions = 8;

/**
 * @param name of the tensor, for the message
 * @throws {PackError} `checkpoint-unfit` if the value is something else, `checkpoint-damaged` if it does not fit its storage
 */
export function viewOf(value: Value, name: string): View {
  const isParameter = value instanceof Call && value.name === parameter;
  const tensor = isParameter ? (value.args[0] ?? null) : value;
  if (!(tensor instanceof Call && rebuilds.includes(tensor.name))) {
    throw unfit(`The checkpoint's state_dict holds ${described(tensor)} under ${shown(name)}; expected a tensor.`);
  }
  const [persistent, offset, shape, strides] = tensor.args;
  if (!(persistent instanceof Persistent && isCount(offset) && areCounts(shape) && areCounts(strides) && shape.length === strides.length)) {
    throw damaged(`The tensor ${shown(name)} lacks a storage, an offset, or sizes and strides of one length.`);
  }
  refuseExtras(tensor.args, 4, name);
  if (isParameter) refuseExtras(value.args, 1, name);
  return within({ storage: storageOf(persistent), offset, shape, strides, elements: shape.reduce((a, b) => a * b, 1) }, name);
}

const areCounts = (value: Value | undefined): value is number[] =>
  Array.isArray(value) && value.length <= mostDimensions && value.every((size) => isCount(size));

/** After the numbers come whether a gradient is wanted, hooks (none), and since PyTorch 2 marks such as "negated" (none). */
function refuseExtras(args: readonly Value[], after: number, name: string): void {
  if (args.length > mostArguments)
    throw damaged(`The tensor ${shown(name)} is described by ${args.length} values; at most ${mostArguments} are known.`);
  for (const extra of args.slice(after)) {
    if (extra === null || typeof extra === 'boolean' || (extra instanceof Map && extra.size === 0)) continue;
    throw unfit(`The tensor ${shown(name)} in the checkpoint's state_dict comes with ${described(extra)}; expected none but its numbers.`);
  }
}

function within(view: View, name: string): View {
  const { storage, offset, shape, strides, elements } = view;
  const last = shape.reduce((sum, size, d) => sum + (size - 1) * strides[d]!, offset);
  if (elements === 0 || last < storage.elements) return view;
  throw damaged(
    `The tensor ${shown(name)} of shape [${shape.join(', ')}] reaches element ${last} of storage ${shown(storage.key)}, which has ${storage.elements} elements.`,
  );
}

/** The elements in row-major order: a part of `stored` where they lie so there, else a copy. */
export function elementsOf(view: View, stored: Float32Array): Float32Array {
  const { offset, elements } = view;
  return isContiguous(view) ? stored.subarray(offset, offset + elements) : gather(view, stored);
}

function isContiguous({ shape, strides }: View): boolean {
  let below = 1; // elements that one step along the dimension passes over
  for (let d = shape.length - 1; d >= 0; d--) {
    if (shape[d] !== 1 && strides[d] !== below) return false;
    below *= shape[d]!;
  }
  return true;
}

function gather({ offset, shape, strides, elements }: View, stored: Float32Array): Float32Array {
  const data = new Float32Array(elements);
  const index = shape.map(() => 0);
  for (let n = 0, at = offset; n < elements; n++) {
    data[n] = stored[at]!;
    for (let d = shape.length - 1; d >= 0; d--) {
      at += strides[d]!;
      if (++index[d]! < shape[d]!) break;
      at -= shape[d]! * strides[d]!;
      index[d] = 0;
    }
  }
  return data;
}

/** A value of the pickle in words: what it is, not what is in it. */
export function described(value: Value): string {
  if (value === null) return 'None';
  if (value instanceof Call || value instanceof Global) return `a \`${shown(value.name).slice(1, -1)}\``;
  if (value instanceof Persistent) return 'a bare storage';
  if (value instanceof Map) return 'a dictionary';
  if (Array.isArray(value)) return 'a list';
  if (value instanceof Uint8Array) return 'bytes';
  return typeof value === 'bigint' ? 'a number' : `a ${typeof value}`;
}

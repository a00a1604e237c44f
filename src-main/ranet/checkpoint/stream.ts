/**
 * The pickle stream that torch.save wrote before PyTorch 1.6: five pickles (a magic number, the protocol, facts of the computer, the value,
 * the storages' keys), then in the order of the keys each storage as its number of elements (64 bits) and its elements.
 *
 * The stream has no table of places: where a storage lies follows from the lengths of those before it, read or not.
 */
import { damaged, shown, unknown } from './faults.ts';
import type { File } from './file.ts';
import { type Container, type Storage, storageOf } from './storage.ts';
import { type Unpickled, unpickle, type Value } from './unpickle.ts';

const magic = 0x1950a86a20f9469cfc6cn;
const protocol = 1001;
const largestPickles = 2 ** 26; // bytes; those of the largest network of the paper have less than 1 MB
const countBytes = 8;

/** @throws {PackError} `checkpoint-unknown`, `checkpoint-damaged`, `checkpoint-unfit` or `checkpoint-excessive` */
export async function openStream(file: File): Promise<Container> {
  const head = await file.read(0, Math.min(file.size, largestPickles));
  let at = 0;
  const next = (): Unpickled => {
    const unpickled = unpickle(head.subarray(at));
    at += unpickled.end;
    return unpickled;
  };
  if (next().value !== magic) throw unknown("The file is a pickle, but none of torch.save: it does not begin with PyTorch's magic number.");
  if (next().value !== protocol)
    throw unknown(`The file is a torch.save stream of a protocol that Squint does not know; expected ${protocol}.`);
  next(); // sizes of C types on the computer that wrote it; the elements are little-endian everywhere
  const { value: root, persistents } = next();
  const keys = next().value;
  let places: Map<string, number> | undefined; // not before a storage is asked for: what the value is comes first in a message
  return {
    root,
    read: (storage) => {
      places ??= placesOf(keys, persistents.map(storageOf), at, file.size);
      return readStorage(file, storage, places.get(storage.key));
    },
  };
}

/** Where each storage begins, in bytes from the start of the file. */
function placesOf(keys: Value, storages: readonly Storage[], start: number, fileBytes: number): Map<string, number> {
  if (!Array.isArray(keys)) throw damaged('The checkpoint lacks the list of its storages.');
  const byKey = new Map<Value, Storage>(storages.map((storage) => [storage.key, storage]));
  const places = new Map<string, number>();
  let at = start;
  for (const key of keys) {
    const storage = byKey.get(key);
    if (storage === undefined) throw damaged('The checkpoint lists a storage that nothing refers to, so those after it cannot be found.');
    places.set(storage.key, at);
    at += countBytes + storage.bytes;
  }
  if (at > fileBytes) throw damaged(`The checkpoint is cut off: its storages end at byte ${at}, but the file has ${fileBytes} bytes.`);
  return places;
}

async function readStorage(file: File, storage: Storage, place: number | undefined): Promise<Buffer> {
  const { key, elements, bytes } = storage;
  if (place === undefined) throw damaged(`The checkpoint lacks storage ${shown(key)}, which its tensors use.`);
  const count = (await file.read(place, countBytes)).readBigUInt64LE();
  if (count !== BigInt(elements))
    throw damaged(`Storage ${shown(key)} of the checkpoint has ${count} elements; its tensors expect ${elements}.`);
  return file.read(place + countBytes, bytes);
}

/** Checkpoints made byte by byte, for what PyTorch would never write. A pickle is made of its opcodes, each a Buffer. */
import { crc32, deflateRawSync } from 'node:zlib';

const bytes = (...values: number[]): Buffer => Buffer.from(values);
const join = (parts: readonly Buffer[]): Buffer => Buffer.concat(parts);

const le16 = (n: number): Buffer => bytes(n & 255, n >> 8);
const le32 = (n: number): Buffer => {
  const four = Buffer.alloc(4);
  four.writeUInt32LE(n);
  return four;
};

export const op = {
  mark: bytes(0x28),
  stop: bytes(0x2e),
  none: bytes(0x4e),
  emptyTuple: bytes(0x29),
  tuple: bytes(0x74),
  emptyList: bytes(0x5d),
  append: bytes(0x61),
  appends: bytes(0x65),
  emptyDict: bytes(0x7d),
  setItems: bytes(0x75),
  reduce: bytes(0x52),
  persistent: bytes(0x51),
  put: (index: number) => join([bytes(0x72), le32(index)]),
  get: (index: number) => join([bytes(0x6a), le32(index)]),
  global: (module: string, name: string) => Buffer.from(`c${module}\n${name}\n`),
  int: (n: number) => join([bytes(0x4a), le32(n >>> 0)]),
  text: (text: string) => join([bytes(0x58), le32(Buffer.byteLength(text)), Buffer.from(text)]),
};

export const tuple = (...items: Buffer[]): Buffer => join([op.mark, ...items, op.tuple]);
export const list = (...items: Buffer[]): Buffer => join([op.emptyList, op.mark, ...items, op.appends]);
export const dict = (entries: Record<string, Buffer>): Buffer =>
  join([op.emptyDict, op.mark, ...Object.entries(entries).flatMap(([name, value]) => [op.text(name), value]), op.setItems]);
export const call = (module: string, name: string, ...args: Buffer[]): Buffer => join([op.global(module, name), tuple(...args), op.reduce]);
export const pickle = (value: Buffer): Buffer => join([bytes(0x80, 2), value, op.stop]);

export interface TensorSaid {
  key?: string;
  stored?: number; // elements of the storage
  kind?: string;
  offset?: number;
  shape?: number[];
  strides?: number[];
  extra?: Buffer;
}

/** A tensor as the pickle describes it; by default the whole of storage "0" with two float32. */
export function tensor({
  key = '0',
  stored = 2,
  kind = 'FloatStorage',
  offset = 0,
  shape = [2],
  strides = [1],
  extra,
}: TensorSaid = {}): Buffer {
  const storage = tuple(op.text('storage'), op.global('torch', kind), op.text(key), op.text('cpu'), op.int(stored), op.none);
  const numbers = [op.int(offset), tuple(...shape.map(op.int)), tuple(...strides.map(op.int))];
  return call('torch._utils', '_rebuild_tensor_v2', join([storage, op.persistent]), ...numbers, ...(extra ? [extra] : []));
}

const magic = join([bytes(0x8a, 10), Buffer.from('6cfc9c46f9206aa85019', 'hex')]);

/** The stream of PyTorch before 1.6. */
export function stream(root: Buffer, storages: Record<string, Buffer> = {}, elementBytes = 4): Buffer {
  const keys = list(...Object.keys(storages).map(op.text));
  const stored = Object.values(storages).flatMap((data) => [le32(data.length / elementBytes), le32(0), data]);
  return join([pickle(magic), pickle(op.int(1001)), pickle(op.emptyDict), pickle(root), pickle(keys), ...stored]);
}

export interface ZipFile {
  name: string;
  data: Buffer;
  deflate?: boolean;
  says?: number; // bytes that the directory promises, where they are not those of `data`
  at?: number; // where the directory says that it begins
}

/** A zip archive, lies included. */
export function zip(files: readonly ZipFile[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, data, deflate = false, says = data.length, at: said } of files) {
    const packed = deflate ? deflateRawSync(data) : data;
    const facts = join([
      le16(20),
      le16(0),
      le16(deflate ? 8 : 0),
      le32(0),
      le32(crc32(data)),
      le32(packed.length),
      le32(says),
      le16(name.length),
      le16(0),
    ]);
    const local = join([Buffer.from('PK\x03\x04', 'latin1'), facts, Buffer.from(name), packed]);
    directory.push(join([Buffer.from('PK\x01\x02', 'latin1'), le16(20), facts, Buffer.alloc(10), le32(said ?? at), Buffer.from(name)]));
    parts.push(local);
    at += local.length;
  }
  const table = join(directory);
  const counts = [le16(0), le16(0), le16(files.length), le16(files.length), le32(table.length), le32(at), le16(0)];
  return join([...parts, table, Buffer.from('PK\x05\x06', 'latin1'), ...counts]);
}

/** An archive as torch.save writes it. */
export const archive = (root: Buffer, storages: Record<string, Buffer> = {}): Buffer =>
  zip([
    { name: 'made/data.pkl', data: pickle(root) },
    ...Object.entries(storages).map(([key, data]) => ({ name: `made/data/${key}`, data })),
  ]);

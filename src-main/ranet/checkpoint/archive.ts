/**
 * The zip archive that torch.save writes since PyTorch 1.6: `NAME/data.pkl`, one file `NAME/data/KEY` per storage, `NAME/byteorder`.
 *
 * yauzl reads the directory; a file's bytes are read and inflated here in one piece, never to more than its reader expects.
 */
import { promisify } from 'node:util';
import { crc32, inflateRaw } from 'node:zlib';
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl';
import { PackError } from '../../contract/errors.ts';
import { damaged, excessive, shown, unfit, unknown } from './faults.ts';
import type { File } from './file.ts';
import type { Container } from './storage.ts';
import { unpickle } from './unpickle.ts';

const inflate = promisify(inflateRaw);

const mostEntries = 20_000; // the largest network of the paper has 3,317 storages, its optimiser 2,000 more
const largestPickle = 2 ** 26; // bytes; that of the same network has less than 1 MB

interface Archive {
  readonly file: File;
  readonly zip: ZipFile;
  readonly entries: ReadonlyMap<string, Entry>;
}

/** @throws {PackError} `checkpoint-unknown`, `checkpoint-damaged`, `checkpoint-unfit` or `checkpoint-excessive` */
export async function openArchive(file: File): Promise<Container> {
  const archive = await reading(() => listOf(file));
  const pickle = [...archive.entries.keys()].find((name) => /^[^/]+\/data\.pkl$/.test(name));
  if (pickle === undefined) throw unknown('The file is a zip archive without a data.pkl, so torch.save did not write it.');
  const folder = pickle.slice(0, -'data.pkl'.length);
  await refuseBigEndian(archive, `${folder}byteorder`);
  const { value } = unpickle(await readEntry(archive, pickle, largestPickle));
  return {
    root: value,
    read: async ({ key, bytes }) => {
      const stored = await readEntry(archive, `${folder}data/${key}`, bytes);
      if (stored.length === bytes) return stored;
      throw damaged(`Storage ${shown(key)} of the checkpoint has ${stored.length} bytes; its tensors expect ${bytes}.`);
    },
  };
}

async function listOf(file: File): Promise<Archive> {
  const zip = await fromRandomAccessReaderPromise(new Reader(file), file.size, { autoClose: false });
  if (zip.entryCount > mostEntries)
    throw excessive(`The checkpoint's zip archive has ${zip.entryCount} files; at most ${mostEntries} are read.`);
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) {
    if (entries.has(entry.fileName)) throw damaged(`The checkpoint's zip archive holds ${shown(entry.fileName)} twice.`);
    entries.set(entry.fileName, entry);
  }
  refuseOverlaps([...entries.values()]);
  return { file, zip, entries };
}

/** yauzl 3.4 on a descriptor of its own throws outside any promise when the archive names a place above 2 ** 53; `file.read` refuses it. */
class Reader extends RandomAccessReader {
  private readonly file: File;

  constructor(file: File) {
    super();
    this.file = file;
  }

  override read(buffer: Buffer, offset: number, length: number, position: number, callback: (error: Error | null) => void): void {
    this.file.read(position, length).then((bytes) => {
      bytes.copy(buffer, offset);
      callback(null);
    }, callback);
  }
}

/** Files that share their compressed bytes are how a small archive unpacks to a large one. */
function refuseOverlaps(entries: Entry[]): void {
  let end = 0;
  for (const entry of entries.sort((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)) {
    const start = entry.relativeOffsetOfLocalHeader;
    if (start < end)
      throw damaged(`In the checkpoint's zip archive ${shown(entry.fileName)} begins at byte ${start}, before the file before it ends.`);
    end = start + localHeaderBytes + entry.compressedSize;
  }
}

const localHeaderBytes = 30; // without name and extra fields

async function refuseBigEndian(archive: Archive, name: string): Promise<void> {
  if (!archive.entries.has(name)) return; // before PyTorch 2.0
  const order = (await readEntry(archive, name, 16)).toString();
  if (order !== 'little') throw unfit(`The checkpoint's numbers are stored in byte order ${shown(order)}; Squint reads "little" only.`);
}

/** @param most bytes that it may unpack to */
async function readEntry({ file, zip, entries }: Archive, name: string, most: number): Promise<Buffer> {
  const entry = entries.get(name);
  if (entry === undefined) throw damaged(`The checkpoint's zip archive lacks ${shown(name)}.`);
  if (!entry.canDecodeFileData())
    throw damaged(`In the checkpoint's zip archive ${shown(name)} is encrypted or packed by a method other than deflate.`);
  if (entry.uncompressedSize > most)
    throw damaged(`In the checkpoint's zip archive ${shown(name)} has ${entry.uncompressedSize} bytes; at most ${most} are expected.`);
  return reading(async () => {
    const { fileDataStart } = await zip.readLocalFileHeaderPromise(entry, { minimal: true });
    const packed = await file.read(fileDataStart, entry.compressedSize);
    const bytes = entry.compressionMethod === 0 ? packed : await unpack(packed, entry.uncompressedSize);
    if (bytes.length === entry.uncompressedSize && crc32(bytes) === entry.crc32) return bytes;
    throw damaged(`In the checkpoint's zip archive ${shown(name)} is altered: its checksum does not agree.`);
  });
}

async function unpack(packed: Buffer, length: number): Promise<Buffer> {
  const unpacked = await inflate(packed, { maxOutputLength: Math.max(1, length) });
  const own = Buffer.allocUnsafeSlow(unpacked.length); // aligned for any element
  unpacked.copy(own);
  return own;
}

/** yauzl and zlib tell what they cannot read by errors of their own; those of the disk are left as they are. */
async function reading<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    if (!(cause instanceof Error) || cause instanceof PackError || 'syscall' in cause) throw cause;
    throw damaged(`The checkpoint's zip archive cannot be read: ${cause.message.replace(/\.$/, '')}.`, cause);
  }
}

/**
 * How much an ONNX file would be in memory, before it is parsed: a message of two bytes in the file becomes an object of some 300, so that
 * 20 MB of empty nodes took 16 seconds and 3 GB. Real graphs have some thousand nodes, and their weights count as one field each.
 */
import type { DescField, DescMessage } from '@bufbuild/protobuf';
import { ScalarType } from '@bufbuild/protobuf';
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';

export const mostFields = 1_000_000;

/**
 * Fields of a message and of all messages in it, as far as `mostFields`; an element of a list of 64-bit integers counts like a field.
 *
 * @throws {Error} where the bytes are no such message
 */
export function countFields(bytes: Uint8Array, message: DescMessage): number {
  const known = new Map(message.fields.map((field) => [field.number, field]));
  const reader = new BinaryReader(bytes);
  let count = 0;
  while (reader.pos < reader.len && count <= mostFields) {
    const [number, wireType] = reader.tag();
    count += 1;
    const field = known.get(number);
    if (wireType !== WireType.LengthDelimited || field === undefined) {
      reader.skip(wireType, number);
      continue;
    }
    const inner = reader.bytes();
    if (field.message !== undefined) count += countFields(inner, field.message);
    else if (isBigIntegers(field)) count += inner.length;
  }
  return count;
}

const isBigIntegers = ({ scalar }: DescField): boolean => scalar === ScalarType.INT64 || scalar === ScalarType.UINT64;

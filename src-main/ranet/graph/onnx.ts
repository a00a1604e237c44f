/**
 * An ONNX graph under construction: nodes, constants, what it takes and gives. Knows the file's form, not RANet.
 *
 * Every tensor has the batch as its first axis, which is left free (`N`), and float32 values.
 */
import { create, toBinary } from '@bufbuild/protobuf';
import {
  AttributeProto_AttributeType as AttributeType,
  AttributeProtoSchema,
  type AttributeProto,
  ModelProtoSchema,
  type NodeProto,
  NodeProtoSchema,
  TensorProto_DataType as DataType,
  type TensorProto,
  TensorProtoSchema,
  type ValueInfoProto,
  ValueInfoProtoSchema,
} from 'onnx-buf';

const opset = 17;
const irVersion = 8; // the file version that goes with opset 17

/** Of one row: without the batch axis. */
export type Dims = readonly number[];

export class OnnxGraph {
  readonly #nodes: NodeProto[] = [];
  readonly #constants = new Map<string, TensorProto>();
  readonly #inputs = new Map<string, Dims>();
  readonly #made = new Map<string, Dims>();

  /** Names of the tensors that come from outside, in the order in which they were first needed. */
  get inputs(): string[] {
    return [...this.#inputs.keys()];
  }

  /** Whether a node here gives this tensor. */
  makes(name: string): boolean {
    return this.#made.has(name);
  }

  /** A tensor by its name: one made here or else an input, which is declared by being needed. */
  need(name: string, dims: Dims): string {
    if (!this.makes(name)) this.#inputs.set(name, dims);
    return name;
  }

  /** Adds a node with one output, and gives that output's name. */
  node(
    operator: string,
    inputs: readonly string[],
    output: string,
    dims: Dims,
    attributes: Record<string, number | number[]> = {},
  ): string {
    const attribute = Object.entries(attributes).map(([name, value]) => toAttribute(name, value));
    this.#nodes.push(create(NodeProtoSchema, { opType: operator, name: output, input: [...inputs], output: [output], attribute }));
    this.#made.set(output, dims);
    return output;
  }

  /** A constant float32 tensor; made once however often it is asked for. */
  floats(name: string, shape: readonly number[], values: () => Float32Array): string {
    return this.#constant(name, shape, DataType.FLOAT, values);
  }

  /** A constant list of whole numbers, as Slice wants them. */
  integers(values: readonly number[]): string {
    return this.#constant(`integers.${values.join('.')}`, [values.length], DataType.INT64, () => BigInt64Array.from(values, BigInt));
  }

  /** The file, giving these of the tensors made here. */
  write(outputs: readonly string[]): Uint8Array {
    const graph = {
      name: 'ranet',
      node: this.#nodes,
      initializer: [...this.#constants.values()],
      input: [...this.#inputs].map(([name, dims]) => toValueInfo(name, dims)),
      output: outputs.map((name) => toValueInfo(name, this.#made.get(name)!)),
    };
    const opsetImport = [{ domain: '', version: BigInt(opset) }];
    return toBinary(
      ModelProtoSchema,
      create(ModelProtoSchema, { irVersion: BigInt(irVersion), producerName: 'squint', opsetImport, graph }),
    );
  }

  #constant(name: string, shape: readonly number[], dataType: DataType, values: () => Float32Array | BigInt64Array): string {
    if (!this.#constants.has(name)) {
      const { buffer, byteOffset, byteLength } = values();
      // ONNX is little-endian, and so is every system that Squint runs on
      const rawData = new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
      this.#constants.set(name, create(TensorProtoSchema, { name, dims: shape.map(BigInt), dataType, rawData }));
    }
    return name;
  }
}

function toAttribute(name: string, value: number | number[]): AttributeProto {
  return typeof value === 'number'
    ? create(AttributeProtoSchema, { name, type: AttributeType.INT, i: BigInt(value) })
    : create(AttributeProtoSchema, { name, type: AttributeType.INTS, ints: value.map(BigInt) });
}

function toValueInfo(name: string, dims: Dims): ValueInfoProto {
  const batch = { value: { case: 'dimParam' as const, value: 'N' } };
  const fixed = dims.map((side) => ({ value: { case: 'dimValue' as const, value: BigInt(side) } }));
  return create(ValueInfoProtoSchema, {
    name,
    type: { value: { case: 'tensorType', value: { elemType: DataType.FLOAT, shape: { dim: [batch, ...fixed] } } } },
  });
}

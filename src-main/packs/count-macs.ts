/**
 * The multiply-accumulates of an ONNX graph: Conv is output elements × weights of one filter, Gemm and MatMul output elements × inner
 * length; everything else counts 0, as ranet.md has it. A MatMul with an interpolation matrix is a Resize by other means and counts 0 too.
 */
import { create, toBinary } from '@bufbuild/protobuf';
import { type GraphProto, type ModelProto, ModelProtoSchema, type NodeProto, type TensorProto, ValueInfoProtoSchema } from 'onnx-buf';

const counted = ['Conv', 'Gemm', 'MatMul'];

/** The same graph with the tensors as outputs whose shapes the count needs. */
export function showShapes(model: ModelProto): Uint8Array {
  const graph = model.graph!;
  const known = new Set([...graph.initializer, ...graph.output].map(({ name }) => name));
  const fed = new Set(graph.input.map(({ name }) => name));
  const needed = graph.node
    .filter(({ opType }) => counted.includes(opType))
    .flatMap(({ input, output }) => [...input.slice(0, 2), output[0]!])
    .filter((name) => !known.has(name) && !fed.has(name));
  const output = [...graph.output, ...[...new Set(needed)].map((name) => create(ValueInfoProtoSchema, { name }))];
  return toBinary(ModelProtoSchema, { ...model, graph: { ...graph, output } });
}

/**
 * @param shapeOf of every tensor that `showShapes` made visible, and of the graph's inputs and outputs, for one photo
 */
export function countMacs(graph: GraphProto, shapeOf: (name: string) => readonly number[]): number {
  const constants = new Map(graph.initializer.map((tensor) => [tensor.name, tensor]));
  const shape = (name: string): readonly number[] => constants.get(name)?.dims.map(Number) ?? shapeOf(name);
  return graph.node.reduce((sum, node) => sum + macsOf(node, shape, constants), 0);
}

function macsOf(node: NodeProto, shape: (name: string) => readonly number[], constants: ReadonlyMap<string, TensorProto>): number {
  const { opType, input, output, attribute } = node;
  if (!counted.includes(opType)) return 0;
  const elements = product(shape(output[0]!));
  const [a, b] = [input[0]!, input[1]!];
  if (opType === 'Conv') return elements * product(shape(b).slice(1));
  if (opType === 'Gemm') {
    const transposed = attribute.find(({ name }) => name === 'transA')?.i === 1n;
    return elements * shape(a)[transposed ? 0 : 1]!;
  }
  if (interpolates(constants.get(a), 'rows') || interpolates(constants.get(b), 'columns')) return 0;
  return elements * shape(a).at(-1)!;
}

const product = (dims: readonly number[]): number => dims.reduce((x, y) => x * y, 1);

/** Whether each row (of the left factor) or column (of the right one) mixes at most two neighbours with weights that add up to 1. */
function interpolates(tensor: TensorProto | undefined, lines: 'rows' | 'columns'): boolean {
  if (tensor?.dims.length !== 2) return false;
  const [rows, columns] = tensor.dims.map(Number) as [number, number];
  const values = valuesOf(tensor);
  if (values?.length !== rows * columns) return false;
  const [lineCount, length] = lines === 'rows' ? [rows, columns] : [columns, rows];
  for (let line = 0; line < lineCount; line++) {
    const own = Array.from({ length }, (_, i) => values[lines === 'rows' ? line * columns + i : i * columns + line]!);
    const first = own.findIndex((x) => x !== 0);
    const last = own.findLastIndex((x) => x !== 0);
    const sum = own.reduce((x, y) => x + y, 0);
    if (first < 0 || last - first > 1 || Math.abs(sum - 1) > 1e-5 || own.some((x) => x < 0)) return false;
  }
  return true;
}

function valuesOf({ rawData, floatData }: TensorProto): Float32Array | null {
  if (floatData.length > 0) return Float32Array.from(floatData);
  return rawData.byteLength % 4 === 0 ? new Float32Array(new Uint8Array(rawData).buffer) : null;
}

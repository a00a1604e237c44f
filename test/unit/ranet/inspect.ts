/**
 * Reads an ONNX file back: counts multiply-accumulates from its nodes alone and finds what is wrong with it in ways that onnxruntime lets
 * pass: a declared shape that the nodes do not give, an input or a constant that no node uses.
 */
import { fromBinary } from '@bufbuild/protobuf';
import { ModelProtoSchema, type NodeProto, type ValueInfoProto } from 'onnx-buf';

export interface Inspection {
  readonly macs: number;
  readonly inputs: ReadonlyMap<string, readonly number[]>; // without the batch axis
  readonly outputs: ReadonlyMap<string, readonly number[]>;
  readonly constants: ReadonlyMap<string, number>; // values each
  readonly faults: readonly string[];
}

export function inspect(model: Uint8Array): Inspection {
  const graph = fromBinary(ModelProtoSchema, model).graph!;
  const constants = new Map(graph.initializer.map((tensor) => [tensor.name, tensor]));
  const inputs = new Map(graph.input.map(declared));
  const outputs = new Map(graph.output.map(declared));
  const dims = new Map(inputs);
  const unused = new Set([...inputs.keys(), ...constants.keys()]);
  const faults: string[] = [];
  let macs = 0;

  for (const node of graph.node) {
    const constantDims = (i: number): number[] => constants.get(node.input[i]!)!.dims.map(Number);
    const [x, ...others] = node.input.filter((name) => !constants.has(name)).map((name) => dims.get(name)!);
    let out: number[];
    if (node.opType === 'Conv') {
      const [to, from, kernel] = constantDims(1) as [number, number, number];
      if (from !== x![0]) faults.push(`${node.name} has ${x![0]!} channels for ${from}`);
      out = [to, ...slid(node, x!)];
      macs += product(out) * from * kernel ** 2;
    } else if (node.opType === 'MaxPool' || node.opType === 'AveragePool') {
      out = [x![0]!, ...slid(node, x!)];
    } else if (node.opType === 'Gemm') {
      out = [constantDims(1)[0]!];
      macs += out[0]! * x![0]!;
    } else if (node.opType === 'Concat') {
      if (others.some(([, ...sides]) => sides.join() !== x!.slice(1).join())) faults.push(`${node.name} joins different sides`);
      out = [[x!, ...others].reduce((sum, [channels]) => sum + channels!, 0), ...x!.slice(1)];
    } else if (node.opType === 'Slice') {
      const [end] = new BigInt64Array(constants.get(node.input[2]!)!.rawData.slice().buffer);
      if (Number(end) >= x![0]!) faults.push(`${node.name} cuts nothing off`);
      out = [Number(end), ...x!.slice(1)];
    } else if (node.opType === 'MatMul') {
      const left = constants.has(node.input[0]!);
      out = left ? [x![0]!, constantDims(0)[0]!, x![2]!] : [x![0]!, x![1]!, constantDims(1)[1]!];
    } else if (node.opType === 'Flatten') {
      out = [product(x!)];
    } else if (node.opType === 'Relu') {
      out = [...x!];
    } else {
      throw new Error(`a RANet has no ${node.opType}`);
    }
    if (dims.has(node.output[0]!)) faults.push(`${node.output[0]!} is made twice`);
    dims.set(node.output[0]!, out);
    for (const name of node.input) unused.delete(name);
  }

  for (const [name, shape] of outputs) if (dims.get(name)?.join() !== shape.join()) faults.push(`${name} is not ${shape.join()}`);
  for (const name of unused) faults.push(`nothing uses ${name}`);
  const lengths = new Map([...constants].map(([name, tensor]) => [name, product(tensor.dims.map(Number))]));
  return { macs, inputs, outputs, constants: lengths, faults };
}

const product = (values: readonly number[]): number => values.reduce((a, b) => a * b, 1);

/** Sides after a kernel has slid over the map. */
function slid({ attribute }: NodeProto, [, ...sides]: readonly number[]): number[] {
  const first = (name: string): number => Number(attribute.find((a) => a.name === name)?.ints[0] ?? 0);
  return sides.map((side) => Math.floor((side + 2 * first('pads') - first('kernel_shape')) / first('strides')) + 1);
}

function declared({ name, type }: ValueInfoProto): [string, number[]] {
  if (type?.value.case !== 'tensorType') throw new Error(`${name} is no tensor`);
  const [batch, ...fixed] = type.value.value.shape!.dim;
  if (batch?.value.case !== 'dimParam') throw new Error(`${name} has a fixed batch`);
  return [name, fixed.map(({ value }) => Number(value.value))];
}

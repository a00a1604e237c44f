/**
 * The ONNX files of a `graphs` network, looked at without running them: that names and types are those the pack gives, that the operators
 * are ONNX's own of opset 17 or later, and that nothing is read from other files.
 */
import { fromBinary } from '@bufbuild/protobuf';
import {
  type GraphProto,
  type ModelProto,
  ModelProtoSchema,
  TensorProto_DataLocation,
  TensorProto_DataType,
  type ValueInfoProto,
} from 'onnx-buf';
import { PackError } from '../contract/errors.ts';
import { countFields, mostFields } from './graph-size.ts';
import { exitOf } from './manifest.ts';

const lowestOpset = 17n;

export interface StageFile {
  readonly file: string; // its name, for messages
  readonly bytes: Uint8Array;
  readonly inputs: readonly string[]; // as the pack lists them
}

/**
 * @param side pixels, of the picture
 * @returns the parsed files, one per stage
 * @throws {PackError} `graph`, naming the file and the tensor or operator
 */
export function checkGraphs(stages: readonly StageFile[], side: number): ModelProto[] {
  const given = new Set<string>(); // outputs of the stages before
  return stages.map((stage) => {
    const fail = (what: string): PackError => new PackError('graph', `${stage.file}: ${what}.`);
    const model = parseModel(stage, fail);
    const graph = model.graph;
    if (!graph) throw fail('it holds no graph');
    checkOperators(model, graph, fail);
    checkInputs(graph, stage, { side, given }, fail);
    const outputs = graph.output.map(({ name }) => name);
    for (const name of ['logits', 'features']) if (!outputs.includes(name)) throw fail(`it has no output "${name}"`);
    for (const value of graph.output) {
      if (!isFloat32(value)) throw fail(`its output "${value.name}" is not float32`);
      if (given.has(value.name)) throw fail(`its output "${value.name}" is also one of an earlier stage`);
    }
    for (const name of outputs) if (name !== 'logits' && name !== 'features') given.add(name);
    return model;
  });
}

type Fail = (what: string) => PackError;

function parseModel({ bytes }: StageFile, fail: Fail): ModelProto {
  try {
    if (countFields(bytes, ModelProtoSchema) <= mostFields) return fromBinary(ModelProtoSchema, bytes);
  } catch {
    throw fail('it is no ONNX file');
  }
  throw fail(`it has more than ${mostFields} nodes, attributes and other fields, which no network needs`);
}

function checkOperators(model: ModelProto, graph: GraphProto, fail: Fail): void {
  const opset = model.opsetImport.find(({ domain }) => isOnnx(domain))?.version ?? 0n;
  if (opset < lowestOpset) throw fail(`it is of opset ${opset}, expected ${lowestOpset} or later`);
  if (model.functions.length > 0) throw fail(`it brings operators of its own ("${model.functions[0]!.name}")`);
  const sparse = [...graph.sparseInitializer];
  const stored = [...graph.initializer];
  for (const node of graph.node) {
    if (!isOnnx(node.domain)) throw fail(`the operator ${node.opType} of "${node.domain}" is not one of ONNX's own`);
    for (const { name, t, tensors, sparseTensor, sparseTensors, g, graphs } of node.attribute) {
      if (g !== undefined || graphs.length > 0)
        throw fail(`the operator ${node.opType} holds a graph ("${name}"), whose work cannot be counted`);
      stored.push(...tensors, ...(t ? [t] : []));
      sparse.push(...sparseTensors, ...(sparseTensor ? [sparseTensor] : []));
    }
  }
  for (const { values, indices } of sparse) stored.push(...[values, indices].filter((tensor) => tensor !== undefined));
  const elsewhere = stored.find(
    ({ dataLocation, externalData }) => dataLocation === TensorProto_DataLocation.EXTERNAL || externalData.length > 0,
  );
  if (elsewhere) throw fail(`its tensor "${elsewhere.name}" lies in another file`);
}

function checkInputs(graph: GraphProto, stage: StageFile, at: { side: number; given: ReadonlySet<string> }, fail: Fail): void {
  const constants = new Set(graph.initializer.map(({ name }) => name)); // older files list them as inputs too
  const inputs = graph.input.filter(({ name }) => !constants.has(name));
  const unlisted = inputs.find(({ name }) => !stage.inputs.includes(name));
  if (unlisted) throw fail(`its input "${unlisted.name}" is not among those that the pack lists (${stage.inputs.join(', ')})`);
  for (const name of stage.inputs) {
    const value = inputs.find((input) => input.name === name);
    if (!value) throw fail(`the pack lists an input "${name}" that it does not have`);
    if (!isFloat32(value)) throw fail(`its input "${name}" is not float32`);
    const dims = dimsOf(value);
    if (dims !== null && dims[0] !== null) throw fail(`its input "${name}" holds ${dims[0]!} photos; their number must be free`);
    if (name === 'picture') {
      const expected = [null, 3, at.side, at.side];
      const fits = dims === null || (dims.length === 4 && dims.every((dim, i) => dim === null || dim === expected[i]));
      if (!fits) throw fail(`its picture is [${shown(dims)}], expected [N, 3, ${at.side}, ${at.side}]`);
    } else if (exitOf(name) === null && !at.given.has(name)) {
      throw fail(`its input "${name}" is neither the picture, nor exitK.features, nor an output of an earlier stage`);
    }
  }
}

const isOnnx = (domain: string): boolean => domain === '' || domain === 'ai.onnx';

function isFloat32({ type }: ValueInfoProto): boolean {
  return type?.value.case === 'tensorType' && type.value.value.elemType === (TensorProto_DataType.FLOAT as number);
}

/** The declared shape, null for a free length; null where none is declared. */
function dimsOf({ type }: ValueInfoProto): (number | null)[] | null {
  const shape = type?.value.case === 'tensorType' ? type.value.value.shape : undefined;
  return shape?.dim.map(({ value }) => (value.case === 'dimValue' ? Number(value.value) : null)) ?? null;
}

const shown = (dims: readonly (number | null)[]): string => dims.map((dim) => dim ?? 'N').join(', ');

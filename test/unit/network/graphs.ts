/** Hand-made stage graphs, small enough to compute by hand. */
import { create, toBinary } from '@bufbuild/protobuf';
import {
  AttributeProtoSchema,
  AttributeProto_AttributeType,
  GraphProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  OperatorSetIdProtoSchema,
  TensorProtoSchema,
  TensorShapeProto_DimensionSchema,
  TensorShapeProtoSchema,
  TypeProto_TensorSchema,
  TypeProtoSchema,
  ValueInfoProtoSchema,
} from 'onnx-buf';
import type { NetworkPlan, StagePlan } from '../../../src-main/network/index.ts';
import type { ClassMap } from '../../../src-main/policy/opinion.ts';

type Node = readonly [op: string, inputs: string[], outputs: string[]];

/** A float32 graph with a free first axis; `shapes` are those of one photo. */
export function graph(spec: {
  nodes: readonly Node[];
  constants?: Record<string, { shape: number[]; values: number[] }>;
  inputs: Record<string, number[]>;
  outputs: Record<string, number[]>;
}): Uint8Array {
  const info = ([name, shape]: [string, number[]]) =>
    create(ValueInfoProtoSchema, {
      name,
      type: create(TypeProtoSchema, {
        value: {
          case: 'tensorType',
          value: create(TypeProto_TensorSchema, {
            elemType: 1,
            shape: create(TensorShapeProtoSchema, {
              dim: [
                create(TensorShapeProto_DimensionSchema, { value: { case: 'dimParam', value: 'N' } }),
                ...shape.map((d) => create(TensorShapeProto_DimensionSchema, { value: { case: 'dimValue', value: BigInt(d) } })),
              ],
            }),
          }),
        },
      }),
    });
  return toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      irVersion: 8n,
      opsetImport: [create(OperatorSetIdProtoSchema, { domain: '', version: 17n })],
      graph: create(GraphProtoSchema, {
        name: 'hand-made',
        node: spec.nodes.map(([opType, input, output]) =>
          create(NodeProtoSchema, {
            opType,
            input,
            output,
            attribute:
              opType === 'Concat' ? [create(AttributeProtoSchema, { name: 'axis', type: AttributeProto_AttributeType.INT, i: 1n })] : [],
          }),
        ),
        initializer: Object.entries(spec.constants ?? {}).map(([name, { shape, values }]) =>
          create(TensorProtoSchema, { name, dims: shape.map(BigInt), dataType: 1, floatData: values }),
        ),
        input: Object.entries(spec.inputs).map(info),
        output: Object.entries(spec.outputs).map(info),
      }),
    }),
  );
}

export const twoClasses: ClassMap = { collections: ['dark', 'bright'], groups: [], groupOf: [-1, -1], collectionOf: [0, 1], leaves: null };

/**
 * Two stages on a 1 × 1 picture: the mean of the channels m is the feature vector; logits are [0, m] at exit 1 and [0, 10 m] at exit 2.
 * Exit 1 is unsure of a middling photo, exit 2 is not.
 */
export function brightnessNetwork(firstExit = 1): NetworkPlan {
  const logits = (factor: number) => ({ shape: [1, 2], values: [0, factor] });
  const first = graph({
    nodes: [
      ['Flatten', ['picture'], ['flat']],
      ['MatMul', ['flat', 'third'], ['features']],
      ['MatMul', ['features', 'scale'], ['logits']],
      ['Identity', ['features'], ['mean']],
    ],
    constants: { third: { shape: [3, 1], values: [1 / 3, 1 / 3, 1 / 3] }, scale: logits(1) },
    inputs: { picture: [3, 1, 1] },
    outputs: { logits: [2], features: [1], mean: [1] },
  });
  const second = graph({
    nodes: [
      ['Identity', ['mean'], ['features']],
      ['MatMul', ['mean', 'scale'], ['logits']],
    ],
    constants: { scale: logits(10) },
    inputs: { mean: [1] },
    outputs: { logits: [2], features: [1] },
  });
  const stage = (model: Uint8Array, inputs: string[], exit: number): StagePlan => ({
    model,
    inputs,
    exits: [{ exit, temperature: 1, logits: 'logits', features: 'features' }],
  });
  return {
    side: 1,
    mean: [0, 0, 0],
    std: [1 / 255, 1 / 255, 1 / 255],
    classes: twoClasses,
    stages: [stage(first, ['picture'], firstExit), stage(second, ['mean'], firstExit + 1)],
  };
}

/** One stage that sees no picture: its logits are [0, v] for the feature v of an earlier exit. */
export function lookAgainNetwork(reads: string, exit: number): NetworkPlan {
  const model = graph({
    nodes: [
      ['Identity', [reads], ['features']],
      ['MatMul', [reads, 'scale'], ['logits']],
    ],
    constants: { scale: { shape: [1, 2], values: [0, 1] } },
    inputs: { [reads]: [1] },
    outputs: { logits: [2], features: [1] },
  });
  return {
    side: 1,
    mean: [0, 0, 0],
    std: [1, 1, 1],
    classes: twoClasses,
    stages: [{ model, inputs: [reads], exits: [{ exit, temperature: 1, logits: 'logits', features: 'features' }] }],
  };
}

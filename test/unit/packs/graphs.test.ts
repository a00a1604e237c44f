import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { AttributeProtoSchema, type ModelProto, ModelProtoSchema, TensorProtoSchema, TensorProto_DataLocation } from 'onnx-buf';
import { describe, expect, it } from 'vitest';
import { countMacs } from '../../../src-main/packs/count-macs.ts';
import { checkGraphs } from '../../../src-main/packs/graphs.ts';
import { tryGraphs } from '../../../src-main/packs/try-graphs.ts';
import { graph } from '../network/graphs.ts';
import { colourGraph, keptGraph } from './made.ts';

const stage = (bytes: Uint8Array, ...inputs: string[]) => ({ file: 'one.onnx', bytes, inputs });
const colours = (edit: (model: ModelProto) => void = () => undefined) => {
  const model = fromBinary(ModelProtoSchema, colourGraph());
  edit(model);
  return stage(toBinary(ModelProtoSchema, model), 'picture');
};
const kept = { file: 'two.onnx', bytes: keptGraph(), inputs: ['kept'] };
const dimsOf = (model: ModelProto, input: number) => {
  const type = model.graph!.input[input]!.type!.value;
  return type.case === 'tensorType' ? type.value.shape!.dim : [];
};

/** A message as the field of another. */
const wrapped = (field: number, inner: Uint8Array): Uint8Array =>
  new BinaryWriter().tag(field, WireType.LengthDelimited).bytes(inner).finish();
const emptyNodes = (count: number): Uint8Array =>
  wrapped(
    7,
    Uint8Array.from({ length: 2 * count }, (_, i) => (i % 2 === 0 ? 0x0a : 0)),
  );
/** A graph in an attribute of a node of a graph in an attribute … */
function nested(depth: number): Uint8Array {
  let graph = new Uint8Array(0) as Uint8Array;
  for (let i = 0; i < depth; i++) graph = wrapped(1, wrapped(5, wrapped(6, graph)));
  return wrapped(7, graph);
}

describe('the graphs of a network', () => {
  it('may pass tensors from stage to stage', () => {
    expect(checkGraphs([colours(), kept], 1)).toHaveLength(2);
  });

  it.each<[string, () => unknown, string]>([
    [
      'that are no ONNX file',
      () => checkGraphs([stage(Buffer.from('\xff\xd8\xff\xe0 a JPEG', 'latin1'), 'picture')], 1),
      'one.onnx: it is no ONNX file.',
    ],
    ['that are cut short', () => checkGraphs([stage(colourGraph().subarray(0, 100), 'picture')], 1), 'one.onnx: it is no ONNX file.'],
    [
      'that would fill the memory',
      () => checkGraphs([stage(emptyNodes(2_000_000), 'picture')], 1),
      'one.onnx: it has more than 1000000 nodes',
    ],
    [
      'with endless lists',
      () => checkGraphs([colours((m) => (m.graph!.initializer[0]!.int64Data = Array<bigint>(1_000_001).fill(0n)))], 1),
      'one.onnx: it has more than 1000000 nodes',
    ],
    ['that are nested without end', () => checkGraphs([stage(nested(5000), 'picture')], 1), 'one.onnx: it is no ONNX file.'],
    ['that are empty', () => checkGraphs([stage(new Uint8Array(0), 'picture')], 1), 'one.onnx: it holds no graph.'],
    [
      'of an old opset',
      () => checkGraphs([colours((m) => (m.opsetImport[0]!.version = 13n))], 1),
      'one.onnx: it is of opset 13, expected 17 or later.',
    ],
    [
      'with custom operators',
      () => checkGraphs([colours((m) => (m.graph!.node[0]!.domain = 'com.example'))], 1),
      'one.onnx: the operator Flatten of "com.example" is not one of ONNX\'s own.',
    ],
    [
      'with weights in another file',
      () => checkGraphs([colours((m) => (m.graph!.initializer[0]!.dataLocation = TensorProto_DataLocation.EXTERNAL))], 1),
      'one.onnx: its tensor "weights" lies in another file.',
    ],
    [
      'with weights of an attribute in another file',
      () =>
        checkGraphs(
          [
            colours((m) => {
              const t = create(TensorProtoSchema, { name: 'hidden', externalData: [{ key: 'location', value: '/etc/passwd' }] });
              m.graph!.node[0]!.attribute.push(create(AttributeProtoSchema, { name: 'value', t }));
            }),
          ],
          1,
        ),
      'one.onnx: its tensor "hidden" lies in another file.',
    ],
    [
      'with an input that the pack does not list',
      () => checkGraphs([stage(colourGraph(), 'kept')], 1),
      'its input "picture" is not among those that the pack lists (kept)',
    ],
    [
      'without an input that it lists',
      () => checkGraphs([stage(colourGraph(), 'picture', 'more')], 1),
      'the pack lists an input "more" that it does not have',
    ],
    [
      'that read what no stage gives',
      () => checkGraphs([{ ...kept, file: 'one.onnx' }], 1),
      'its input "kept" is neither the picture, nor exitK.features, nor an output of an earlier stage',
    ],
    [
      'with float16 at the door',
      () =>
        checkGraphs(
          [
            colours((m) => {
              const type = m.graph!.input[0]!.type!.value;
              if (type.case === 'tensorType') type.value.elemType = 10;
            }),
          ],
          1,
        ),
      'its input "picture" is not float32',
    ],
    [
      'with float16 as a result',
      () =>
        checkGraphs(
          [
            colours((m) => {
              const type = m.graph!.output[1]!.type!.value;
              if (type.case === 'tensorType') type.value.elemType = 10;
            }),
          ],
          1,
        ),
      'its output "features" is not float32',
    ],
    ['for another side', () => checkGraphs([colours()], 32), 'its picture is [N, 3, 1, 1], expected [N, 3, 32, 32]'],
    [
      'for one photo only',
      () => checkGraphs([colours((m) => (dimsOf(m, 0)[0]!.value = { case: 'dimValue', value: 1n }))], 1),
      'its input "picture" holds 1 photos; their number must be free',
    ],
    ['without logits', () => checkGraphs([colours((m) => m.graph!.output.shift())], 1), 'it has no output "logits"'],
    ['without features', () => checkGraphs([colours((m) => m.graph!.output.splice(1, 1))], 1), 'it has no output "features"'],
    [
      'that give one name twice',
      () => checkGraphs([colours(), { ...colours(), file: 'two.onnx' }], 1),
      'two.onnx: its output "kept" is also one of an earlier stage.',
    ],
  ])('%s are refused', (_, act, message) => {
    expect(act).toThrow(message);
  });
});

describe('trying a network', () => {
  const attempt = (stages: { file: string; bytes: Uint8Array; inputs: string[] }[], { classes = 2, features = {} } = {}) =>
    tryGraphs({ stages, models: checkGraphs(stages, 1), side: 1, classes, features: new Map(Object.entries(features)) });
  const headed = (nodes: [string, string[], string[]][], constants = {}, features: number[] = [3]) =>
    stage(graph({ nodes, constants, inputs: { picture: [3, 1, 1] }, outputs: { logits: [2], features } }), 'picture');

  it('counts its MACs and the lengths of its feature vectors, stage by stage', async () => {
    await expect(attempt([colours(), kept])).resolves.toEqual([
      { macs: 6, features: 3 },
      { macs: 12, features: 3 },
    ]);
  });

  it('keeps apart what a stage gives and what another calls by the same name inside', async () => {
    const weights = (rows: number) => ({ weights: { shape: [rows, 2], values: Array.from({ length: 2 * rows }, (_, i) => i) } });
    const first = graph({
      nodes: [
        ['Flatten', ['picture'], ['features']],
        ['MatMul', ['features', 'weights'], ['logits']],
        ['Relu', ['features'], ['kept']],
        ['Neg', ['features'], ['turned']],
      ],
      constants: weights(3),
      inputs: { picture: [3, 1, 1] },
      outputs: { logits: [2], features: [3], kept: [3], turned: [3] },
    });
    const second = graph({
      nodes: [
        ['Concat', ['turned', 'turned'], ['kept']],
        ['Identity', ['kept'], ['features']],
        ['MatMul', ['kept', 'weights'], ['logits']],
      ],
      constants: weights(6),
      inputs: { turned: [3] },
      outputs: { logits: [2], features: [6] },
    });
    await expect(attempt([stage(first, 'picture'), stage(second, 'turned'), kept])).resolves.toEqual([
      { macs: 6, features: 3 },
      { macs: 18, features: 6 },
      { macs: 24, features: 3 },
    ]);
  });

  it('feeds it the features of earlier networks', async () => {
    const bytes = graph({
      nodes: [
        ['Concat', ['exit1.features', 'exit3.features'], ['features']],
        ['MatMul', ['features', 'w'], ['logits']],
      ],
      constants: { w: { shape: [3, 2], values: [1, 2, 3, 4, 5, 6] } },
      inputs: { 'exit1.features': [1], 'exit3.features': [2] },
      outputs: { logits: [2], features: [3] },
    });
    const stages = [stage(bytes, 'exit1.features', 'exit3.features')];
    await expect(attempt(stages, { features: { 'exit1.features': 1, 'exit3.features': 2 } })).resolves.toEqual([{ macs: 6, features: 3 }]);
    await expect(attempt(stages, { features: { 'exit1.features': 1, 'exit3.features': 5 } })).rejects.toThrow(
      /^one.onnx does not run: .*exit3\.features/,
    );
  });

  it.each<[string, () => Promise<unknown>, string | RegExp]>([
    [
      'another number of classes',
      () => attempt([colours()], { classes: 5 }),
      'one.onnx: its logits are [2, 2] for 2 photos, expected [2, 5].',
    ],
    [
      'an operator that is none',
      () =>
        attempt([
          headed([
            ['Wonder', ['picture'], ['features']],
            ['Relu', ['features'], ['logits']],
          ]),
        ]),
      /^one.onnx does not run: .*Wonder/,
    ],
    [
      'features that are maps',
      () =>
        attempt([
          headed(
            [
              ['Relu', ['picture'], ['features']],
              ['Flatten', ['picture'], ['flat']],
              ['MatMul', ['flat', 'w'], ['logits']],
            ],
            { w: { shape: [3, 2], values: [1, 0, 0, 1, 1, 1] } },
            [3, 1, 1],
          ),
        ]),
      'one.onnx: its features are [2, 3, 1, 1] for 2 photos, expected [2, F].',
    ],
    [
      'photos that sway each other',
      () =>
        attempt([
          headed(
            [
              ['Flatten', ['picture'], ['flat']],
              ['ReduceMin', ['flat'], ['least']],
              ['Sub', ['flat', 'least'], ['features']],
              ['MatMul', ['features', 'w'], ['logits']],
            ],
            { w: { shape: [3, 2], values: [1, 0, 0, 1, 1, 1] } },
          ),
        ]),
      'one.onnx: a photo gets other logits when another is in the batch.',
    ],
    [
      'logits that are not numbers',
      () =>
        attempt([
          headed(
            [
              ['Flatten', ['picture'], ['features']],
              ['Sub', ['features', 'features'], ['nothing']],
              ['Div', ['nothing', 'nothing'], ['nan']],
              ['MatMul', ['nan', 'w'], ['logits']],
            ],
            { w: { shape: [3, 2], values: [1, 0, 0, 1, 1, 1] } },
          ),
        ]),
      'one.onnx: its logits are not finite.',
    ],
  ])('refuses %s', async (_, act, message) => {
    await expect(act()).rejects.toThrow(message);
  });
});

describe('counting MACs', () => {
  const { graph: g } = fromBinary(
    ModelProtoSchema,
    graph({
      nodes: [
        ['Conv', ['picture', 'filters'], ['map']],
        ['MatMul', ['map', 'between'], ['wide']],
        ['MatMul', ['map', 'mixing'], ['mixed']],
        ['Gemm', ['flat', 'linear'], ['logits']],
        ['Relu', ['logits'], ['positive']],
      ],
      constants: {
        filters: { shape: [8, 2, 3, 3], values: Array<number>(144).fill(1) },
        between: { shape: [2, 3], values: [1, 0.5, 0, 0, 0.5, 1] },
        mixing: { shape: [2, 3], values: [1, 0.5, 0, 0, 0.5, 2] },
        linear: { shape: [10, 4], values: Array<number>(40).fill(1) },
      },
      inputs: { picture: [4, 2, 2] },
      outputs: { logits: [4] },
    }),
  );
  const shapes: Record<string, number[]> = { map: [1, 8, 2, 2], wide: [1, 8, 2, 3], mixed: [1, 8, 2, 3], flat: [1, 10], logits: [1, 4] };

  it('takes convolutions in groups, linear layers and matrix products, and nothing for an interpolation', () => {
    const convolution = 32 * 2 * 9;
    const mixed = 48 * 2;
    const linear = 4 * 10;
    expect(countMacs(g!, (name) => shapes[name]!)).toBe(convolution + mixed + linear);
  });

  it('takes the inner length of a linear layer whose input is given turned', () => {
    const turned = structuredClone(g!);
    turned.node = turned.node.filter(({ opType }) => opType === 'Gemm');
    turned.node[0]!.attribute = [create(AttributeProtoSchema, { name: 'transA', i: 1n })];
    expect(countMacs(turned, (name) => (name === 'flat' ? [10, 1] : shapes[name]!))).toBe(4 * 10);
  });
});

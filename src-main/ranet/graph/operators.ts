/** The few operations a RANet is made of, on maps [N, channels, side, side] of a graph under construction. */
import type { Shape } from '../block.ts';
import type { Convolution } from '../convolution.ts';
import type { Weights } from '../weights.ts';
import { columnsMatrix, rowsMatrix } from './bilinear.ts';
import { fold } from './fold.ts';
import type { OnnxGraph } from './onnx.ts';

/** A map in the graph, by its name. */
export interface Value extends Shape {
  readonly name: string;
}

const dimsOf = ({ channels, side }: Shape): number[] => [channels, side, side];

/** A map made earlier in this graph, or one that an earlier stage leaves. */
export const need = (graph: OnnxGraph, name: string, shape: Shape): Value => ({ ...shape, name: graph.need(name, dimsOf(shape)) });

/** Convolution, batch normalisation (folded) and ReLU. */
export function convolve(graph: OnnxGraph, weights: Weights, x: Value, convolution: Convolution, output?: string): Value {
  const { name, from, to, kernel, stride, side } = convolution;
  const shape = { channels: to, side };
  const { weight, bias } = fold(weights, convolution);
  const inputs = [
    x.name,
    graph.floats(`${name}.weight`, [to, from, kernel, kernel], () => weight),
    graph.floats(`${name}.bias`, [to], () => bias),
  ];
  const padding = (kernel - 1) / 2;
  const convolved = graph.node('Conv', inputs, name, dimsOf(shape), {
    kernel_shape: [kernel, kernel],
    strides: [stride, stride],
    pads: [padding, padding, padding, padding],
  });
  return { ...shape, name: graph.node('Relu', [convolved], output ?? `${name}.relu`, dimsOf(shape)) };
}

export function concat(graph: OnnxGraph, values: readonly Value[], output: string): Value {
  const channels = values.reduce((sum, value) => sum + value.channels, 0);
  const shape = { channels, side: values[0]!.side };
  const names = values.map(({ name }) => name);
  return { ...shape, name: graph.node('Concat', names, output, dimsOf(shape), { axis: 1 }) };
}

/** The first channels of a map. */
export function firstChannels(graph: OnnxGraph, x: Value, channels: number): Value {
  if (channels === x.channels) return x;
  const inputs = [x.name, graph.integers([0]), graph.integers([channels]), graph.integers([1])];
  const shape = { channels, side: x.side };
  return { ...shape, name: graph.node('Slice', inputs, `${x.name}.first${channels}`, dimsOf(shape)) };
}

/** Bilinear with aligned corners; the same map where the side is the same. */
export function resize(graph: OnnxGraph, x: Value, side: number): Value {
  if (side === x.side) return x;
  const { channels, side: from } = x;
  const sizes = `${from}to${side}`;
  const columns = graph.floats(`columns.${sizes}`, [from, side], () => columnsMatrix(from, side));
  const rows = graph.floats(`rows.${sizes}`, [side, from], () => rowsMatrix(from, side));
  const wide = graph.node('MatMul', [x.name, columns], `${x.name}.columns${sizes}`, [channels, from, side]);
  const shape = { channels, side };
  return { ...shape, name: graph.node('MatMul', [rows, wide], `${x.name}.${sizes}`, dimsOf(shape)) };
}

/** Max pooling 3x3 of stride 2, padding 1. @param side of the output */
export function pool(graph: OnnxGraph, { name, channels }: Value, side: number, output: string): Value {
  const attributes = { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] };
  return { channels, side, name: graph.node('MaxPool', [name], output, [channels, side, side], attributes) };
}

/**
 * Weights and pictures by formula: the golden files were made with them, so none are stored. The same numbers on every machine.
 *
 * A tensor's values come from its name and the flat index by a 32-bit hash; reals are in double precision and rounded once.
 */
import type { RanetConfig, Tensor, Weights } from '../../../src-main/ranet/index.ts';
import { tensorsOf } from '../../../src-main/ranet/index.ts';

/** FNV-1a over the bytes of the name, unsigned. */
export function hash(name: string): number {
  let h = 0x811c9dc5;
  for (const byte of Buffer.from(name)) h = Math.imul(h ^ byte, 0x01000193);
  return h >>> 0;
}

/** The i-th number of a name's sequence, in [-1, 1). */
export function uniform(h: number, i: number): number {
  let x = (h + Math.imul(i, 0x9e3779b9)) | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return ((x ^ (x >>> 16)) >>> 0) / 2147483648 - 1;
}

/** Every tensor of a configuration but the counters, under the authors' names. */
export function formulaWeights(config: RanetConfig): Weights {
  const floats = tensorsOf(config).filter(({ type }) => type === 'float32');
  return new Map(floats.map(({ name, shape }) => [name, formulaTensor(name, shape)]));
}

export function formulaTensor(name: string, shape: readonly number[]): Tensor {
  const h = hash(name);
  const data = new Float32Array(shape.reduce((a, b) => a * b, 1));
  const [offset, factor] = rangeOf(name, shape);
  for (let i = 0; i < data.length; i++) data[i] = offset + factor * uniform(h, i);
  return { shape, data };
}

function rangeOf(name: string, shape: readonly number[]): [offset: number, factor: number] {
  if (name.endsWith('.running_mean') || name.endsWith('.bias')) return [0, 0.1];
  if (shape.length === 1) return [1, 0.5]; // variance or scale
  return [0, Math.sqrt(6 / shape.slice(1).reduce((a, b) => a * b, 1))];
}

/** Two pictures [2, 3, side, side] as they enter the network. */
export function formulaPicture(side: number): Float32Array {
  const [fine, coarse] = [hash('input'), hash('input.coarse')];
  return Float32Array.from({ length: 2 * 3 * side * side }, (_, i) => {
    const plane = Math.floor(i / side ** 2);
    const [y, x] = [Math.floor(i / side) % side, i % side];
    return uniform(fine, i) + uniform(coarse, plane * 1024 + Math.floor(y / 8) * 32 + Math.floor(x / 8));
  });
}

/**
 * Every convolution of a RANet as a value: names, channels, sides. Tensors, operation counts and graphs all follow from these.
 *
 * Each is followed by batch normalisation and ReLU, and has no bias, except the ImageNet stem's.
 */
export interface Convolution {
  readonly name: string; // its tensors are `name.weight`, with a bias `name.bias`
  readonly norm: string; // its batch normalisation's are `norm.weight`, `norm.bias`, …
  readonly biased: boolean;
  readonly from: number; // channels
  readonly to: number; // channels
  readonly kernel: 1 | 3 | 7;
  readonly stride: 1 | 2;
  readonly side: number; // of its output
}

/** 1x1 to few channels, then 3x3: one half of a dense layer. */
export type Bottleneck = readonly [narrow: Convolution, wide: Convolution];

/** What a 3x3 convolution or pooling of stride 2, padding 1 leaves of a side; so does the ImageNet stem's 7x7 with padding 3. */
export const halved = (side: number): number => Math.ceil(side / 2);

/** Convolution, batch normalisation, ReLU, as the authors' code names them. @param side of the input */
export function cbr(prefix: string, from: number, to: number, kernel: 1 | 3, stride: 1 | 2, side: number): Convolution {
  return {
    name: `${prefix}.net.0`,
    norm: `${prefix}.net.1`,
    biased: false,
    from,
    to,
    kernel,
    stride,
    side: stride === 2 ? halved(side) : side,
  };
}

/** @param factor the bottleneck's width in units of its output @param side of the input */
export function bottleneck(prefix: string, from: number, to: number, factor: number, stride: 1 | 2, side: number): Bottleneck {
  const narrow = cbr(prefix, from, Math.min(from, factor * to), 1, 1, side);
  const wide = cbr(prefix, narrow.to, to, 3, stride, side);
  return [narrow, { ...wide, name: `${prefix}.net.3`, norm: `${prefix}.net.4` }];
}

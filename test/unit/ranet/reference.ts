/**
 * A second RANet, to test the first: the layers of the paper's code one after another, in double precision, on one picture. It shares no
 * plan with src-main: block counts, kinds, transitions, halvings and channels are worked out here again, from the configuration, and each
 * convolution insists on the shape of its weights. Slow; for small networks.
 */
import type { RanetConfig, Weights } from '../../../src-main/ranet/index.ts';

interface FeatureMap {
  readonly channels: number;
  readonly side: number;
  readonly data: Float64Array; // row by row
}

/** The logits of one picture [3, side, side] at every exit. */
export function referenceLogits(config: RanetConfig, weights: Weights, picture: Float32Array): Float64Array[] {
  const { scaleList, grFactor, bnFactor, nChannels, growthRate, compressFactor, reduction, nBlocks, blockStep } = config;
  const { inputSize, numClasses, step, stepMode, stem } = config;
  const S = scaleList.length;
  const tensor = (name: string): Float32Array => weights.get(name)!.data;

  /** Convolution, batch normalisation, ReLU. */
  function cbr(x: FeatureMap, name: string, norm: string, to: number, kernel: number, stride: number): FeatureMap {
    const shape = weights.get(`${name}.weight`)?.shape.join();
    const wanted = [to, x.channels, kernel, kernel].join();
    if (shape !== wanted) throw new Error(`${name}: ${String(shape)} instead of ${wanted}`);
    const w = tensor(`${name}.weight`);
    const bias = weights.get(`${name}.bias`)?.data;
    const side = Math.floor((x.side + 2 * ((kernel - 1) / 2) - kernel) / stride) + 1;
    const data = new Float64Array(to * side * side);
    for (let o = 0, at = 0; o < to; o++) {
      const factor = tensor(`${norm}.weight`)[o]! / Math.sqrt(tensor(`${norm}.running_var`)[o]! + 1e-5);
      for (let r = 0; r < side; r++) {
        for (let c = 0; c < side; c++, at++) {
          let sum = bias?.[o] ?? 0;
          for (let i = 0; i < x.channels; i++) {
            for (let kr = 0; kr < kernel; kr++) {
              const y = r * stride + kr - (kernel - 1) / 2;
              if (y < 0 || y >= x.side) continue;
              for (let kc = 0; kc < kernel; kc++) {
                const z = c * stride + kc - (kernel - 1) / 2;
                if (z < 0 || z >= x.side) continue;
                sum += w[((o * x.channels + i) * kernel + kr) * kernel + kc]! * x.data[(i * x.side + y) * x.side + z]!;
              }
            }
          }
          data[at] = Math.max(0, (sum - tensor(`${norm}.running_mean`)[o]!) * factor + tensor(`${norm}.bias`)[o]!);
        }
      }
    }
    return { channels: to, side, data };
  }

  const bottleneck = (x: FeatureMap, name: string, to: number, factor: number, stride: number): FeatureMap => {
    const narrow = cbr(x, `${name}.net.0`, `${name}.net.1`, Math.min(x.channels, factor * to), 1, 1);
    return cbr(narrow, `${name}.net.3`, `${name}.net.4`, to, 3, stride);
  };
  const plain = (x: FeatureMap, name: string, to: number, kernel: number, stride: number): FeatureMap =>
    cbr(x, `${name}.net.0`, `${name}.net.1`, to, kernel, stride);

  // the stem, fine to coarse
  let x: FeatureMap = { channels: 3, side: inputSize, data: Float64Array.from(picture) };
  const base: FeatureMap[] = [];
  for (let i = 0; i < S; i++) {
    const s = S - 1 - i;
    const name = `FirstLayer.layers.${i}`;
    if (i > 0) x = plain(x, name, nChannels * grFactor[s]!, 3, scaleList[s] === scaleList[s + 1] ? 1 : 2);
    else if (stem === 'cifar') x = plain(x, name, nChannels * grFactor[s]!, 3, 1);
    else x = maxPool(cbr(x, `${name}.0`, `${name}.1`, nChannels * grFactor[s]!, 7, 2));
    base[s] = x;
  }

  const logits: Float64Array[] = [];
  const counts = scaleList.map((_, s) => nBlocks + blockStep * s);
  let coarser: FeatureMap[][] = []; // per block of the sub-network before, its features
  for (let s = 0; s < S; s++) {
    const k = scaleList[s]!;
    const former = [0, ...counts.slice(0, s)];
    const halvings = k === 1 ? former : former.slice(Math.max(0, former.length - (k - 1)));
    const g = growthRate * grFactor[s]!;
    const u = Math.floor(g * compressFactor);
    const mine: FeatureMap[][] = [];
    x = base[s]!;
    for (let b = 0; b < counts[s]!; b++) {
      const name = `scale_flows.${s}.${b}`;
      const L = stepMode === 'lg' ? step * (b + 1) : step;
      const Q = b < former[s]! ? coarser[b]! : null;
      const halves = Q !== null && halvings.includes(b + 1);
      const features = [x];
      for (let j = 0; j < L; j++) {
        const old: FeatureMap = features[j]!;
        const layer = `${name}.layers.${j}`;
        if (Q === null) {
          features.push(joined(old, bottleneck(old, `${layer}.conv_normal`, g, bnFactor[s]!, 1)));
          continue;
        }
        const own = bottleneck(old, `${layer}.conv_normal`, g - u, bnFactor[s]!, halves && j === L - 1 ? 2 : 1);
        const up = bottleneck(Q[j]!, `${layer}.conv_up`, u, bnFactor[s - 1]!, 1);
        features.push(joined(resized(old, own.side), resized(up, own.side), own));
      }
      x = features[L]!;
      if (Q !== null) {
        x = joined(x, resized(plain(Q[L]!, `${name}.conv_last`, Math.floor(x.channels * compressFactor), 1, 1), x.side));
      }
      const transits = Array.from({ length: k - 1 }, (_, i) => Math.floor(((i + 1) * counts[s]!) / k)).includes(b + 1);
      if (transits) x = plain(x, `${name}.trans`, Math.floor(reduction * x.channels), 1, 1);
      mine.push(features);
      if (Q === null) logits.push(exit(x, `classifier.${logits.length}`));
    }
    coarser = mine;
  }
  return logits;

  function exit(from: FeatureMap, name: string): Float64Array {
    const width = stem === 'cifar' ? 128 : from.channels;
    const { data, side } = plain(plain(from, `${name}.m.0`, width, 3, 2), `${name}.m.1`, width, 3, 2);
    const pooled = Float64Array.from({ length: width }, (_, c) => {
      const at = c * side * side;
      return (data[at]! + data[at + 1]! + data[at + side]! + data[at + side + 1]!) / 4;
    });
    const w = tensor(`${name}.linear.weight`);
    return Float64Array.from({ length: numClasses }, (_, o) =>
      pooled.reduce((sum, value, i) => sum + w[o * width + i]! * value, tensor(`${name}.linear.bias`)[o]!),
    );
  }
}

function joined(...maps: readonly FeatureMap[]): FeatureMap {
  const { side } = maps[0]!;
  return {
    channels: maps.reduce((sum, { channels }) => sum + channels, 0),
    side,
    data: Float64Array.from(maps.flatMap(({ data }) => [...data])),
  };
}

/** Bilinear with aligned corners, place by place. */
function resized(map: FeatureMap, side: number): FeatureMap {
  if (side === map.side) return map;
  const { channels, side: M } = map;
  const ratio = side === 1 ? 0 : (M - 1) / (side - 1);
  const data = Float64Array.from({ length: channels * side * side }, (_, at) => {
    const plane = Math.floor(at / side ** 2) * M * M;
    const [y, x] = [(Math.floor(at / side) % side) * ratio, (at % side) * ratio];
    const [top, left] = [Math.min(Math.floor(y), M - 1), Math.min(Math.floor(x), M - 1)];
    const [bottom, right] = [Math.min(top + 1, M - 1), Math.min(left + 1, M - 1)];
    const along = (row: number): number => {
      const share = x - left;
      return map.data[plane + row * M + left]! * (1 - share) + map.data[plane + row * M + right]! * share;
    };
    return along(top) * (1 - (y - top)) + along(bottom) * (y - top);
  });
  return { channels, side, data };
}

/** 3x3 of stride 2, padding 1, of values that are never negative. */
function maxPool({ channels, side: M, data: from }: FeatureMap): FeatureMap {
  const side = Math.floor((M - 1) / 2) + 1;
  const data = new Float64Array(channels * side * side);
  for (let c = 0, at = 0; c < channels; c++) {
    for (let r = 0; r < side; r++) {
      for (let z = 0; z < side; z++, at++) {
        for (let y = Math.max(0, 2 * r - 1); y <= Math.min(M - 1, 2 * r + 1); y++) {
          for (let x = Math.max(0, 2 * z - 1); x <= Math.min(M - 1, 2 * z + 1); x++) {
            data[at] = Math.max(data[at]!, from[(c * M + y) * M + x]!);
          }
        }
      }
    }
  }
  return { channels, side, data };
}

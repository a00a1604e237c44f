/**
 * The form of a RANet configuration, field by field. Whether the fields fit together is decided in `config.ts`.
 *
 * The upper bounds are no rule of the network: they keep the time and memory that a hostile or mistyped file can cost small.
 */
import * as v from 'valibot';

/** One field's check. Its message is what was expected, to be put into a sentence. */
const number = (expected: string, holds: (value: number) => boolean) =>
  v.custom<number>((value) => typeof value === 'number' && holds(value), expected);

const whole = (from: number, to: number) =>
  number(`a whole number from ${from} to ${to}`, (value) => Number.isInteger(value) && value >= from && value <= to);

const list = (from: number, to: number) => {
  const expected = 'a list of 1 to 16 whole numbers, one per sub-network';
  return v.pipe(v.array(whole(from, to), expected), v.minLength(1, expected), v.maxLength(16, expected), v.readonly());
};

export const RanetSchema = v.object(
  {
    stem: v.picklist(['cifar', 'imagenet'], '"cifar" or "imagenet"'), // the first layer and the width of the exits
    numClasses: whole(1, 100_000),
    inputSize: whole(1, 4096), // pixels, square
    nBlocks: whole(1, 256), // blocks in the first sub-network
    blockStep: whole(1, 256), // further blocks of each next one; with 0 the later ones would have no exit
    step: whole(1, 256), // dense layers per block
    stepMode: v.picklist(['even', 'lg'], '"even" or "lg"'), // all blocks equal, or linearly growing
    nChannels: whole(1, 4096), // base channels
    growthRate: whole(1, 4096), // base growth
    scaleList: list(1, 16), // per sub-network its scale, 1 = coarsest
    grFactor: list(1, 256), // per sub-network, multiplies channels and growth
    bnFactor: list(1, 256), // per sub-network, bottleneck width
    compressFactor: number('a share from 0 to 1', (value) => value >= 0 && value <= 1), // of the growth that the coarser sub-network gives
    reduction: number('a number above 0, at most 16', (value) => value > 0 && value <= 16), // channel factor of a transition
  },
  'an object with the fields of a RANet configuration',
);

export type RanetConfig = Readonly<v.InferOutput<typeof RanetSchema>>;

/**
 * What a RANet costs up to each exit, in multiply-accumulate operations and parameters, for one picture.
 *
 * Published budgets are in the authors' own count, which adds an operation per ReLU, per input of a pooling and per bias of a linear
 * layer: 0.15 to 1.4 % more.
 */
import { type Convolution, halved } from './convolution.ts';
import { convolutionsOfStage, type Plan, planOf, type Stage } from './plan.ts';
import type { RanetConfig } from './schema.ts';

/** Of everything that has run when the exit has answered: the exits before it are in it. */
export interface Cost {
  readonly macs: number; // of convolutions and linear layers
  readonly macsAuthors: number;
  readonly parameters: number; // weights, biases, scale and shift of batch normalisation; no running statistics
}

/** Multiply-accumulates of one picture up to and including each exit. */
export const macsOf = (config: RanetConfig): number[] => costsOf(planOf(config)).map(({ macs }) => macs);

/** Parameters of the whole network, without running statistics. */
export const parametersOf = (config: RanetConfig): number => costsOf(planOf(config)).at(-1)!.parameters;

/** Cumulative, one per exit. */
export function costsOf({ stages, config: { numClasses } }: Plan): Cost[] {
  let sum: Cost = { macs: 0, macsAuthors: 0, parameters: 0 };
  return stages.map((stage) => {
    const own = costOfStage(stage, numClasses);
    sum = {
      macs: sum.macs + own.macs,
      macsAuthors: sum.macsAuthors + own.macsAuthors,
      parameters: sum.parameters + own.parameters,
    };
    return sum;
  });
}

function costOfStage(stage: Stage, classes: number): Cost {
  const convolutions = convolutionsOfStage(stage);
  const { features } = stage.exit;
  const macs = total(convolutions, (c) => elements(c) * c.from * c.kernel ** 2) + features * classes;
  const relus = total(convolutions, elements);
  const [first] = stage.stem?.pools === true ? stage.stem.convolutions : [];
  const stemPooling = first === undefined ? 0 : first.to * halved(first.side) ** 2 * 9;
  const parameters = total(convolutions, (c) => c.to * (c.from * c.kernel ** 2 + 2 + (c.biased ? 1 : 0))) + (features + 1) * classes;
  return { macs, macsAuthors: macs + relus + stemPooling + 4 * features + classes, parameters };
}

const elements = ({ to, side }: Convolution): number => to * side ** 2;

const total = (convolutions: readonly Convolution[], of: (convolution: Convolution) => number): number =>
  convolutions.reduce((sum, convolution) => sum + of(convolution), 0);

/**
 * Accuracy against cost: the cheapest policies for rising accuracy, with the presets among them, on the photos that they were solved on.
 */
import type { Preset } from '../../contract/events.ts';
import type { Outcome, Presets, Solved } from '../../policy/index.ts';
import { meanOf, type Cost, type Costs } from './cost.ts';
import { proportion } from './proportion.ts';

/** As in pack.json: shares 0 … 1, costs are means per photo. */
export interface CurvePoint {
  readonly preset?: Preset; // presets that coincide each have a point
  readonly accuracy: number;
  readonly low: number; // with high: the 95 % interval
  readonly high: number;
  readonly macs: number;
  readonly milliseconds: Cost['milliseconds'];
  readonly rungs: Cost['rungs'];
}

/** @param frontier from cheapest to dearest; every preset but `full` is on it */
export function curveOf(frontier: readonly Solved[], full: Outcome, presets: Presets, costs: Costs): CurvePoint[] {
  const early = (['saver', 'balanced', 'accurate'] as const).map((preset) => [preset, presets[preset].join()] as const);
  return [
    ...frontier.flatMap((solved) => {
      const point = pointOf(solved, meanOf(solved.leave, costs.exits));
      const here = early.filter(([, thresholds]) => thresholds === solved.thresholds.join());
      return here.length === 0 ? [point] : here.map(([preset]) => ({ preset, ...point }));
    }),
    { preset: 'full', ...pointOf(full, costs.full) },
  ];
}

function pointOf({ right, leave }: Outcome, { macs, milliseconds, rungs }: Cost): CurvePoint {
  const { share, low, high } = proportion(
    right,
    leave.reduce((a, b) => a + b, 0),
  )!;
  return { accuracy: share, low, high, macs, milliseconds, rungs };
}

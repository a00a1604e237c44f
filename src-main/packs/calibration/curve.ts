/** Accuracy against cost: what the cheapest policies give, then the presets, on the photos that they were solved on. */
import { presets as presetNames, type Preset } from '../../contract/events.ts';
import { frontier, outcomeOf, type ExitTable, type Outcome, type Presets } from '../../policy/index.ts';
import { meanOf, millisecondsOf, type Cost, type Costs } from './cost.ts';
import { proportion } from './proportion.ts';

/** As in pack.json: shares 0 … 1, costs are means per photo. */
export interface CurvePoint {
  readonly preset?: Preset; // absent on the curve itself; the presets may lie below it, as their thresholds are not below the review threshold
  readonly accuracy: number;
  readonly low: number; // with high: the 95 % interval
  readonly high: number;
  readonly macs: number;
  readonly milliseconds: Cost['milliseconds'];
  readonly rungs: Cost['rungs'];
}

/** The curve from cheapest to dearest, then a point for each preset, `full` last. */
export function curveOf(table: ExitTable, presets: Presets, costs: Costs): CurvePoint[] {
  return [
    ...frontier(table, costs.exits.map(millisecondsOf)).map((solved) => pointOf(solved, meanOf(solved.leave, costs.exits))),
    ...presetNames.map((preset) => {
      const outcome = outcomeOf(table, presets[preset]);
      return { preset, ...pointOf(outcome, preset === 'full' ? costs.full : meanOf(outcome.leave, costs.exits)) };
    }),
  ];
}

function pointOf({ right, leave }: Outcome, { macs, milliseconds, rungs }: Cost): CurvePoint {
  const { share, low, high } = proportion(
    right,
    leave.reduce((a, b) => a + b, 0),
  )!;
  return { accuracy: share, low, high, macs, milliseconds, rungs };
}

/**
 * Where the handle of the power dialog can stand: the points of the pack's curve and its presets, from cheapest to dearest. Presets that
 * coincide share one stop, and a point of the curve that is a preset is that preset.
 */
import { type Preset, presets } from '../../src-main/contract/events.ts';
import type { Choice, CurvePoint, PackInfo } from '../../src-main/contract/library.ts';

export interface Stop {
  readonly choice: Choice;
  readonly point: CurvePoint;
  readonly presets: readonly Preset[]; // that stand here
}

/** CPU milliseconds a photo, network and reading. */
export const cost = ({ milliseconds }: CurvePoint): number => milliseconds.network + milliseconds.read;

const same = (a: CurvePoint, b: CurvePoint): boolean => a.accuracy === b.accuracy && Math.abs(cost(a) - cost(b)) < 1e-9;

/** Empty where the pack is not calibrated. */
export function stopsOf(pack: PackInfo): Stop[] {
  const stops: Stop[] = [];
  for (const preset of presets) {
    const point = pack.presets[preset];
    if (!point) continue;
    const at = stops.findIndex((stop) => same(stop.point, point));
    if (at < 0) stops.push({ choice: { kind: 'preset', preset }, point, presets: [preset] });
    else stops[at] = { ...stops[at]!, presets: [...stops[at]!.presets, preset] };
  }
  for (const [i, point] of pack.curve.entries()) {
    if (!stops.some((stop) => same(stop.point, point))) stops.push({ choice: { kind: 'point', point: i }, point, presets: [] });
  }
  return stops.sort((a, b) => cost(a.point) - cost(b.point) || a.point.accuracy - b.point.accuracy);
}

/** The stop where a choice stands; -1 where it is not among them. */
export function stopOf(stops: readonly Stop[], choice: Choice, pack: PackInfo): number {
  const point = choice.kind === 'preset' ? pack.presets[choice.preset] : pack.curve[choice.point];
  return point ? stops.findIndex((stop) => same(stop.point, point)) : -1;
}

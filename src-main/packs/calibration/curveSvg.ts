/**
 * curve.svg: accuracy against milliseconds, the presets as points, the 95 % interval as a band.
 */
import type { Preset } from '../../contract/events.ts';
import { millisecondsOf } from './cost.ts';
import type { CurvePoint } from './curve.ts';
import { blue, drawing, grey, round } from './svg.ts';

const width = 640;
const height = 440;
const plot = { left: 48, right: 552, top: 124, bottom: 384 }; // room for the names: above in a row each, and to the right of the last
const row = 18;

/**
 * @param of the pack's title and what the photos were, for readers and screen readers
 * @param points the curve from cheapest to dearest, then the presets in their order; at least one
 */
export function curveSvg(of: { title: string; photos: string }, points: readonly CurvePoint[]): string {
  const x = scale([0, ...points.map(millisecondsOf)], plot.left, plot.right);
  const y = scale(
    points.flatMap(({ low, high }) => [100 * low, 100 * high]),
    plot.bottom,
    plot.top,
  );
  const at = (ms: number, accuracy: number): string => `${round(x.of(ms))},${round(y.of(100 * accuracy))}`;
  const line = points.filter(({ preset }) => preset === undefined);
  const band = [
    ...line.map((point) => at(millisecondsOf(point), point.high)),
    ...line.toReversed().map((point) => at(millisecondsOf(point), point.low)),
  ];
  const presets = points.flatMap(({ preset, ...point }) => (preset === undefined ? [] : [{ preset, ...point }]));
  const described = presets.map(
    (point) => `${point.preset}: ${(100 * point.accuracy).toFixed(1)} % at ${millisecondsOf(point).toFixed(1)} ms`,
  );
  const said = {
    title: `${of.title}: accuracy against cost`,
    description: `Collections right against milliseconds a photo, reading and network, on ${of.photos}. ${described.join('; ')}.`,
  };
  return drawing(
    { width, height },
    said,
    `<text x="${plot.left}" y="20" font-size="15">Collections right, %</text>
${y.ticks.map((tick) => `<path d="M${plot.left} ${round(y.of(tick))}H${plot.right}" stroke="${grey}" stroke-opacity="0.25"/><text x="${plot.left - 8}" y="${round(y.of(tick) + 4.5)}" text-anchor="end">${tick}</text>`).join('\n')}
${x.ticks.map((tick) => `<text x="${round(x.of(tick))}" y="${plot.bottom + 20}" text-anchor="middle">${tick}</text>`).join('\n')}
<path d="M${plot.left} ${plot.bottom}H${plot.right}" stroke="${grey}"/>
<text x="${plot.right}" y="${plot.bottom + 42}" text-anchor="end">Milliseconds a photo, reading and network</text>
<polygon points="${band.join(' ')}" fill="${blue}" fill-opacity="0.15"/>
<polyline points="${line.map((point) => at(millisecondsOf(point), point.accuracy)).join(' ')}" fill="none" stroke="${blue}" stroke-width="2"/>
${presets.map((point, i) => mark(point.preset, i, x.of(millisecondsOf(point)), y.of(100 * point.accuracy))).join('\n')}`,
  );
}

/** The point, its name in its own row above the plot, and a line between; names to the right of a line never meet the line of another. */
function mark(name: Preset, index: number, x: number, y: number): string {
  const nameAt = 48 + row * index;
  return `<path d="M${round(x)} ${nameAt - 10}V${round(y)}" stroke="${grey}" stroke-opacity="0.6"/><circle cx="${round(x)}" cy="${round(y)}" r="5" fill="${blue}"/><text x="${round(x + 6)}" y="${nameAt}">${name}</text>`;
}

/** A linear scale over the values, widened to whole ticks of 1, 2 or 5 times a power of ten. */
function scale(values: readonly number[], from: number, to: number): { of: (value: number) => number; ticks: number[] } {
  const least = Math.min(...values);
  const extent = Math.max(Math.max(...values) - least, 1e-6);
  const power = 10 ** Math.floor(Math.log10(extent / 4));
  const step = power * ([1, 2, 5, 10].find((factor) => extent / (factor * power) <= 6) ?? 10);
  const first = Math.floor(least / step);
  const last = Math.max(Math.ceil((least + extent) / step - 1e-9), first + 1);
  const ticks = Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(6)));
  return { of: (value) => from + ((value / step - first) / (last - first)) * (to - from), ticks };
}

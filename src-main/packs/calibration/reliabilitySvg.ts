/**
 * Are confidences honest? A panel per exit: in ten bins of as many photos each, the share that is right against the mean confidence, over
 * the band where a perfectly calibrated network would lie in 95 of 100 drawings of these photos.
 */
import type { Evaluation } from './evaluate.ts';
import type { Bin } from './reliability.ts';
import { blue, drawing, grey, round } from './svg.ts';

const across = 4;
const side = 128; // of a panel's plot
const step = { x: 168, y: 172 };
const first = { x: 36, y: 40 };

/** @param on the photos, for readers and screen readers */
export function reliabilitySvg(on: string, { exits }: Evaluation): string {
  const rows = Math.ceil(exits.length / across);
  const size = { width: first.x + step.x * Math.min(across, exits.length), height: first.y + step.y * rows };
  const errors = exits.map(({ exit, reliability: { error } }) => `exit ${exit}: error ${(100 * error).toFixed(1)} %`);
  const said = {
    title: `Share right against confidence, per exit, on ${on}`,
    description: `Ten bins of equal size; the band is that of a perfectly calibrated network. ${errors.join('; ')}.`,
  };
  const panels = exits.map(({ exit, reliability: { bins } }, i) =>
    panel(exit, bins, first.x + step.x * (i % across), first.y + step.y * Math.floor(i / across)),
  );
  return drawing(size, said, [`<text x="${first.x}" y="14">Right, %, against confidence, %</text>`, ...panels].join('\n'));
}

function panel(exit: number, bins: readonly Bin[], left: number, top: number): string {
  const x = (share: number): number => round(left + side * share);
  const y = (share: number): number => round(top + side * (1 - share));
  const band = [
    ...bins.map(({ confidence, band: { high } }) => `${x(confidence)},${y(high)}`),
    ...bins.toReversed().map(({ confidence, band: { low } }) => `${x(confidence)},${y(low)}`),
  ];
  return `<path d="M${left} ${top}V${top + side}H${left + side}" fill="none" stroke="${grey}"/>
<path d="M${left} ${top + side}L${left + side} ${top}" stroke="${grey}" stroke-opacity="0.5"/>
<polygon points="${band.join(' ')}" fill="${blue}" fill-opacity="0.2"/>
${bins.map((bin) => `<circle cx="${x(bin.confidence)}" cy="${y(bin.right)}" r="3" fill="${blue}"/>`).join('')}
<text x="${left + 6}" y="${top + 10}">exit ${exit}</text>
${[0, 0.5, 1].map((tick) => `<text x="${x(tick)}" y="${top + side + 16}" text-anchor="middle" font-size="11">${100 * tick}</text><text x="${left - 5}" y="${y(tick) + 4}" text-anchor="end" font-size="11">${100 * tick}</text>`).join('')}`;
}

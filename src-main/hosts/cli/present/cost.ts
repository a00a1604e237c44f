/** What a run cost and saved, as a person sees it. */
import type { Start, Summary } from '../../../contract/events.ts';
import type { Terminal } from '../terminal.ts';
import { bytes, joules, joulesWithin, millions, percent, plural } from './numbers.ts';
import { wrap } from './text.ts';

export function costLines({ watts }: Start, summary: Summary, { width }: Terminal): string[] {
  const { energy, saved, rungs, meanMacs, fullMacs, verdicts, stored, overheadJoules } = summary;
  const { joules: typical, low, high, read, network, method } = energy;
  const looked = verdicts - stored;
  const each = looked > 1 ? `; ${joules(typical / looked)} a photo` : '';
  const how = `${method}: busy time x ${watts.typical} W a core (${watts.low} to ${watts.high}, ${watts.of})`;
  const nothingSeen: [string, string][] = [
    ['Energy', `none for photos; about ${joules(overheadJoules)} for looking them up`],
    ['', how],
  ];
  const seen: [string, string][] = [
    ['Network', `${millions(meanMacs)} of ${millions(fullMacs)} million MACs a photo (${percent(meanMacs / fullMacs)})`],
    ['Reading', `${plural(rungs.preview, 'preview')} and ${plural(rungs.scaled + rungs.full, 'decode')}, ${bytes(summary.bytes)}`],
    ['Energy', `about ${joulesWithin({ typical, low, high })}: reading ${joules(read)}, network ${joules(network)}${each}`],
    ['', `${how}; start-up ${joules(overheadJoules)} more`],
    ['Saved', `${savedOf('reading', saved.read, saved.ofRead)}; ${savedOf('network', saved.network, saved.ofNetwork)}`],
    ['', `against every network on one scaled decode of each photo; ${saved.method}`],
  ];
  return (looked === 0 ? nothingSeen : seen).flatMap(([name, text]) => wrap(text, width, `  ${name.padEnd(7)}  `));
}

/** Against what it would have taken; said plainly where more was spent. */
function savedOf(what: string, value: number, of: number): string {
  if (value === 0 || of === 0) return `${what} nothing`;
  const share = percent(Math.abs(value) / of);
  return value > 0 ? `${what} ${joules(value)} (${share})` : `${what} nothing, it took ${joules(-value)} more (${share})`;
}

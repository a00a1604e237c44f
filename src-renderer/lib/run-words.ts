/** A run in words: what it read, what it did not sort, what it saved. */
import type { RunState } from '../../src-main/contract/library.ts';
import { count, energy, percent, watts } from './numbers.ts';

const rungTitles = { preview: 'embedded preview', scaled: 'scaled decode', full: 'full decode' } as const;
const rungs = ['preview', 'scaled', 'full'] as const;

/** "embedded preview 82%, scaled decode 18%": of the reads, cheapest first; those that occurred. */
export function readFrom(run: RunState): string {
  const reads = rungs.reduce((sum, rung) => sum + run.rungs[rung], 0);
  const used = rungs.filter((rung) => run.rungs[rung] > 0).map((rung) => `${rungTitles[rung]} ${share(run.rungs[rung], reads)}`);
  const known = run.stored > 0 ? [`${count(run.stored)} known already`] : [];
  return [...used, ...known].join(', ') || 'nothing yet';
}

export function notSorted({ failed, skipped }: RunState): string {
  const parts = [failed > 0 ? `${count(failed)} could not be read` : '', skipped > 0 ? `${count(skipped)} skipped` : ''];
  return parts.filter((part) => part !== '').join(', ');
}

/** "21%"; what occurred is never told as nothing. */
export const share = (n: number, of: number): string => (n > 0 && n / of < 0.005 ? '<1%' : percent(of === 0 ? 0 : n / of));

/** "40% less" or "12 mJ more": against every network on one scaled decode. */
export function comparedWith(saved: number, reference: number): string {
  if (reference === 0) return saved < 0 ? `${energy(-saved)} more` : 'as much';
  const part = Math.round((saved / reference) * 100);
  return part === 0 ? 'as much' : part > 0 ? `${Math.min(99, part)}% less` : `${-part}% more`;
}

/** How the energy was found: "Modelled: busy time × 5 W a core (2–12), a server processor". */
export function methodOf({ energy: { method }, watts: { typical, low, high, of } }: RunState): string {
  if (method === 'modelled') return `Modelled: busy time × ${watts(typical)} W a core (${watts(low)}–${watts(high)}), ${of}`;
  return method === 'measured' ? 'Measured by a counter of this computer' : 'Counted: operations and bytes × published energy of each';
}

export const isGoing = (run: RunState): boolean => ['counting', 'running', 'stopping'].includes(run.state);

/** What one photo of a batch cost: only batches are measured, but a photo's joules must add up to the run's. */
import type { Ran } from '../network/index.ts';

/**
 * A photo's share of its batch: each stage's time divided by those that ran it, what lies between the stages by all.
 *
 * @returns CPU milliseconds per stage visited; wall clock in all
 */
export function shareOf(ran: Ran, photo: number): { cpuMs: number[]; ms: number } {
  const visited = ran.photos[photo]!.guesses.length;
  const stages = ran.stages.slice(0, visited);
  const between = ran.cpuMs - ran.stages.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
  const extra = Math.max(0, between) / ran.photos.length / Math.max(1, stages.length);
  return {
    cpuMs: stages.map(({ cpuMs, photos }) => cpuMs / photos + extra),
    ms: stages.reduce((sum, { ms, photos }) => sum + ms / photos, 0),
  };
}

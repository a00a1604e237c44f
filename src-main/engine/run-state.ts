/** A run of the command line, as the window lists runs: from what it began and ended with. */
import type { Start, Summary } from '../contract/events.ts';
import type { RunState } from '../contract/library.ts';

export interface ToldRun {
  readonly id: number;
  readonly start: Start;
  readonly summary: Summary;
  readonly others: number; // files that are no pictures by their names: a window counts none of them
}

export function runStateOf({ id, start, summary, others }: ToldRun): RunState {
  const { how, files, verdicts, stored, failed, seconds, providerNote, rungs, bytes, exits, energy, overheadJoules } = summary;
  const { read, network, ofRead, ofNetwork } = summary.saved;
  const skipped = summary.skipped - others;
  return {
    id,
    state: how,
    reason: null,
    hint: null,
    choice: { kind: 'preset', preset: start.preset },
    files: files - others,
    done: verdicts + failed + skipped,
    stored,
    failed,
    skipped,
    photosPerSecond: null,
    secondsLeft: null,
    seconds,
    provider: start.provider,
    providerNote: providerNote ?? start.providerNote ?? null,
    rungs,
    bytes,
    exits,
    energy,
    overheadJoules,
    watts: start.watts,
    saved: { read, network, ofRead, ofNetwork },
  };
}

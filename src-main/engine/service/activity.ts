/** What Squint has done: runs, and why photos are not sorted. */
import type { Activity, RunState } from '../../contract/library.ts';
import { Choice } from '../../contract/library.ts';
import * as v from 'valibot';
import { nameOf } from './choice.ts';
import type { Context } from './context.ts';

const runsListed = 50;

export function activity({ catalog }: Pick<Context, 'catalog'>): Activity {
  return {
    runs: catalog.runs(runsListed).map(({ id, started, state, policy, files, summary }) => {
      const run = summary as Partial<RunState> | null; // as runs keep it
      const choice = v.safeParse(Choice, policy);
      return {
        id,
        started: new Date(started).toISOString(),
        state,
        preset: choice.success ? nameOf(choice.output) : '',
        photos: run?.done ?? files,
        failed: run?.failed ?? 0,
        seconds: run?.seconds ?? 0,
        joules: (run?.energy?.joules ?? 0) + (run?.overheadJoules ?? 0),
      };
    }),
    problems: catalog.problems(),
  };
}

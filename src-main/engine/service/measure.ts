/** What this computer takes, measured once: when Squint is first started with a pack, or by the first run where that comes sooner. */
import type { Inference } from '../inference.ts';
import { type MachineFigures, machineFigures, measureDecodes } from '../machine.ts';
import type { Context, PackInUse } from './context.ts';

/** For a run: with a decode of one of its photos where none was seen yet. */
export async function measuredFor(context: Context, use: PackInUse, inference: Inference, path: string): Promise<MachineFigures> {
  const machine = await measured(context, use, inference);
  if (machine.scaledMs({ width: 1000, height: 1000 }) === null) {
    await measureDecodes(use.pack, context.reading, [path], machine.note);
  }
  return machine;
}

/** Stages only: they need no photo. */
export async function measured({ home, reading }: Context, use: PackInUse, inference: Inference): Promise<MachineFigures> {
  const { provider } = await inference.ready;
  if (use.machine?.provider === provider) return use.machine;
  return (use.measuring ??= machineFigures(home, { pack: use.pack, provider, reading, inference, paths: [] })
    .then((machine) => (use.machine = machine))
    .finally(() => (use.measuring = null)));
}

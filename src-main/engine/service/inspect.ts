/** Everything about one photo: what each exit said, where it left and why, what each step cost, what a closer look would cost. */
import { basename } from 'node:path';
import type { Verdict } from '../../contract/events.ts';
import type { Inspection } from '../../contract/library.ts';
import { SquintError } from '../../contract/errors.ts';
import type { PhotoFile } from '../../catalog/index.ts';
import { type Context, type PackInUse, wattsIn } from './context.ts';
import { closerCost, joulesOf } from './cost.ts';
import { type Kept, bare, decide } from './decide.ts';
import { whyOf } from './why.ts';

/** @throws {SquintError} `no-such-photo` */
export async function inspect(context: Context, id: number): Promise<Inspection> {
  const { catalog, use } = context;
  const [row] = catalog.rowsOf([id], use?.pack.exits ?? 0);
  const file = catalog.fileOf(id);
  if (!row || !file) throw new SquintError('no-such-photo', 'This photo is not in the library any more.');
  const kept: Kept | null = use && catalog.verdictOf(id, use.key);
  const again = use && kept && decide(kept, use, use.inForce);
  const verdict = again && { ...bare(again.verdict), path: basename(file.path) };
  return {
    row,
    place: file.folder === '.' ? '' : file.folder,
    verdict,
    steps: use && verdict ? stepsOf(verdict, use) : [],
    why: again && whyOf(again.verdict, { use, further: again.further, closer: kept.closer === true }),
    closer: use && verdict ? closerOf(context, use, verdict, row) : null,
    pictures: use ? picturesOf(use, verdict) : [],
    about: await aboutOf(context, file, row.missing),
  };
}

/** What was measured of the photo's time in the networks, shared out by what each stage takes on this computer: so they add up to the whole. */
function stepsOf({ opinions, ms, energy }: Verdict, { pack, machine }: PackInUse): Inspection['steps'] {
  const own = opinions.map(({ exit }) => pack.macs[exit - 1]! - (pack.macs[exit - 2] ?? 0));
  const weights = machine ? opinions.map(({ exit }) => machine.stageMs[exit - 1]!) : own;
  const all = weights.reduce((a, b) => a + b, 0);
  return opinions.map(({ exit }, i) => {
    const share = all === 0 ? 1 / weights.length : weights[i]! / all;
    return { exit, macs: own[i]!, ms: ms.network * share, joules: energy.network * share };
  });
}

function closerOf(context: Context, use: PackInUse, { opinions }: Verdict, { width, height }: Inspection['row']): Inspection['closer'] {
  const exits = use.pack.exits - opinions.length;
  if (exits === 0) return null;
  const cost = closerCost(use, width !== null && height !== null ? { width, height } : null);
  return { exits, joules: joulesOf(cost, wattsIn(context)), seconds: (cost.network + cost.read) / 1000 };
}

function picturesOf({ pack }: PackInUse, verdict: Verdict | null): Inspection['pictures'] {
  return pack.pictures.map(({ side }, i) => {
    const opinion = verdict?.opinions.find(({ exit }) => exit === pack.firstExits[i]);
    return { network: i + 1, side, seen: opinion !== undefined, rung: opinion?.rung ?? null };
  });
}

async function aboutOf({ reading }: Context, { path, size }: PhotoFile, missing: boolean): Promise<Inspection['about']> {
  const unknown = { taken: null, camera: null, lens: null, exposure: null, aperture: null, iso: null, focalLength: null };
  const answer = missing ? null : await reading.about(path);
  if (!answer?.ok) return { bytes: size, format: null, ...unknown };
  const { format, taken, camera, lens, exposure, aperture, iso, focalLength } = answer.about;
  return { bytes: size, format, taken, camera, lens, exposure, aperture, iso, focalLength };
}

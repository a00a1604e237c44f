/**
 * The kill harness in full: an engine that is killed 200 times while it scans, classifies, copies and moves, and what its restarts made of it.
 * `children`: 20 random SIGKILLs of reader and network during a run over 2,000 photos.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { classifyJson, killAtRandom, manyPhotos, outcomes, seeded } from '../kill/harness.ts';
import { Ordeal, type Phase, type Round, otherVolume } from '../kill/ordeal.ts';

export async function run(args: readonly string[]): Promise<void> {
  if (args[0] === 'children') return children(args.slice(1));
  const [kills = '200', seed = '1'] = args;
  await library(Number(kills), Number(seed));
}

async function library(kills: number, seed: number): Promise<void> {
  const began = performance.now();
  const rounds: Round[] = [];
  const enough = new AbortController();
  process.once('SIGINT', () => enough.abort()); // after the round under way
  const ordeal = await Ordeal.begin(seeded(seed), { sorted: 72, scanned: 300, classified: 100 });
  const turns: (readonly [Phase, boolean])[] = [
    ['scan', false],
    ['move', false],
    ['copy', false],
    ['classify', false],
    ...(otherVolume === null
      ? []
      : ([
          ['move', true],
          ['copy', true],
        ] as const)),
  ];
  try {
    const killed = (): number => total(rounds, (round) => round.kills);
    for (let i = 0; killed() < kills && !enough.signal.aborted; i += 1) {
      const round = await ordeal.round(...turns[i % turns.length]!);
      rounds.push(round);
      for (const finding of round.findings) console.log(`round ${i}, ${round.what}: ${finding}`);
      if (round.findings.length > 0) break; // what follows would stand on it
      process.stderr.write(`\r${killed()} of ${kills} kills, ${((performance.now() - began) / 1000).toFixed(0)} s `);
    }
  } finally {
    ordeal.end();
    process.stderr.write('\n');
    print(rounds);
    if (otherVolume === null) console.log('There is no other volume here; name a folder of one in SQUINT_OTHER_VOLUME.');
    console.log(`${((performance.now() - began) / 1000).toFixed(0)} s`);
  }
}

const columns: readonly (readonly [head: string, value: (round: Round) => number])[] = [
  ['rounds', () => 1],
  ['kills', ({ killed }) => killed.work],
  ['kills of the restart', ({ killed }) => killed.restart],
  ['files at stake', ({ files }) => files],
  ['done already or finished', ({ done }) => done],
  ['not come to or rolled back', ({ back }) => back],
  ['empty folders left', ({ emptyFolders }) => emptyFolders],
  ['losses and other faults', ({ findings }) => findings.length],
];

/** As Markdown. */
function print(rounds: readonly Round[]): void {
  const ways = [...Map.groupBy(rounds, ({ phase, what }) => `${phase}: ${what}`)].sort(([one], [other]) => (one < other ? -1 : 1));
  const line = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  console.log(line(['', ...columns.map(([head]) => head)]));
  console.log(line(['---', ...columns.map(() => '---:')]));
  for (const [what, of] of [...ways, ['all', rounds] as const]) {
    console.log(line([what, ...columns.map(([, value]) => total(of, value))]));
  }
}

const total = (rounds: readonly Round[], value: (round: Round) => number): number => rounds.reduce((sum, round) => sum + value(round), 0);

async function children([photos = '2000', kills = '20', seed = '1']: readonly string[]): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'squint-kill-'));
  try {
    const folder = join(root, 'photos');
    await manyPhotos(folder, Number(photos));
    const began = performance.now();
    const run = classifyJson([folder, '--read', 'full'], join(root, 'home'));
    const killed = await killAtRandom(run, Number(kills), seeded(Number(seed)));
    const status = await run.status;
    const found = [...outcomes(run.events).values()];
    const types = (type: string): number => found.filter((of) => of.length === 1 && of[0] === type).length;
    console.log(`${photos} photos, ${killed} kills, exit status ${status}, ${((performance.now() - began) / 1000).toFixed(1)} s`);
    console.log(
      `${found.length} files with an outcome; with exactly one verdict ${types('verdict')}, failed ${types('failed')}, skipped ${types('skipped')}`,
    );
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** The benches: commands, not tests. Each prints ratios taken in one run on one machine. */
const benches = {
  golden: { about: "the graphs against the authors' code, per golden file", load: () => import('./golden.ts') },
  photos: {
    about: 'FOLDER COUNT [SHARE] [FROM]: makes 12-megapixel photos of those in FROM, SHARE of them (0.85) with an embedded preview',
    load: () => import('./photos.ts'),
  },
  staged: { about: '[PACK]: stage by stage with nobody leaving early, against the unsplit graph', load: () => import('./staged.ts') },
  pipeline: {
    about: 'FOLDER [PRESET] [PACK]: the whole pipeline against reading alone and the network alone',
    load: () => import('./pipeline.ts'),
  },
  energy: {
    about: 'FOLDER [PACK]: CPU time as the system counts it, beside what Squint claims, per preset',
    load: () => import('./energy.ts'),
  },
  catalog: {
    about: '[PHOTOS]: the catalogue with 500,000 photos: filling, paging by every filter and order, opening',
    load: () => import('./catalog.ts'),
  },
  rescan: {
    about: '[FILES]: looking again through a folder of 100,000 files in which nothing changed, against find -ls',
    load: () => import('./rescan.ts'),
  },
  compare: {
    about: 'TABLE SPLIT PACK …: packs on the same labelled photos in one run, how right at how many milliseconds, as Markdown',
    load: () => import('./compare.ts'),
  },
  thumbnails: {
    about: 'FOLDER [SCREEN]: pictures for people: CPU time, bytes, and how soon a screenful is there, alone and beside a run',
    load: () => import('./thumbnails.ts'),
  },
  grid: {
    about: '[PHOTOS] [ROUNDS] [SECONDS]: late frames of the grid while it is scrolled and verdicts stream in, against an empty page',
    load: () => import('./grid.ts'),
  },
  start: { about: '[ROUNDS]: from npm start to a window that can be used', load: () => import('./start.ts') },
  window: {
    about: 'FOLDER [ROUNDS]: photos a second with the window closed, open, and scrolled; requests in mid-run; one dropped photo',
    load: () => import('./window.ts'),
  },
  sort: {
    about: '[PHOTOS] [KILLS]: 1,000 photos moved to another volume from the window, killed on the way, started again, sorted, put back',
    load: () => import('./sort.ts'),
  },
  kill: {
    about:
      '[KILLS] [SEED]: an engine killed 200 times in mid-scan, run, copy and move, started again; children [PHOTOS] [KILLS]: only they are',
    load: () => import('./kill.ts'),
  },
} as const;

const [name, ...args] = process.argv.slice(2);
const bench = Object.entries(benches).find(([known]) => known === name)?.[1];
if (bench) {
  const loaded: { run?: (args: readonly string[]) => Promise<void> } = await bench.load();
  await loaded.run?.(args);
} else {
  console.log('npm run -s bench -- NAME …\n');
  for (const [known, { about }] of Object.entries(benches)) console.log(`  ${known.padEnd(10)}${about}`);
  process.exitCode = name === undefined ? 0 : 2;
}

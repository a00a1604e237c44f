/**
 * A screenful of photos: CPU time and bytes of each level of picture, how soon the last of them is there, alone and beside a run that reads,
 * and what the run loses by it.
 */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Cache } from '../../src-main/engine/cache.ts';
import { mediaFile } from '../../src-main/engine/media.ts';
import { Reading } from '../../src-main/engine/reading.ts';
import { Thumbnails } from '../../src-main/engine/thumbnails.ts';
import type { Made, Make } from '../../src-main/reader/index.ts';

const want = { pictures: [{ side: 224, short: 224 }], need: 0, from: 'scaled' } as const;

export async function run([folder, screen = '60']: readonly string[]): Promise<void> {
  if (folder === undefined) throw new Error('thumbnails FOLDER [SCREEN]: which folder of photos?');
  const paths = readdirSync(folder).map((name) => join(folder, name));
  const onScreen = paths.slice(0, Number(screen));
  const temporary = mkdtempSync(join(tmpdir(), 'squint-bench-'));
  const reading = new Reading();
  try {
    await reading.read(paths[0]!, want, false); // loads the decoder
    const forms: Record<string, (to: string) => Make> = {
      preview: (to) => ({ kind: 'preview', to }),
      thumbnail: (to) => ({ kind: 'thumbnail', to }),
      'fitted into 1280 x 1024': (to) => ({ kind: 'fitted', to, width: 1280, height: 1024 }),
      'fitted into 2560 x 1536': (to) => ({ kind: 'fitted', to, width: 2560, height: 1536 }),
      'every pixel': (to) => ({ kind: 'full', to }),
    };
    console.log('picture                    photos   CPU ms each   bytes each');
    for (const [name, form] of Object.entries(forms)) {
      const made: { made: Made; bytes: number }[] = [];
      for (const path of onScreen.slice(0, 20)) {
        const to = join(temporary, 'picture');
        const answer = await reading.make(path, form(to), false);
        if (answer.ok && answer.made.written) made.push({ made: answer.made, bytes: statSync(to).size });
      }
      const mean = (of: (picture: (typeof made)[number]) => number): number => made.reduce((sum, each) => sum + of(each), 0) / made.length;
      const columns = [made.length.toString(), mean((each) => each.made.cpuMs).toFixed(1), mean((each) => each.bytes).toFixed(0)];
      console.log(name.padEnd(24) + columns.map((text, i) => text.padStart([9, 14, 13][i]!)).join(''));
    }

    const alone = await show(reading, onScreen, join(temporary, 'alone'));
    const readAll = async (): Promise<number> => {
      const began = performance.now();
      await Promise.all(paths.map((path) => reading.read(path, want, false)));
      return performance.now() - began;
    };
    const runAlone = await readAll();
    const run = readAll();
    const beside = await show(reading, onScreen, join(temporary, 'beside'));
    const runBeside = await run;
    console.log(`\n${onScreen.length} photos on screen      previews s   thumbnails s`);
    for (const [name, { preview, thumb }] of Object.entries({ alone, 'beside a run': beside })) {
      console.log(name.padEnd(24) + [preview, thumb].map((ms, i) => (ms / 1000).toFixed(2).padStart([10, 15][i]!)).join(''));
    }
    console.log(
      `a run's ${paths.length} reads: ${(runAlone / 1000).toFixed(2)} s alone, ${(runBeside / 1000).toFixed(2)} s with the screenful made beside it`,
    );
    await loupe(reading, paths.at(-1)!, join(temporary, 'loupe'));
  } finally {
    await reading.close();
    rmSync(temporary, { recursive: true });
  }
}

/** @returns when the last of each level was there, milliseconds */
async function show(reading: Reading, paths: readonly string[], folder: string): Promise<{ preview: number; thumb: number }> {
  const began = performance.now();
  const last = { preview: 0, thumb: 0 };
  let missing = paths.length;
  await new Promise<void>((resolve) => {
    const thumbnails = new Thumbnails({
      reading,
      cache: new Cache(folder),
      photo: (id) => ({ path: paths[id % paths.length]!, key: String(id % paths.length) }),
      tell: (ready) => {
        for (const { level } of ready) {
          last[level] = performance.now() - began;
          if (level === 'thumb' && --missing === 0) resolve();
        }
      },
    });
    thumbnails.show(paths.map((_, i) => i));
  });
  return last;
}

async function loupe(reading: Reading, path: string, folder: string): Promise<void> {
  const means = { reading, cache: new Cache(folder), photo: () => ({ path, key: path }), given: () => null };
  const ms: number[] = [];
  for (let i = 0; i < 2; i++) {
    const began = performance.now();
    await mediaFile({ kind: 'loupe', id: 1, width: 1900, height: 1000 }, means);
    ms.push(performance.now() - began);
  }
  console.log(`the loupe at 1900 x 1000: ${ms[0]!.toFixed(0)} ms, again ${ms[1]!.toFixed(1)} ms`);
}

/** The kill harness in full: 20 random SIGKILLs of reader and network during a run over 2,000 photos. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { classifyJson, killAtRandom, manyPhotos, outcomes, seeded } from '../kill/harness.ts';

export async function run([photos = '2000', kills = '20', seed = '1']: readonly string[]): Promise<void> {
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

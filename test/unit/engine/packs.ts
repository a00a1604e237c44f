/** The three packs of every engine test, with thresholds, so that photos leave everywhere. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readFiles, loadPack, replacePack } from '../../../src-main/packs/index.ts';
import { fixturePacks } from '../packs/fixture-packs.ts';

export const packNames = ['photos32', 'photos64', 'joined'] as const;
export type PackName = (typeof packNames)[number];

export interface EnginePacks {
  readonly folders: Readonly<Record<PackName, string>>;
  release(): void;
}

/** Copies of the fixture packs, calibrated by hand: `saver` leaves at a confidence of 0.3, `balanced` at 0.6, `accurate` at 0.9. */
export async function enginePacks(): Promise<EnginePacks> {
  const root = mkdtempSync(join(tmpdir(), 'squint-engine-packs-'));
  const fixtures = await fixturePacks();
  for (const name of packNames) {
    cpSync(fixtures[name], join(root, name), { recursive: true });
    await calibrateByHand(join(root, name));
  }
  return {
    folders: { photos32: join(root, 'photos32'), photos64: join(root, 'photos64'), joined: join(root, 'joined') },
    release: () => rmSync(root, { recursive: true }),
  };
}

/** Gives a pack thresholds, as above. */
export async function calibrateByHand(folder: string): Promise<void> {
  const { manifest, exits } = await loadPack(folder);
  const all = (threshold: number): number[] => new Array<number>(exits - 1).fill(threshold);
  const files = await readFiles(folder, manifest);
  files.delete('README.md');
  await replacePack(
    folder,
    {
      ...manifest,
      temperatures: new Array<number>(exits).fill(1),
      milliseconds: Array.from({ length: exits }, (_, i) => ({ network: i + 1, read: 2 })),
      presets: { saver: all(0.3), balanced: all(0.6), accurate: all(0.9), full: all(2) },
      review: 0.5,
      ...(manifest.groups && { groupReview: 0.7 }),
      calibration: { name: 'by hand', split: null, half: null, photos: 0, rung: 'scaled' },
    },
    files,
    '',
  );
}

import { beforeAll, describe, expect, it } from 'vitest';
import { packLines, packTable } from '../../../../../src-main/hosts/cli/present/pack.ts';
import { type Pack, loadPack } from '../../../../../src-main/packs/index.ts';
import { photos32 } from '../../../packs/fixture-packs.ts';
import { terminal } from './made.ts';

let pack: Pack;
let calibrated: Pack;

beforeAll(async () => {
  pack = await loadPack(photos32);
  const all = (threshold: number): number[] => new Array<number>(5).fill(threshold);
  const point = { macs: 4.5e6, milliseconds: { network: 0.88, read: 3.35 }, rungs: { preview: 0.9, scaled: 0.1, full: 0 } };
  calibrated = {
    ...pack,
    calibrated: true,
    manifest: {
      ...pack.manifest,
      presets: { saver: all(0.3), balanced: all(0.6), accurate: all(0.6), full: all(1e8) },
      review: 0.741,
      calibration: { name: 'INDEX.tsv', split: 'val', half: 'fit', photos: 1870, rung: 'scaled' },
      curve: [
        { ...point, accuracy: 0.7, low: 0.68, high: 0.72, preset: 'saver' },
        { ...point, accuracy: 0.71, low: 0.69, high: 0.73 },
      ],
    },
  };
});

describe('a pack', () => {
  it('tells its exits, and that it runs under full only as long as it is not calibrated', () => {
    const lines = packLines(pack, terminal(80));
    expect(lines).toContain('Calibrated   no: it runs under --preset full only');
    expect(lines.find((line) => line.includes('Exit'))).toBe('  Exit  Network    Picture  M MACs');
    expect(lines.at(-1)).toMatch(/^ {5}6 {2}1 \(ranet\) {4}32 px +[\d.]+$/);
  });

  it('tells from which confidence on photos leave, which presets coincide, and what it was fitted on', () => {
    const lines = packLines(calibrated, terminal(80));
    expect(lines).toContain('Calibrated   on 1,870 photos (INDEX.tsv, val, fit); to Review below 74 %');
    expect(lines.find((line) => line.startsWith('     1'))).toMatch(/1\.00 {2}0\.300 {5}0\.600 {5}0\.600$/);
    expect(lines.join(' ')).toContain('balanced and accurate coincide in this pack.');
    expect(lines.slice(-6)).toEqual([
      '',
      '  Preset             Right, %  M MACs  Read + net, ms  Previews  Decodes',
      '  saver   70.0 (68.0 to 72.0)     4.5      3.4 + 0.88      90 %     10 %',
      'On the photos that the pack was fitted on, so a little too good; with a camera’s',
      'previews, CPU time of the calibrating machine. packs evaluate reports on other',
      'photos.',
    ]);
  });

  it.each([40, 60, 80, 120])('fits a terminal of %i columns', (width) => {
    for (const line of packLines({ ...calibrated, folder: '/p' }, terminal(width))) expect(line.length).toBeLessThanOrEqual(width);
  });
});

describe('a list of packs', () => {
  it('names a damaged one with its reason', () => {
    const problem = { code: 'pack-invalid', message: 'pack.json cannot be read.' };
    expect(
      packTable(
        [
          { folder: '/models/good', manifest: pack.manifest },
          { folder: '/models/bad', manifest: null, problem },
        ],
        terminal(80),
      ),
    ).toEqual([
      '  Folder  Title             Exits  Calibrated',
      '  good    photos32-interim      6  no',
      'bad is set aside: pack.json cannot be read.',
    ]);
  });
});

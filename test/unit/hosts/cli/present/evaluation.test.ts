import { describe, expect, it } from 'vitest';
import { evaluationLines } from '../../../../../src-main/hosts/cli/present/evaluation.ts';
import type { Evaluated } from '../../../../../src-main/engine/index.ts';
import { type Evaluation, type Pack, type PolicyFigures, type Proportion, loadPack } from '../../../../../src-main/packs/index.ts';
import { photos32 } from '../../../packs/fixture-packs.ts';
import { terminal } from './made.ts';

const of = (share: number): Proportion => ({ share, low: share - 0.02, high: share + 0.02, of: 1859 });

const figures = (share: number, exits: number[]): PolicyFigures => ({
  accuracy: of(share),
  exits,
  cost: {
    macs: 31e6,
    milliseconds: { network: 0.954, read: 23.6 },
    joules: { typical: 0.123, low: 0.049, high: 0.295 },
    rungs: { preview: 0, scaled: 1, full: 0 },
  },
  sorted: { share: of(0.69), right: of(0.895) },
  grouped: { share: of(0.059), right: null },
  review: of(0.251),
});

const evaluation: Evaluation = {
  photos: 1859,
  exits: [1, 2].map((exit) => ({
    exit,
    accuracy: of(0.68 + exit / 100),
    cost: { ...figures(0.7, []).cost, milliseconds: { network: exit / 4, read: 2 } },
    reliability: { error: 0.018, band: { low: 0.011, high: 0.031 }, bins: [] },
  })),
  presets: {
    saver: figures(0.7, [0.8, 0.2]),
    balanced: figures(0.72, [0.5, 0.5]),
    accurate: figures(0.725, [0.3, 0.7]),
    full: figures(0.73, [0, 1]),
  },
  collections: [
    { collection: 'aircraft', accuracy: of(0.94), mistake: null },
    { collection: 'cats', accuracy: of(0.577), mistake: { collection: 'furniture-household-things', photos: 10 } },
  ],
  confusion: [[0, 12, 3], [0, 0, 0], [10, 0, 0]], // prettier-ignore
  sources: [{ source: 'app-screenshots', accuracy: { saver: of(0.5), balanced: of(0.714), accurate: of(0.75), full: of(0.786) } }],
};
const evaluated: Evaluated = { on: 'INDEX.tsv, val, half report', evaluation, failed: [] };

const lines = async (width: number, over: Partial<Evaluated> = {}): Promise<string[]> => {
  const pack: Pack = await loadPack(photos32);
  return evaluationLines({ ...evaluated, ...over }, { ...pack, macs: [12e6, 58e6] }, terminal(width));
};

describe('an evaluation', () => {
  it('tells exits, presets, piles, shares, confusions, collections and sources', async () => {
    expect(await lines(80)).toEqual([
      'INDEX.tsv, val, half report: 1,859 photos',
      '',
      '  Exit  M MACs  Net, ms             Right, %   Calib. error, %',
      '     1      12     0.25  69.0 (67.0 to 71.0)  1.8 (1.1 to 3.1)',
      '     2      58     0.50  70.0 (68.0 to 72.0)  1.8 (1.1 to 3.1)',
      '  Right: the best collection is the true one, with its 95 % interval. In',
      '  brackets behind the error: what a perfectly calibrated network would show.',
      '',
      '  Preset               Right, %  M MACs  Read + net, ms    Energy, modelled',
      '  saver     70.0 (68.0 to 72.0)      31     23.6 + 0.95  120 mJ (49 to 300)',
      '  balanced  72.0 (70.0 to 74.0)      31     23.6 + 0.95  120 mJ (49 to 300)',
      '  accurate  72.5 (70.5 to 74.5)      31     23.6 + 0.95  120 mJ (49 to 300)',
      '  full      73.0 (71.0 to 75.0)      31     23.6 + 0.95  120 mJ (49 to 300)',
      '  Mean per photo: CPU time on this computer, reading as of 12-megapixel JPEGs.',
      '',
      '  Preset    Sorted, %  of them right  In groups, %  of them right  Review, %',
      '  saver          69.0           89.5           5.9                      25.1',
      '  balanced       69.0           89.5           5.9                      25.1',
      '  accurate       69.0           89.5           5.9                      25.1',
      '  full           69.0           89.5           5.9                      25.1',
      '',
      '     Exit  saver  balanced  accurate   full',
      '        1   80.0      50.0      30.0    0.0',
      '        2   20.0      50.0      70.0  100.0',
      '  decoded  100.0     100.0     100.0  100.0',
      '  Share of the photos that leave at each exit, and that a decode was needed',
      '  for, in percent.',
      '',
      '  Commonest confusions  Taken for  Photos',
      '  People                Dogs           12',
      '  Cats                  People         10',
      '  People                Cats            3',
      '  At the last exit.',
      '',
      '  Collection  Photos  Right, %  Commonest mistake',
      '  Cats          1859      57.7  Furniture & hous…d things (10)',
      '  Aircraft      1859      94.0',
      '  At the last exit, the worst first.',
      '',
      '  Source           Photos          Balanced, %              Full, %',
      '  app-screenshots    1859  71.4 (69.4 to 73.4)  78.6 (76.6 to 80.6)',
      '  Right under these presets.',
    ]);
  });

  it.each([40, 60, 80, 120, 200])('fits a terminal of %i columns', async (width) => {
    expect((await lines(width)).filter((line) => line.length > width)).toEqual([]);
  });

  it('says how many photos could not be read, and leaves out sources that the data does not name', async () => {
    const failed = [{ id: 'one', message: 'The file is empty: it has 0 bytes.' }];
    const told = await lines(80, { failed, evaluation: { ...evaluation, sources: [] } });
    expect(told[1]).toBe('1 could not be read, the first: one: The file is empty: it has 0 bytes.');
    expect(told.join('\n')).not.toContain('Source');
  });
});

import picocolors from 'picocolors';
import { describe, expect, it } from 'vitest';
import type { Start, Summary, Verdict } from '../../../../../src-main/contract/events.ts';
import { type Told, beginning, ending, verdictLines } from '../../../../../src-main/hosts/cli/present/run.ts';
import type { Terminal } from '../../../../../src-main/hosts/cli/terminal.ts';

const terminal = (width: number, unicode = true): Terminal => ({ width, unicode, watched: false, colours: picocolors.createColors(false) });

const start: Start = {
  type: 'start',
  pack: { name: 'made', title: 'Made', version: '1', digest: 'd', calibrated: true },
  collections: [
    { key: 'dogs', title: 'Dogs', group: 'animals' },
    { key: 'furniture', title: 'Furniture & household things', group: null },
    { key: 'cats', title: 'Cats', group: 'animals' },
  ],
  groups: [{ key: 'animals', title: 'Animals' }],
  exits: [
    { network: 1, side: 64, macs: 12e6 },
    { network: 2, side: 224, macs: 800e6 },
  ],
  preset: 'balanced',
  thresholds: [0.7],
  provider: 'cpu',
  watts: { typical: 5, low: 2, high: 12, of: 'a server processor' },
  files: 1010,
};

const summary: Summary = {
  type: 'summary',
  how: 'done',
  files: 1010,
  verdicts: 1000,
  stored: 0,
  skipped: 9,
  failed: 1,
  notReached: 0,
  sorted: 900,
  grouped: 40,
  review: 60,
  collections: { dogs: 600, furniture: 300, cats: 0 },
  exits: [750, 250],
  meanMacs: 209e6,
  fullMacs: 800e6,
  rungs: { preview: 850, scaled: 250, full: 0 },
  bytes: 700e6,
  seconds: 12.5,
  busySeconds: { read: 8, network: 3, overhead: 1 },
  energy: { joules: 55, low: 22, high: 132, method: 'modelled', read: 40, network: 15 },
  overheadJoules: 5,
  saved: { read: 75, network: -2, ofRead: 115, ofNetwork: 40, method: 'modelled' },
};

const told: Told = {
  start,
  summary,
  refused: [
    ...Array.from({ length: 9 }, (_, i) => ({
      type: 'skipped' as const,
      path: `/p/${i}.nef`,
      code: 'raw-not-read-yet',
      message: 'RAW files are not read yet.',
    })),
    { type: 'failed', path: '/p/x.jpg', code: 'empty', message: 'The file is empty: it has 0 bytes.' },
  ],
  grouped: { animals: 40 },
  damaged: ['/p/half.jpg'],
};

describe('the end of a run', () => {
  it('tells piles, exits, cost, savings and what was not sorted', () => {
    expect(ending(told, terminal(80))).toEqual([
      '',
      '1,000 photos in 13 s (80 a second): 900 into collections, 40 into groups, 60 to',
      'review.',
      '',
      '  Collection                    Photos  Share',
      '  Dogs                             600   60 %  ████████████████████████████████',
      '  Furniture & household things     300   30 %  ████████████████',
      '  Animals (group)                   40    4 %  ██▏',
      '  Review                            60    6 %  ███▎',
      '',
      '  Exit  Picture  M MACs  Photos  Share',
      '   1/2    64 px      12     750   75 %  ██████████████████████████████████',
      '   2/2   224 px     800     250   25 %  ███████████▍',
      '',
      '  Network  209 of 800 million MACs a photo (26 %)',
      '  Reading  850 previews, 250 decodes in 1,100 reads, 700 MB',
      '  Energy   about 55 J (22 J to 130 J): reading 40 J, network 15 J; 55 mJ a photo',
      '           modelled: busy time x 5 W a core (2 to 12, a server processor);',
      '           start-up 5 J more',
      '  Saved    reading 75 J (65 %); network 2 J more (5 %)',
      '           against every network on one scaled decode of each photo',
      '',
      'Not sorted',
      '      9  RAW files are not read yet. (0.nef, 1.nef, 2.nef, …)',
      '      1  The file is empty: it has 0 bytes. (x.jpg)',
      '',
      'Sorted, but damaged',
      '      1  Decoded only in part; what is missing is grey. (half.jpg)',
      '',
      'No file was changed.',
    ]);
  });

  it.each([40, 60, 80, 120, 200])('fits a terminal of %i columns', (width) => {
    for (const line of [...ending(told, terminal(width)), ...beginning(start, terminal(width))])
      expect(line.length).toBeLessThanOrEqual(width);
  });

  it('draws bars without block characters where the terminal has none', () => {
    const lines = ending(told, terminal(80, false)).join('\n');
    expect(lines).toContain('60 %  ################################');
    expect(lines).not.toMatch(/[█▏▎▍▌▋▊▉]/);
  });

  it('says how many files a stopped run did not reach', () => {
    const lines = ending({ ...told, summary: { ...summary, how: 'stopped', notReached: 1234 } }, terminal(80));
    expect(lines).toContain('Stopped: 1,234 files not reached.');
  });

  it('has no empty tables where nothing was sorted', () => {
    const nothing = { ...summary, verdicts: 0, sorted: 0, grouped: 0, review: 0, collections: {}, exits: [0, 0] };
    expect(ending({ ...told, summary: nothing, refused: [], damaged: [] }, terminal(80))).toEqual([
      '',
      '0 photos in 13 s (0.0 a second): 0 into collections.',
      '',
      'No file was changed.',
    ]);
  });

  it('cuts a long list of reasons and says how to see all', () => {
    const refused = Array.from({ length: 15 }, (_, i) => ({
      type: 'failed' as const,
      path: `/p/${i}.jpg`,
      code: 'damaged',
      message: `Reason ${i}.`,
    }));
    expect(ending({ ...told, refused }, terminal(80))).toContain('      3  for other reasons; --json tells them all.');
  });
});

describe('the beginning of a run', () => {
  it('says why the provider is not the one asked for', () => {
    const lines = beginning({ ...start, providerNote: 'cuda could not start, so the cpu is used' }, terminal(80));
    expect(lines).toEqual(['Made, balanced, on the cpu: 1,010 files.', 'Note: cuda could not start, so the cpu is used.']);
  });
});

describe('a few photos', () => {
  const verdict = (over: Partial<Verdict>): Verdict => ({
    type: 'verdict',
    path: '/p/rex.jpg',
    collection: 'dogs',
    group: 'animals',
    leaf: null,
    confidence: 0.912,
    exit: 1,
    exits: 2,
    review: false,
    damaged: false,
    stored: false,
    reads: [{ side: 64, rung: 'preview', bytes: 65536, ms: 2, enlarged: false }],
    macs: 12e6,
    fullMacs: 800e6,
    ms: { read: 2, network: 1 },
    energy: { joules: 0.0153, low: 0.006, high: 0.036, method: 'modelled', read: 0.01, network: 0.005 },
    pile: 'collection',
    opinions: [],
    ...over,
  });

  it('get a line each, with what they cost; a doubtful one says what it may be', () => {
    const doubtful = verdict({
      path: '/p/a name that is much longer than the column.jpeg',
      pile: 'review',
      review: true,
      confidence: 0.4,
      exit: 2,
    });
    const grouped = verdict({ path: '/p/g.jpg', pile: 'group', confidence: 0.45, exit: 2 });
    expect(verdictLines([verdict({}), doubtful, grouped], start, terminal(80))).toEqual([
      '  Photo               Collection       Sure  Exit  Read     Energy',
      '  rex.jpg             Dogs             91 %   1/2  preview   15 mJ',
      '  a name that ….jpeg  Review (Dogs?)   40 %   2/2  preview   15 mJ',
      '  g.jpg               Animals (group)  45 %   2/2  preview   15 mJ',
    ]);
  });
});

import { describe, expect, it } from 'vitest';
import type { RunEvent, Summary } from '../../../../../src-main/contract/events.ts';
import picocolors from 'picocolors';
import { beginning, ending, looking } from '../../../../../src-main/hosts/cli/present/run.ts';
import { recordOf, start, summary, terminal, verdict } from './made.ts';

const raw = (path: string): RunEvent => ({
  type: 'skipped',
  path,
  code: 'raw-not-read-yet',
  message: 'RAW files are not read yet.',
  hint: 'A JPEG that the camera saved beside it is read.',
});
const outcomes: RunEvent[] = [
  ...Array.from({ length: 899 }, (_, i) => verdict({ path: `/p/${i}.jpg` })),
  ...Array.from({ length: 40 }, (_, i) => verdict({ path: `/p/g${i}.jpg`, pile: 'group' })),
  ...Array.from({ length: 60 }, (_, i) => verdict({ path: `/p/r${i}.jpg`, pile: 'review', review: true })),
  verdict({ path: '/elsewhere/half.jpg', damaged: true }),
  ...Array.from({ length: 5 }, (_, i) => raw(`/p/${i}.nef`)),
  ...['notes.txt', 'more.txt', 'Makefile'].map((name): RunEvent => ({
    type: 'skipped',
    path: `/p/${name}`,
    code: 'not-a-picture-name',
    message: 'no picture',
  })),
  ...['.a.jpg', '.b'].map((name): RunEvent => ({
    type: 'skipped',
    path: `/p/${name}`,
    code: 'hidden',
    message: 'Hidden ones are left out.',
  })),
  { type: 'skipped', path: '/p/page.jpg', code: 'not-a-picture', message: 'This is a web page, not a picture.' },
  { type: 'failed', path: '/p/x.jpg', code: 'empty', message: 'The file is empty: it has 0 bytes.' },
];
const told = recordOf(start, ...outcomes, summary);
const stopped: Summary = { ...summary, how: 'stopped', notReached: 1234 };

describe('the end of a run', () => {
  it('tells piles, exits, cost, savings and what was not sorted', () => {
    expect(ending(told, '/p', terminal(80))).toEqual([
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
      '  Reading  850 previews and 250 decodes, 700 MB',
      '  Energy   about 55 J (22 to 130): reading 40 J, network 15 J; 55 mJ a photo',
      '           modelled: busy time x 5 W a core (2 to 12, a server processor);',
      '           start-up 5.0 J more',
      '  Saved    reading 75 J (65 %); network nothing, it took 2.0 J more (5 %)',
      '           against every network on one scaled decode of each photo; modelled',
      '',
      'Not sorted',
      '      5  RAW files are not read yet.',
      '         A JPEG that the camera saved beside it is read.',
      '         0.nef',
      '         1.nef',
      '         2.nef',
      '         … and 2 more',
      '      1  This is a web page, not a picture.',
      '         page.jpg',
      '      1  The file is empty: it has 0 bytes.',
      '         x.jpg',
      '',
      'Damaged',
      '      1  Decoded only in part: the file is damaged, what is missing is grey.',
      '         /elsewhere/half.jpg',
      '',
      'Passed over 3 files that are no pictures: 2 .txt, 1 without an ending.',
      '      2  Hidden ones are left out.',
      '',
      'No file was changed.',
    ]);
  });

  it.each([40, 60, 80, 120, 200])('fits a terminal of %i columns', (width) => {
    const lines = [...ending(told, '/p', terminal(width)), ...beginning(start, terminal(width)), ...looking(['a', 'b'], terminal(width))];
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(width);
  });

  it('leaves out bars where there is no room, and cuts titles that are too long', () => {
    expect(ending(told, '/p', terminal(40))).toEqual(
      expect.arrayContaining(['  Collection            Photos  Share', '  Furniture & h…things     300   30 %']),
    );
  });

  it('uses nothing but plain signs where the terminal has no others', () => {
    const lines = ending(told, '/p', terminal(80, { unicode: false })).join('\n');
    expect(lines).toContain('60 %  ################################');
    expect(lines).toContain('... and 2 more');
    expect(lines).toMatch(/^[\n\x20-\x7e]*$/);
  });

  it('colours bars and heads, and nothing else changes', () => {
    const coloured = ending(told, '/p', terminal(80, { colours: picocolors.createColors(true) })).join('\n');
    expect(coloured).toContain('\u001b[36m███████████▍\u001b[39m');
    // eslint-disable-next-line no-control-regex -- what colours are made of
    expect(coloured.replaceAll(/\u001b\[\d+m/g, '')).toBe(ending(told, '/p', terminal(80)).join('\n'));
  });

  it('says how many files a stopped run did not reach', () => {
    expect(ending(recordOf(start, ...outcomes, stopped), '/p', terminal(80))).toContain('Stopped: 1,234 files not reached.');
  });

  it('has no empty tables where nothing was sorted', () => {
    const nothing = { ...summary, verdicts: 0, sorted: 0, grouped: 0, review: 0, collections: {}, exits: [0, 0] };
    expect(ending(recordOf(start, nothing), '/p', terminal(80))).toEqual(['', 'No photo was sorted.', '', 'No file was changed.']);
  });

  it('tells photos that the library answered from new ones, and the cost of the new ones only', () => {
    const lines = ending(recordOf(start, ...outcomes, { ...summary, stored: 450 }), '/p', terminal(80));
    expect(lines).toContain('450 answered from the library, 550 new.');
    expect(lines.join(' ').replaceAll(/ +/g, ' ')).toContain('network 15 J; 100 mJ a photo');
  });

  it('books nothing on photos where the library answered for all', () => {
    const lines = ending(recordOf(start, ...outcomes, { ...summary, stored: 1000, overheadJoules: 7 }), '/p', terminal(80));
    expect(lines).toContain('All 1,000 answered from the library; none was looked at again.');
    expect(lines).toContain('  Energy   none for photos; about 7.0 J for looking them up');
    expect(lines.filter((line) => /Network|Reading|Saved/.test(line))).toEqual([]);
  });

  it('shows of a photo that the library answered no cost, which was an earlier run’s', () => {
    const one = ending(recordOf(start, verdict({ stored: true }), { ...summary, verdicts: 1, stored: 1 }), '/p', terminal(80));
    expect(one).toContain('Answered from the library; it was not looked at again.');
    expect(one).toContain('  rex.jpg  Dogs        91 %   1/2  library');
  });

  it('says that nothing was saved where there was nothing to save', () => {
    const saved = { ...summary.saved, read: 0, network: 0 };
    expect(ending(recordOf(start, ...outcomes, { ...summary, saved }), '/p', terminal(80))).toContain(
      '  Saved    reading nothing; network nothing',
    );
  });

  it('cuts a long list of reasons and says how to see all', () => {
    const reasons = Array.from({ length: 15 }, (_, i): RunEvent => ({
      type: 'failed',
      path: `/p/${i}`,
      code: 'c',
      message: `Reason ${i}.`,
    }));
    expect(ending(recordOf(start, ...reasons, summary), '/p', terminal(80))).toContain(
      '      3  for other reasons; --json tells them all.',
    );
  });

  it('shows no code of a file name to the terminal', () => {
    const lines = ending(recordOf(start, raw('/p/\u001b[2J\u202egnp.nef'), summary), '/p', terminal(80));
    expect(lines).toContain('         \ufffd[2J\ufffdgnp.nef');
  });
});

describe('the beginning of a run', () => {
  it('says where it looks, a long list by its length', () => {
    expect(looking(['a', 'b'], terminal(80))).toEqual(['Looking for photos in a and b …']);
    expect(looking(['a', 'b', 'c'], terminal(80))).toEqual(['Looking for photos in 3 places …']);
  });

  it('says why the provider is not the one asked for', () => {
    const lines = beginning({ ...start, providerNote: 'cuda could not start, so the cpu is used' }, terminal(80));
    expect(lines).toEqual(['Made, balanced, on the cpu: 1,010 files.', 'Note: cuda could not start, so the cpu is used.']);
  });
});

describe('a few photos', () => {
  const doubtful = verdict({ path: '/p/a name that is much longer than the column.jpeg', pile: 'review', confidence: 0.4, exit: 2 });
  const grouped = verdict({ path: '/p/10.jpg', pile: 'group', confidence: 0.45, exit: 2 });
  const record = recordOf(start, grouped, verdict({ path: '/p/2.jpg' }), doubtful, summary);

  it('get a line each in the order of their names; a doubtful one says what it may be', () => {
    expect(ending(record, '/p', terminal(80)).slice(0, 5)).toEqual([
      '',
      '  Photo                             Collection       Sure  Exit  Read     Energy',
      '  2.jpg                             Dogs             91 %   1/2  preview   15 mJ',
      '  10.jpg                            Animals (group)  45 %   2/2  preview   15 mJ',
      '  a name that is much l…olumn.jpeg  Review (Dogs?)   40 %   2/2  preview   15 mJ',
    ]);
  });

  it('keep the columns that matter most in a narrow terminal', () => {
    expect(ending(record, '/p', terminal(40)).slice(1, 5)).toEqual([
      '  Photo       Collection      Sure  Exit',
      '  2.jpg       Dogs            91 %   1/2',
      '  10.jpg      Animals (…oup)  45 %   2/2',
      '  a name…peg  Dogs?           40 %   2/2',
    ]);
  });

  it.each([40, 60, 72, 80, 120])('share what %i columns leave for their names and piles', (width) => {
    const read = { side: 64, bytes: 1, ms: 1, enlarged: false };
    const reads = [
      { ...read, rung: 'preview' as const },
      { ...read, rung: 'scaled' as const },
    ];
    const long = verdict({ path: '/p/a name that is much longer than the column.jpeg', collection: 'furniture', pile: 'review', reads });
    const lines = ending(recordOf(start, long, verdict(), summary), '/p', terminal(width)).slice(1, 4);
    expect(lines.map((line) => line.length <= width)).toEqual([true, true, true]);
    expect(lines[0]).toMatch(/Photo.*Collection.*Sure.*Exit/);
  });

  it('are not listed once there are many', () => {
    const many = Array.from({ length: 16 }, () => verdict());
    expect(ending(recordOf(start, ...many, summary), '/p', terminal(80)).join('\n')).not.toContain('rex.jpg');
  });
});

describe('a single photo', () => {
  const one: Summary = { ...summary, verdicts: 1, sorted: 1, grouped: 0, review: 0, seconds: 0.4 };
  const photo = verdict({
    exit: 2,
    opinions: [
      {
        exit: 1,
        side: 64,
        rung: 'preview',
        leaf: null,
        top: [
          { collection: 'cats', confidence: 0.41 },
          { collection: 'furniture', confidence: 0.3 },
          { collection: 'dogs', confidence: 0.2 },
        ],
        group: null,
        threshold: 0.74,
      },
      { exit: 2, side: 224, rung: 'scaled', leaf: null, top: [{ collection: 'dogs', confidence: 0.912 }], group: null, threshold: null },
    ],
  });

  it('shows what each exit thought, and no tables of one row', () => {
    expect(ending(recordOf(start, photo, one), '/p', terminal(100)).slice(0, 10)).toEqual([
      '',
      '  Photo    Collection  Sure  Exit  Read     Energy',
      '  rex.jpg  Dogs        91 %   2/2  preview   15 mJ',
      '',
      '  Exit  Picture  Read     Best guesses                                  Leaves from',
      '   1/2    64 px  preview  Cats 41 %, Furniture & household things 30 %         74 %',
      '   2/2   224 px  scaled   Dogs 91 %',
      '',
      '1 photo in 0.4 s.',
      '',
    ]);
  });
});

it('says at the end why the provider is not the one that the run began with', () => {
  const note = "cuda made the network's process crash, so the cpu is used";
  const lines = ending(recordOf(start, ...outcomes, { ...summary, providerNote: note }), '/p', terminal(80));
  expect(lines).toContain(`Note: ${note}.`);
});

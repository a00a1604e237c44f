import { describe, expect, it } from 'vitest';
import { bytes, duration, joules, millions, percent, plural } from '../../../../../src-main/hosts/cli/present/numbers.ts';
import { progressLine } from '../../../../../src-main/hosts/cli/present/progress.ts';
import { wrap } from '../../../../../src-main/hosts/cli/present/table.ts';
import picocolors from 'picocolors';

describe('numbers for people', () => {
  it.each([
    [0, '0 J'],
    [0.0153, '15 mJ'],
    [0.0004, '0.4 mJ'],
    [3.14159, '3.1 J'],
    [132, '130 J'],
    [7200, '2 Wh'],
    [-0.02, '-20 mJ'],
  ])('%f joules are %s', (value, shown) => expect(joules(value)).toBe(shown));

  it('rounds no share away', () => {
    expect([0, 0.001, 0.126, 0.9999, 1].map(percent)).toEqual(['0 %', '<1 %', '13 %', '>99 %', '100 %']);
  });

  it('uses the unit that fits', () => {
    expect([900, 65536, 2.5e6, 3.2e9].map(bytes)).toEqual(['1 kB', '66 kB', '3 MB', '3.2 GB']);
    expect([1.25, 42, 125, 4000].map(duration)).toEqual(['1.3 s', '42 s', '2 min', '1 h 7 min']);
    expect([8_318_208, 57_574_910].map(millions)).toEqual(['8.3', '58']);
    expect([plural(1, 'photo'), plural(1200, 'photo')]).toEqual(['1 photo', '1,200 photos']);
  });
});

describe('progress', () => {
  const watched = { width: 80, unicode: true, watched: true, colours: picocolors.createColors(false) };

  it('tells share, count, rate and time left', () => {
    const line = progressLine({ value: 250, total: 1000, seconds: 5, stopping: false }, 'files', { ...watched, watched: false });
    expect(line).toBe(' 25 %  250 of 1,000 files, 50 a second, 15 s left');
  });

  it('has a bar where a person watches, and stays on one line', () => {
    const line = progressLine({ value: 500, total: 1000, seconds: 5, stopping: false }, 'files', watched);
    expect(line).toMatch(/^█+[▏▎▍▌▋▊▉]?·+ {2}50 % {2}500 of 1,000 files, 100 a second, 5.0 s left$/);
    expect(line.length).toBeLessThan(80);
    expect(progressLine({ value: 500, total: 1000, seconds: 5, stopping: false }, 'files', { ...watched, width: 40 }).length).toBeLessThan(
      40,
    );
  });

  it('says that it was heard when the person wants to stop', () => {
    expect(progressLine({ value: 500, total: 1000, seconds: 5, stopping: true }, 'files', { ...watched, width: 200 })).toContain(
      'stopping … (Ctrl-C again: at once)',
    );
  });
});

describe('wrapping', () => {
  it('indents the later lines as far as the head', () => {
    expect(wrap('one two three', 12, 'Head  ')).toEqual(['Head  one', '      two', '      three']);
  });
});

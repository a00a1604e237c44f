import { describe, expect, it } from 'vitest';
import { bar, barWidth, table } from '../../../../../src-main/hosts/cli/present/table.ts';
import { terminal } from './made.ts';

describe('a table', () => {
  const head = ['Exit', 'Right, %', 'Cost'];
  const rows = [
    ['1', '68.3 (66.2 to 70.4)', '12'],
    ['2', '70.4 (68.2 to 72.4)', ''],
  ];

  it('has its columns side by side where there is room', () => {
    expect(table(head, rows, ['right', 'right', 'left'], terminal(33))).toEqual([
      '  Exit             Right, %  Cost',
      '     1  68.3 (66.2 to 70.4)  12',
      '     2  70.4 (68.2 to 72.4)',
    ]);
  });

  it('has a block per row where there is none, without what is empty', () => {
    expect(table(head, rows, ['right', 'right', 'left'], terminal(32))).toEqual([
      '  Exit 1',
      '    Right, %  68.3 (66.2 to 70.4)',
      '    Cost  12',
      '  Exit 2',
      '    Right, %  70.4 (68.2 to 72.4)',
    ]);
    expect(
      table(['Name', 'Right, %', 'Calibration error, %'], [['Dogs', '68.3 (66.2 to 70.4)', '1']], ['left', 'right', 'right'], terminal(40)),
    ).toEqual(['  Dogs', '    Right, %  68.3 (66.2 to 70.4)', '    Calibration error, %  1']);
    expect(table(['Name', 'Photos'], [['Dogs and all their friends', '5']], ['left', 'right'], terminal(30))).toEqual([
      '  Dogs and all their friends',
      '    Photos  5',
    ]);
  });
});

describe('a bar', () => {
  it('shows an eighth of a column, and the least that can be drawn of anything above nothing', () => {
    expect([0, 0.0001, 0.5, 1].map((share) => bar(share, 5, terminal(80)))).toEqual(['', '▏', '██▌', '█████']);
    expect([0, 0.0001, 0.5, 1].map((share) => bar(share, 4, terminal(80, { unicode: false })))).toEqual(['', '#', '##', '####']);
  });

  it('is left out of narrow terminals and not endless in wide ones', () => {
    expect([40, 60, 500].map((width) => barWidth(terminal(width), 40))).toEqual([0, 20, 40]);
  });
});

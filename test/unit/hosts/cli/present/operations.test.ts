import { describe, expect, it } from 'vitest';
import type { Operation } from '../../../../../src-main/contract/operations.ts';
import { historyLines } from '../../../../../src-main/hosts/cli/present/history.ts';
import { planLines } from '../../../../../src-main/hosts/cli/present/plan.ts';
import { checkLines, reportLines } from '../../../../../src-main/hosts/cli/present/report.ts';
import { timeOf } from '../../../../../src-main/hosts/cli/present/time.ts';
import { operation, plan, report } from '../squint.ts';
import { terminal } from './made.ts';

const examples = [{ photo: 1, from: 'Camera/IMG_1.jpg', to: 'Beach/2024/IMG_1.jpg', renamed: false }];

describe('a plan', () => {
  it('tells folders, examples, what is renamed and copied, and what stays and why', () => {
    expect(planLines({ plan: plan(), how: 'move', examples }, terminal(80))).toEqual([
      'Move 1,204 files of 1,180 photos, 4.2 GB, to /home/me/Photos/Sorted',
      '',
      '  Folder      Files    Size',
      '  Beach/2024    312  1.1 GB',
      '  Dogs/2023     892  3.1 GB',
      '',
      '  From, for example  To',
      '  Camera/IMG_1.jpg   Beach/2024/IMG_1.jpg',
      '',
      '24 photos take other files along.',
      '3 files get a number, as another has the name there.',
      '1,204 files go to another volume: 4.2 GB to copy, 120.0 GB free there.',
      '',
      'Staying',
      '     35  They are in Review.',
      '         IMG_9.jpg',
      '         IMG_10.jpg',
      '         IMG_11.jpg',
      '         … and 32 more',
    ]);
  });

  it('of a move within one volume says nothing of copying, and a copy does always', () => {
    const within = plan({ copied: { files: 0, bytes: 0 }, renamed: 0, withCompanions: 0, staying: [] });
    expect(planLines({ plan: within, how: 'move', examples: [] }, terminal(80)).join('\n')).not.toMatch(/copy|free|Staying/);
    const copy = planLines({ plan: plan({ free: null }), how: 'copy', examples: [] }, terminal(80));
    expect(copy).toContain('4.2 GB to copy.');
    expect(copy[0]).toMatch(/^Copy 1,204 files/);
  });

  it('of which nothing goes says so, and why', () => {
    const problem = { code: 'nothing-to-do', message: 'No photo would change its place.' };
    const nothing = plan({ photos: 0, files: 0, bytes: 0, folders: [], renamed: 0, withCompanions: 0, problem });
    const lines = planLines({ plan: nothing, how: 'move', examples: [] }, terminal(80));
    expect([lines[0], lines.at(-1)]).toEqual(['Staying', 'No photo would change its place.']);
  });

  it('with very many folders shows the first and counts the others', () => {
    const folders = Array.from({ length: 45 }, (_, i) => ({ path: `Day ${i}`, files: 2, bytes: 1e6 }));
    const lines = planLines({ plan: plan({ folders }), how: 'move', examples: [] }, terminal(80));
    expect(lines).toContain('  … and 5 more folders with 10 files');
    expect(lines.join('\n')).not.toContain('Day 40');
  });

  it.each([40, 60, 80, 120])('fits a terminal of %i columns, whatever files are called', (width) => {
    const long = 'a very long name of a folder that nobody wanted'.repeat(3);
    const wide = plan({ folders: [{ path: long, files: 1, bytes: 1 }] });
    const one = [{ photo: 1, from: `Camera/${long}.jpg`, to: `${long}/\u001b[2J.jpg`, renamed: false }];
    for (const line of planLines({ plan: wide, how: 'move', examples: one }, terminal(width))) {
      expect(line.length).toBeLessThanOrEqual(width);
      expect(line).not.toContain('\u001b');
    }
  });
});

describe('a report', () => {
  it('tells what was done and how it is taken back', () => {
    expect(reportLines(report(), terminal(80))).toEqual(['Moved 1,204 files to Photos › Sorted. squint undo 12 takes it back.']);
    expect(reportLines(report({ kind: 'copy', done: 1 }), terminal(80))).toEqual([
      'Copied 1 file to Photos › Sorted. squint undo 12 takes it back.',
    ]);
    expect(reportLines(report({ id: 13, undoes: 12 }), terminal(80))).toEqual(['Moved 1,204 files back. squint undo 13 does it again.']);
    expect(reportLines(report({ kind: 'bin', undoes: 12, done: 2 }), terminal(80))).toEqual(['Moved 2 copies to the bin.']);
  });

  it('tells why it ended early, what was left and what could not be kept', () => {
    const left = [{ code: 'disk-full', message: 'the disk is full', files: 1164, examples: ['IMG_41.jpg'] }];
    const lost = ['The extended attributes of 12 files could not be kept on this volume.'];
    const failed = report({ state: 'failed', reason: 'The disk is full.', done: 40, left: 1164 }, { left, lost });
    expect(reportLines(failed, terminal(80))).toEqual([
      'Moved 40 files to Photos › Sorted. squint undo 12 takes it back.',
      'Failed after 40 of 1,204 files. The disk is full.',
      '',
      'Left where they were',
      '  1,164  The disk is full.',
      '         IMG_41.jpg',
      '         … and 1,163 more',
      '',
      'The extended attributes of 12 files could not be kept on this volume.',
    ]);
    const stopped = reportLines(report({ state: 'stopped', reason: 'You stopped it.', done: 0 }), terminal(80));
    expect(stopped).toEqual(['Moved 0 files to Photos › Sorted.', 'Stopped after 0 of 1,204 files. You stopped it.']);
  });
});

describe('before it is taken back, an operation', () => {
  it('is named, with what can and what cannot', () => {
    const cannot = [{ code: 'changed', message: 'edited or replaced since', files: 2, examples: ['a.jpg', 'b.jpg'] }];
    expect(checkLines({ operation: operation(), files: 1202, bytes: 4.1e9, cannot }, terminal(80))).toEqual([
      `Operation 12, ${timeOf(operation().started)}: Move of 1,204 files to Photos › Sorted.`,
      '1,202 files, 4.1 GB, can be taken back.',
      '',
      'Cannot be taken back',
      '      2  Edited or replaced since.',
      '         a.jpg',
      '         b.jpg',
    ]);
    expect(checkLines({ operation: operation({ undoes: 9 }), files: 0, bytes: 0, cannot: [] }, terminal(80))).toEqual([
      `Operation 12, ${timeOf(operation().started)}: Taking back of 1,204 files of operation 9.`,
      'Nothing of it can be taken back.',
    ]);
  });
});

describe('the history', () => {
  const shown = (over: Partial<Operation>): Operation => operation({ started: new Date(2026, 10, 25, 8, 57).toISOString(), ...over });

  it('has a line for each operation, and why one ended early', () => {
    const operations = [
      shown({ id: 14, undoes: 12, files: 1202, done: 1202 }),
      shown({ id: 13, kind: 'copy', state: 'stopped', reason: 'You stopped it.', files: 9, done: 4, left: 5 }),
      shown({ id: 12, undone: 1202, left: 2 }),
    ];
    expect(historyLines(operations, terminal(80))).toEqual([
      '  No  When              What                   Files  Left  Taken back  State',
      '  14  2026-11-25 08:57  take back 12           1,202     0           0  done',
      '  13  2026-11-25 08:57  copy to Photos…Sorted      4     5           0  stopped',
      '  12  2026-11-25 08:57  move to Photos…Sorted  1,204     2       1,202  done',
      '',
      '  13: You stopped it.',
    ]);
  });

  it('says that there is none, and fits a narrow terminal', () => {
    expect(historyLines([], terminal(80))).toEqual(['No file was moved or copied yet.']);
    for (const line of historyLines([shown({ reason: 'It will be finished when Backup can be reached again.' })], terminal(40))) {
      expect(line.length).toBeLessThanOrEqual(40);
    }
  });
});

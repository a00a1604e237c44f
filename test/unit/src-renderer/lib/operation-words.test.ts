import { describe, expect, it } from 'vitest';
import {
  backButton,
  backLabel,
  beginButton,
  endOf,
  examplesOf,
  jobTitle,
  outcomeOf,
  roomWords,
  titleOf,
  underWay,
} from '../../../../src-renderer/lib/operation-words.ts';
import { operation } from '../../../fake/operations.ts';
import type { SortPlan } from '../../../../src-main/contract/operations.ts';

const moved = operation({ id: 1, files: 12 });
const putBack = operation({ id: 2, undoes: 1, files: 12 });
const again = operation({ id: 3, undoes: 2, isBack: false, files: 12 });
const copied = operation({ id: 4, kind: 'copy', files: 310 });
const binned = operation({ id: 5, kind: 'bin', undoes: 4, files: 1 });
const all = [binned, copied, again, putBack, moved];

describe('an operation in words', () => {
  it('says what was done, and whether that took back another', () => {
    expect(all.map((one) => titleOf(one))).toEqual([
      'Handed 1 copy to the bin',
      'Copied 310 files to Photos › Iceland',
      'Moved 12 files to Photos › Iceland again',
      'Put back 12 files',
      'Moved 12 files to Photos › Iceland',
    ]);
  });

  it('says what is under way and how far', () => {
    const progress = {
      operation: { ...moved, files: 27_676, done: 16_800, left: 80 },
      bytes: 0,
      bytesDone: 0,
      secondsLeft: null,
      now: null,
    };
    expect(underWay(progress)).toBe('Moving 27,676 files, 61%');
    expect(jobTitle(moved)).toBe('Moving to Photos › Iceland');
    expect(jobTitle(copied)).toBe('Copying to Photos › Iceland');
    expect(jobTitle(putBack)).toBe('Putting back 12 files');
    expect(jobTitle(binned)).toBe('Handing 1 copy to the bin');
  });

  it('tells how it ended: what was left, why it stopped, what was taken back since', () => {
    expect(outcomeOf(moved)).toEqual([]);
    expect(outcomeOf({ ...moved, left: 3 })).toEqual(['3 were left where they were']);
    expect(outcomeOf({ ...moved, state: 'failed', reason: 'The disk is full.', left: 1 })).toEqual([
      'Ended early',
      'The disk is full',
      '1 was left where it was',
    ]);
    expect(outcomeOf({ ...moved, state: 'stopped', reason: 'You stopped it.' })).toEqual(['You stopped it']);
    expect(outcomeOf({ ...moved, state: 'stopped' })).toEqual(['Stopped']);
    expect(outcomeOf({ ...moved, undone: 1 })).toEqual(['1 was put back']);
    expect(outcomeOf({ ...moved, undone: 12 })).toEqual(['All were put back']);
    expect(outcomeOf({ ...copied, undone: 310 })).toEqual(['All were taken back']);
    expect(outcomeOf({ ...putBack, undone: 12 })).toEqual(['All were done again']);
  });

  it('tells an end with the reason as a sentence', () => {
    expect(endOf(moved)).toEqual({ message: 'Moved 12 files to Photos › Iceland', tone: 'plain' });
    expect(endOf({ ...moved, state: 'failed', reason: 'The disk is full.', done: 5 })).toEqual({
      message: 'Ended early. Moved 5 of 12 files to Photos › Iceland',
      hint: 'The disk is full.',
      tone: 'problem',
    });
    expect(endOf({ ...moved, state: 'stopped', done: 1, left: 2 })).toEqual({
      message: 'Stopped. Moved 1 of 12 files to Photos › Iceland',
      hint: '2 were left where they were.',
      tone: 'plain',
    });
  });

  it('names the way back by what it does', () => {
    expect([moved, putBack, again].map(backLabel)).toEqual(['Undo', 'Do again', 'Undo']);
    expect(backButton(moved, 2141)).toBe('Put back 2,141 files');
    expect(backButton(copied, 1)).toBe('Hand 1 copy to the bin');
    expect(backButton(putBack, 2)).toBe('Move 2 files again');
    expect(backButton(binned, 2)).toBe('Copy 2 files again');
  });
});

describe('a plan in words', () => {
  it('names the number of files on its button', () => {
    expect([beginButton('move', 27_676), beginButton('copy', 1), beginButton('move', null)]).toEqual([
      'Move 27,676 files',
      'Copy 1 file',
      'Move files',
    ]);
  });

  it('tells the room before and after where something is copied', () => {
    const plan = (copied: number, free: SortPlan['free']): SortPlan => ({ copied: { files: 1, bytes: copied }, free }) as SortPlan;
    expect(roomWords(plan(11e9, { bytes: 413e9, of: 1.8e12 }))).toBe('402 GB of 1.80 TB, now 413 GB');
    expect(roomWords(plan(0, { bytes: 413e9, of: 1.8e12 }))).toBe('413 GB of 1.80 TB');
    expect(roomWords(plan(1e6, { bytes: 413e9, of: 1.8e12 }))).toBe('413 GB of 1.80 TB'); // no difference to be read
    expect(roomWords(plan(0, null))).toBeNull();
  });

  it('gives a few names and the number of the others', () => {
    const left = { code: 'same', message: '', examples: ['a.jpg', 'b.jpg'] };
    expect(examplesOf({ ...left, files: 12 })).toBe('a.jpg, b.jpg and 10 more');
    expect(examplesOf({ ...left, files: 2 })).toBe('a.jpg, b.jpg');
  });
});

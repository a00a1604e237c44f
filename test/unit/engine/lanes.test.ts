import { describe, expect, it } from 'vitest';
import { type Lane, Lanes } from '../../../src-main/engine/lanes.ts';

const question = (name: string, lane: Lane, urgent = false) => ({ name, lane, urgent });

describe('lanes', () => {
  it('let what people look at go first, and what somebody waits for before that', () => {
    const lanes = new Lanes<ReturnType<typeof question>>();
    for (const each of [
      question('read', 'run'),
      question('closer', 'run', true),
      question('thumb', 'viewing'),
      question('loupe', 'viewing', true),
    ])
      lanes.push(each);
    expect(lanes.size).toBe(4);
    expect([0, 1, 2, 2].map((viewing) => lanes.next(viewing, 4)?.name)).toEqual(['loupe', 'thumb', 'closer', 'read']);
    expect(lanes.next(0, 4)).toBeUndefined();
  });

  it('keep one place for the run, and give it away where no run waits', () => {
    const lanes = new Lanes<ReturnType<typeof question>>();
    for (const each of [question('thumb', 'viewing'), question('read', 'run')]) lanes.push(each);
    expect(lanes.next(3, 4)?.name).toBe('read');
    expect(lanes.next(3, 4)?.name).toBe('thumb');
  });

  it('forget what was dropped', () => {
    const lanes = new Lanes<ReturnType<typeof question>>();
    const read = question('read', 'run');
    lanes.push(read);
    expect([lanes.drop(read), lanes.drop(read), lanes.size]).toEqual([true, false, 0]);
    lanes.push(read);
    expect(lanes.empty()).toEqual([read]);
  });
});

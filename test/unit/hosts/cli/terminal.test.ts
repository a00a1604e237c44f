import { describe, expect, it } from 'vitest';
import { type Screen, terminalOf } from '../../../../src-main/hosts/cli/terminal.ts';

const hasColour = (stream: Screen, env: NodeJS.ProcessEnv): boolean => terminalOf(stream, env).colours.isColorSupported;

describe('what the terminal can', () => {
  const tty = { isTTY: true, columns: 120 };
  const pipe = {};

  it('is asked for its width at each moment; pipes have 80 columns, and so has what says 0', () => {
    const resized = { isTTY: true, columns: 120 };
    const terminal = terminalOf(resized, {});
    expect(terminal.width).toBe(120);
    resized.columns = 50;
    expect(terminal.width).toBe(50);
    resized.columns = 3;
    expect(terminal.width).toBe(30);
    expect(terminalOf(pipe, {}).width).toBe(80);
    expect(terminalOf({ isTTY: true, columns: 0 }, {}).width).toBe(80);
  });

  it('has colours where a person watches and has not refused them', () => {
    expect(hasColour(tty, {})).toBe(true);
    expect(hasColour(tty, { NO_COLOR: '1' })).toBe(false);
    expect(hasColour(tty, { TERM: 'dumb' })).toBe(false);
    expect(hasColour(pipe, {})).toBe(false);
    expect(hasColour(pipe, { FORCE_COLOR: '1' })).toBe(true);
    expect(hasColour(pipe, { FORCE_COLOR: '1', NO_COLOR: '1' })).toBe(false);
    expect(hasColour(tty, { FORCE_COLOR: '0' })).toBe(false);
  });

  it('has neither a bar that moves nor block characters where TERM is dumb', () => {
    expect(terminalOf(tty, { TERM: 'dumb' })).toMatchObject({ watched: false, unicode: false });
    expect(terminalOf(tty, { TERM: 'xterm' })).toMatchObject({ watched: true, unicode: true });
  });
});

import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { type Process, ioOf } from '../../../../src-main/hosts/cli/io.ts';

/** A process at a terminal: what is typed, and what stands on its screen. */
function atTerminal(watched = true): { io: Process; type: (text: string) => void; end: () => void; screen: () => string } {
  const stdin = Object.assign(new PassThrough(), { isTTY: watched });
  const stderr = Object.assign(new PassThrough(), { isTTY: watched, columns: 80 });
  let screen = '';
  stderr.setEncoding('utf8').on('data', (text: string) => (screen += text));
  const io = ioOf({ stdin, stdout: new PassThrough(), stderr, env: { TERM: 'xterm' } } as unknown as NodeJS.Process);
  return { io, type: (text) => void stdin.write(text), end: () => void stdin.end(), screen: () => screen };
}

describe('a question', () => {
  it.each([
    ['y', true],
    ['Yes', true],
    [' y ', true],
    ['n', false],
    ['', false],
    ['yep', false],
  ])('that is answered with "%s" is %s', async (answer, yes) => {
    const { io, type, screen } = atTerminal();
    const asked = io.ask('Move 3 files? [y/N] ');
    type(`${answer}\n`);
    expect(await asked).toBe(yes);
    expect(screen()).toContain('Move 3 files? [y/N] ');
  });

  it('is answered with no by Ctrl-C, by Ctrl-D, and where the person has stopped before', async () => {
    const interrupted = atTerminal();
    interrupted.io.stopSignal();
    const asked = interrupted.io.ask('?');
    interrupted.io.interrupt();
    expect(await asked).toBe(false);
    expect(await interrupted.io.ask('?')).toBe(false);
    const ended = atTerminal();
    const unanswered = ended.io.ask('?');
    ended.end();
    expect(await unanswered).toBe(false);
  });

  it('is asked only where somebody watches', () => {
    expect([atTerminal().io.canAsk, atTerminal(false).io.canAsk]).toEqual([true, false]);
  });
});

import { describe, expect, it } from 'vitest';
import { chordOf, chordWords } from '../../../../src-renderer/lib/chord.ts';

const press = (key: string, held: Partial<Parameters<typeof chordOf>[0]> = {}) => ({
  key,
  code: '',
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  ...held,
});

describe('a pressed key', () => {
  it('is Ctrl elsewhere where it is Cmd on macOS, and the other of the two is none of ours', () => {
    expect(chordOf(press('z', { ctrlKey: true }), false)).toBe('Mod+Z');
    expect(chordOf(press('z', { metaKey: true }), true)).toBe('Mod+Z');
    expect(chordOf(press('z', { ctrlKey: true }), true)).toBeNull();
    expect(chordOf(press('z', { metaKey: true }), false)).toBeNull();
  });

  it('is a letter whatever Caps Lock says, and a sign whatever it takes to type it', () => {
    expect(chordOf(press('g'), false)).toBe('G');
    expect(chordOf(press('G'), false)).toBe('G');
    expect(chordOf(press('?', { shiftKey: true }), false)).toBe('?');
    expect(chordOf(press('/', { shiftKey: true }), false)).toBe('/'); // on a German keyboard
    expect(chordOf(press('Z', { ctrlKey: true, shiftKey: true }), false)).toBe('Mod+Shift+Z');
    expect(chordOf(press(' '), false)).toBe('Space');
  });

  it('is the digit with Alt, also where macOS types another sign', () => {
    expect(chordOf(press('€', { altKey: true, code: 'Digit2' }), true)).toBe('Alt+2');
    expect(chordOf(press('3', { altKey: true, code: 'Digit3' }), false)).toBe('Alt+3');
  });

  it('is written as people know it', () => {
    expect(chordWords('Mod+Shift+Z', false)).toEqual(['Ctrl', 'Shift', 'Z']);
    expect(chordWords('Mod+Shift+Z', true)).toEqual(['⌘', '⇧', 'Z']);
    expect(chordWords('+', false)).toEqual(['+']);
    expect(chordWords('Mod+,', false)).toEqual(['Ctrl', ',']);
    expect(chordWords('ArrowLeft', false)).toEqual(['←']);
  });
});

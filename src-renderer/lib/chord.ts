/**
 * A pressed key as a chord, `Mod+Shift+Z`, and a chord as people read it. Mod is Cmd on macOS and Ctrl elsewhere; what the other of the two
 * is pressed with is no chord of ours. Letters are capitals. Signs are named by what they type, whatever keys that takes on a keyboard:
 * `?` and not `Shift+/`. Digits with Alt are named by their place, since Alt types other signs on macOS.
 */
type Pressed = Pick<KeyboardEvent, 'key' | 'code' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

export function chordOf({ key, code, altKey, ctrlKey, metaKey, shiftKey }: Pressed, isMac: boolean): string | null {
  if (isMac ? ctrlKey : metaKey) return null;
  const digit = altKey ? /^Digit(\d)$/.exec(code)?.[1] : undefined;
  const name = digit ?? (key === ' ' ? 'Space' : key.length === 1 ? key.toUpperCase() : key);
  const isSign = digit === undefined && name.length === 1 && !/\p{L}/u.test(name);
  const parts = [(isMac ? metaKey : ctrlKey) && 'Mod', altKey && 'Alt', shiftKey && !isSign && 'Shift', name];
  return parts.filter((part) => part !== false).join('+');
}

const arrows: Record<string, string> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  PageUp: 'Page up',
  PageDown: 'Page down',
};
const onMac: Record<string, string> = { Mod: '⌘', Alt: '⌥', Shift: '⇧', Enter: '↩', Escape: 'esc' };
const elsewhere: Record<string, string> = { Mod: 'Ctrl', Escape: 'Esc' };

/** @returns one word for each key that is pressed */
export const chordWords = (chord: string, isMac: boolean): string[] =>
  chord.split(/(?<=.)\+/).map((part) => (isMac ? onMac : elsewhere)[part] ?? arrows[part] ?? part);

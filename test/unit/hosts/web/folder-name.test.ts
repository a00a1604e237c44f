import { describe, expect, it } from 'vitest';
import { faultOfName } from '../../../../src-main/hosts/web/folder-name.ts';

const fault = (name: string, platform: NodeJS.Platform = 'linux'): string | null => faultOfName(name, platform);

describe('the name of a new folder', () => {
  it.each(['Sorted', 'Trip: Iceland', 'a.b', 'Ünïcödé 旅行', 'صور', 'e\u0301te\u0301', '👨‍👩‍👧', "it's", '%2e%2e', 'x'.repeat(255)])(
    'may be %j',
    (name) => {
      expect(fault(name)).toBeNull();
    },
  );

  it.each<[string, string]>([
    ['', 'The folder needs a name.'],
    ['  ', 'The folder needs a name.'],
    [' Sorted', 'The name begins or ends with a space.'],
    ['Sorted ', 'The name begins or ends with a space.'],
    ['.', 'The name begins with a dot, so the folder would be hidden.'],
    ['..', 'The name begins with a dot, so the folder would be hidden.'],
    ['.hidden', 'The name begins with a dot, so the folder would be hidden.'],
    ['a/b', 'The name holds a slash; it must be the name of one folder.'],
    ['../b', 'The name holds a slash; it must be the name of one folder.'],
    ['/etc', 'The name holds a slash; it must be the name of one folder.'],
    ['a\\b', 'The name holds a slash; it must be the name of one folder.'],
    ['C:\\Windows', 'The name holds a slash; it must be the name of one folder.'],
    ['a\0b', 'The name holds characters that cannot be seen.'],
    ['a\nb', 'The name holds characters that cannot be seen.'],
    ['a\u007fb', 'The name holds characters that cannot be seen.'],
    ['a\u0085b', 'The name holds characters that cannot be seen.'],
    ['exe\u202egpj', 'The name holds characters that cannot be seen.'],
    ['a\ud800', 'The name holds characters that cannot be seen.'],
    ['x'.repeat(256), 'The name is too long: 256 bytes, and the limit is 255.'],
    ['旅'.repeat(86), 'The name is too long: 258 bytes, and the limit is 255.'],
  ])('cannot be %j', (name, message) => {
    expect(fault(name)).toBe(message);
  });

  it.each(['a:b', 'C:', 'what?', 'ends.', 'CON', 'con.txt', 'Lpt1', 'com¹'])('cannot be %j on Windows', (name) => {
    expect(fault(name, 'win32')).toBe('Windows does not take this name.');
    expect(fault(name)).toBeNull();
  });

  it('may begin like a device of Windows', () => {
    expect(fault('Console', 'win32')).toBeNull();
    expect(fault('Auxerre', 'win32')).toBeNull();
  });
});

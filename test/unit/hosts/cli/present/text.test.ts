import { describe, expect, it } from 'vitest';
import { pathFrom, plain, shortened, withoutCommonFolder, wrap } from '../../../../../src-main/hosts/cli/present/text.ts';
import { terminal } from './made.ts';

describe('text for terminals', () => {
  it('lets no control code and no change of direction through', () => {
    expect(plain('a\u001b[31mb\nc\u0007\u009b\u202ed é 犬')).toBe('a\ufffd[31mb\ufffdc\ufffd\ufffd\ufffdd é 犬');
  });

  it('indents the later lines as far as the head', () => {
    expect(wrap('one two three', 12, 'Head  ')).toEqual(['Head  one', '      two', '      three']);
  });

  it('keeps both ends of a name that is too long', () => {
    expect(shortened('holiday in Norway.jpeg', 16, terminal(80))).toBe('holiday in….jpeg');
    expect(shortened('holiday in Norway.jpeg', 16, terminal(80, { unicode: false }))).toBe('holiday i...jpeg');
    expect(shortened('short.jpg', 16, terminal(80))).toBe('short.jpg');
  });

  it('shows a path from where the person stands, and in full where it lies elsewhere', () => {
    expect(pathFrom('/home/ada', '/home/ada/photos/a.jpg')).toBe('photos/a.jpg');
    expect(pathFrom('/home/ada', '/mnt/a.jpg')).toBe('/mnt/a.jpg');
    expect(pathFrom('/home/ada', '/home/ada/..hidden.jpg')).toBe('..hidden.jpg');
  });

  it('leaves out the folders that all paths share', () => {
    expect(withoutCommonFolder(['/a/b/one.jpg', '/a/c/two.jpg'])).toEqual(['b/one.jpg', 'c/two.jpg']);
    expect(withoutCommonFolder(['/a/b/one.jpg'])).toEqual(['one.jpg']);
  });
});

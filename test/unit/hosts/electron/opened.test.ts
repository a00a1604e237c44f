import { resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Opened, pathsIn } from '../../../../src-main/hosts/electron/opened.ts';

describe('the paths of a command line', () => {
  it('are what stands behind the program, from where the person stands', () => {
    expect(pathsIn(['/opt/squint', 'Pictures', '/tmp/a.jpg'], true, '/home/me')).toEqual([
      resolve('/home/me/Pictures'),
      resolve('/tmp/a.jpg'),
    ]);
  });

  it('come after the bundle where it is not packaged, and switches are nobody’s path', () => {
    const argv = ['electron', '--no-sandbox', '--remote-debugging-port=0', '/checkout', '../b'];
    expect(pathsIn(argv, false, '/home/me')).toEqual([resolve('/home/b')]);
  });
});

describe('what Squint was opened with', () => {
  it('waits until the page is there, and what comes at once is added at once', async () => {
    const added: string[][] = [];
    const opened = new Opened((paths) => added.push(paths));
    opened.take(['a']);
    await setImmediate();
    expect(added).toEqual([]);
    opened.pageIsThere();
    opened.take(['b']);
    opened.take(['c']);
    await setImmediate();
    expect(added).toEqual([['a', 'b', 'c']]);
    opened.take(['d']);
    await setImmediate();
    expect(added).toEqual([['a', 'b', 'c'], ['d']]);
  });

  it('is nothing where nothing was named', async () => {
    const added: string[][] = [];
    const opened = new Opened((paths) => added.push(paths));
    opened.take([]);
    opened.pageIsThere();
    await setImmediate();
    expect(added).toEqual([]);
  });
});
